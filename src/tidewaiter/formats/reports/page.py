"""A web page to an extract: trafilatura finds the article, the page's own data say title, author, date and publisher.

Runs in the child process of `sandbox`. Nothing is fetched, and no script is run. The date is read by ourselves: htmldate guesses
from the text and leans on the clock.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction

from tidewaiter.formats.reports.blocks import Block, BlockKind, Extract
from tidewaiter.formats.reports.encoding import decode
from tidewaiter.model import InputError

MAX_DEPTH = 250
MAX_ELEMENTS = 200_000
MAX_TAGS = 1_000_000
MAX_TEXT = 2_000_000
MAX_DATA = 200_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,8}))(?!\w);?", re.I)
_SITE_AFTER = re.compile(r"\s[|–—·-]\s")
_NO_TEXT = ("script", "style")
_SPACES = re.compile(r"\s+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.I)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,30})", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_DATES = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued"),
    *("parsely-pub-date", "sailthru.date", "article.published", "citation_publication_date", "cxenseparse:recs:publishtime"),
)  # fmt: skip
_ARTICLES = (
    "NewsArticle",
    "Article",
    "BlogPosting",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
)


def read_page(data: bytes) -> Extract:
    """Return what a page says.

    Raises:
        InputError: nested too deeply, too many elements, or no text in it.
    """
    logging.disable(logging.CRITICAL)
    tree, notes = _tree(data)
    facts = _facts(tree)
    captions = _captions_to_paragraphs(tree)
    byline = _byline(tree)
    document: Any = bare_extraction(
        tree, with_metadata=False, include_comments=False, include_tables=True, include_formatting=False
    )
    body = getattr(document, "body", None)
    blocks = tuple(_blocks(body, captions)) if body is not None else ()
    if not any(block.kind == "body" for block in blocks):
        blocks = tuple(_paragraphs(tree, captions))
        notes.append("no article was told from the rest of the page; all of its paragraphs are kept")
    if not blocks:
        raise InputError("no text was found in the page")
    return Extract(
        blocks=blocks,
        title=_title(tree, facts["title"], facts["publisher"]),
        byline=byline or facts["author"],
        publisher=facts["publisher"],
        published=facts["published"],
        url=facts["url"],
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        notes=tuple(notes),
    )


def _tree(data: bytes) -> tuple[Any, list[str]]:
    head = data[:4096]
    named = _CHARSET.search(head) or _XML_CHARSET.search(head)
    text = decode(data, named[1].decode("ascii") if named else "")
    notes = [] if text.encoding.startswith("utf-8") else [f"read as {text.encoding} ({text.why})"]
    if text.damaged:
        notes.append(f"{text.damaged} bytes that do not fit the encoding were replaced")
    if text.text.count("<") > MAX_TAGS:
        raise InputError(f"more than {MAX_TAGS:,} tags; expected an article")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(_storable(text.text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(f"not readable as a page: {error}") from error
    _check_size(tree)
    hidden = _drop_hidden(tree)
    notes += [f"left out {hidden} parts that a page hides from its readers"] if hidden else []
    return tree, notes


def _storable(text: str) -> str:
    """Take out characters, and references to characters, that no tree can hold."""
    return _REFERENCE.sub(_reference, _NOT_XML.sub("", text))


def _reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    return "" if code > 0x10FFFF or _NOT_XML.match(chr(code)) else match[0]


def _check_size(tree: Any) -> None:
    depth = count = size = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            count += 1
            if depth > MAX_DEPTH:
                raise InputError(f"elements nested more than {MAX_DEPTH} deep; expected an article")
            if count > MAX_ELEMENTS:
                raise InputError(f"more than {MAX_ELEMENTS:,} elements; expected an article")
        else:
            depth -= 1
        size += len((element.text if event == "start" else element.tail) or "") if element.tag not in _NO_TEXT else 0
        if size > MAX_TEXT:
            raise InputError(f"more than {MAX_TEXT:,} characters of text; expected an article")


def _drop_hidden(tree: Any) -> int:
    """Take out what readers of the page do not see: instructions are hidden there, and no claim may come from it."""
    count = 0
    for element in tree.xpath("//body//*[@hidden or @style]"):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
        if hidden and element.getparent() is not None:
            count += bool(_text(element))
            element.drop_tree()
    return count


def _text(element: Any) -> str:
    return _SPACES.sub(" ", "".join(element.itertext())).strip()


def _captions_to_paragraphs(tree: Any) -> frozenset[str]:
    """Turn figures into paragraphs of their captions, which would else be lost, and return those texts."""
    captions = set()
    for caption in tree.xpath("//figcaption"):
        text = _text(caption)
        figure = next((up for up in caption.iterancestors("figure")), caption)
        parent = figure.getparent()
        if not text or parent is None:
            continue
        captions.add(text)
        paragraph = lxml.html.Element("p")
        paragraph.text, paragraph.tail = text, figure.tail
        parent.replace(figure, paragraph)
    return frozenset(captions)


_PLACES: dict[str, BlockKind] = {"head": "headline", "quote": "quotation"}


def _blocks(body: Any, captions: frozenset[str]) -> Iterator[Block]:
    for element in body:
        tag = element.tag if isinstance(element.tag, str) else ""
        parts = element.iter("item", "row") if tag in ("list", "table") else (element,)
        for part in parts:
            text = " ".join(_text(cell) for cell in part) if part.tag == "row" else _text(part)
            if text.strip():
                yield Block("caption" if text in captions else _PLACES.get(tag, "body"), text.strip())


def _paragraphs(tree: Any, captions: frozenset[str]) -> Iterator[Block]:
    """Yield the paragraphs of a page in which no article stands out, or all its text as one."""
    kinds: dict[str, BlockKind] = {"h1": "headline", "h2": "headline", "h3": "headline", "blockquote": "quotation"}
    any_text = False
    for element in tree.iter("h1", "h2", "h3", "p", "li", "blockquote"):
        text = _text(element)
        if text:
            any_text = True
            yield Block("caption" if text in captions else kinds.get(element.tag, "body"), text)
    if not any_text:
        for bad in tree.xpath("//script|//style|//head|//noscript|//template"):
            bad.drop_tree()
        if text := _text(tree):
            yield Block("body", text)


def _facts(tree: Any) -> dict[str, str]:
    """Return title, author, publisher, date and address from the page's own data."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold()
        value = (meta.get("content") or "").strip()
        if key and value and len(value) < 2000:
            named.setdefault(key, value)
    linked = _linked_data(tree)
    canonical = tree.xpath("string(//link[@rel='canonical'][1]/@href)")
    published = (
        linked.get("datePublished") or next((named[key] for key in _DATES if key in named), "") or _time_element(tree)
    )
    return {
        "title": linked.get("headline") or named.get("og:title") or named.get("twitter:title") or "",
        "author": linked.get("author") or named.get("author") or named.get("article:author", "").partition("http")[0],
        "publisher": named.get("og:site_name") or linked.get("publisher") or named.get("application-name") or "",
        "published": published,
        "url": canonical or named.get("og:url") or "",
    }


def _time_element(tree: Any) -> str:
    for path in (
        "//time[@pubdate]/@datetime",
        "//*[@itemprop='datePublished']/@datetime",
        "//article//time/@datetime",
        "//header//time/@datetime",
    ):
        for value in tree.xpath(path):
            return str(value)
    return ""


def _linked_data(tree: Any) -> dict[str, str]:
    """Return what JSON-LD says of the article."""
    found: dict[str, str] = {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > MAX_DATA:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for node in nodes if isinstance(nodes, list) else []:
            kind = node.get("@type") if isinstance(node, dict) else None
            if any(one in _ARTICLES for one in (kind if isinstance(kind, list) else [kind])):
                for key in ("headline", "datePublished", "author", "publisher"):
                    if value := _name(node.get(key)):
                        found.setdefault(key, value)
    return found


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value[:5]) if name)
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) and not value.startswith("http") else ""


def _title(tree: Any, stated: str, site: str) -> str:
    """Return the headline: the page's only `h1` where there is one, else what its data say, else its title without the site's name.

    trafilatura's own reading of these data is not used: it looks for dates too, and takes seconds over some of them.
    """
    heads = [text for text in map(_text, tree.iter("h1")) if text]
    if len(heads) == 1:
        return heads[0]
    title = stated or next((text for text in map(_text, tree.iter("title")) if text), "")
    parts = _SITE_AFTER.split(title)
    return title[: -len(parts[-1])].rstrip(" |–—-·") if len(parts) > 1 and site and parts[-1] == site else title


def _byline(tree: Any) -> str:
    """Return the author line as the page prints it, taking it out of the text."""
    for element in tree.xpath(
        "//*[contains(@class,'byline') or @rel='author' or @itemprop='author' or contains(@class,'author')]"
    ):
        text = _text(element)
        if 2 < len(text) <= 120:
            return text
    return ""
