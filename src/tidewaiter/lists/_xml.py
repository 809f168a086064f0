"""XML read record by record: no document type, no entities, no network, memory bounded by one record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from xml.parsers import expat

from lxml import etree

from tidewaiter.lists._parsing import BROKEN
from tidewaiter.model import ListError, Problem

Element = etree._Element
_PROLOG_BYTES = 65_536


class _RootError(Exception):
    """The root element was reached; carries its local name."""


class _DoctypeError(Exception):
    """The prolog declares a document type; no list has one, bombs do."""


def root_name(file: str, content: bytes) -> str:
    """Return the local name of the root element, having looked at the prolog only.

    Raises:
        ListError: When the prolog is not XML, or declares a document type (the only place where entities are made).
    """
    parser = expat.ParserCreate()

    def start(name: str, _attributes: object) -> None:
        raise _RootError(name.rpartition(":")[2])

    def doctype(*_arguments: object) -> None:
        raise _DoctypeError

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content[:_PROLOG_BYTES], False)
    except _RootError as found:
        return str(found.args[0])
    except _DoctypeError as error:
        raise ListError(
            f"{file}: the file cannot be read as XML: it declares a document type, which no published list does"
        ) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ListError(f"{file}: the file cannot be read as XML: {error}") from error
    raise ListError(f"{file}: the file cannot be read as XML: no element in its first {_PROLOG_BYTES} bytes")


def root_attributes(file: str, content: bytes) -> dict[str, str]:
    """Return the attributes of the root element.

    Raises:
        ListError: As `root_name`.
    """
    root_name(file, content)
    try:
        for _, element in etree.iterparse(BytesIO(content), events=("start",), resolve_entities=False, no_network=True):
            return {str(key): str(value) for key, value in element.attrib.items()}
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise ListError(f"{file}: the file cannot be read as XML: {error}") from error
    return {}


def records(file: str, content: bytes, names: Collection[str], skip: Collection[str] = ()) -> Iterator[Element]:
    """Yield each element of one of the names, with namespaces taken off, and forget it afterwards.

    Args:
        file: Name for messages.
        content: The whole file.
        names: Local names of the records; one inside another is a part of the outer one.
        skip: Local names of other large parts, which are forgotten unread.

    Raises:
        ListError: When the XML is not well-formed, with its line; a file cut in the middle is never half imported.
    """
    root_name(file, content)
    stream = etree.iterparse(
        BytesIO(content), events=("end",), tag=[f"{{*}}{name}" for name in (*names, *skip)], resolve_entities=False,
        no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        known = {*names, *skip}
        for _, element in stream:
            # A record inside another (an earlier state of a target, say) is a part of it, not one more.
            if any(str(outer.tag).rpartition("}")[2] in known for outer in element.iterancestors()):
                continue
            if str(element.tag).rpartition("}")[2] in names:
                for part in element.iter():
                    tag = part.tag
                    if isinstance(tag, str) and tag.startswith("{"):
                        part.tag = tag.rpartition("}")[2]
                yield element
            # What was read is freed, siblings before it too: the tree never holds more than a record.
            parent = element.getparent()
            element.clear()
            while parent is not None and parent[0] is not element:
                del parent[0]
    except (etree.XMLSyntaxError, LookupError) as error:
        raise ListError(f"{file}: the file cannot be read as XML: {error}") from error


def text_of(element: Element | None, path: str = "") -> str:
    """Return the text of an element or of its first descendant at a path, with white space folded; empty if missing."""
    if element is None:
        return ""
    found = element.findtext(path) if path else element.text
    return " ".join(found.split()) if found else ""


def texts_of(element: Element | None, path: str) -> list[str]:
    """Return the texts of all descendants at a path that have any."""
    if element is None:
        return []
    found = (" ".join((part.text or "").split()) for part in element.iterfind(path))
    return [text for text in found if text]


def broken(file: str, element: Element, what: str) -> Problem:
    """Return the problem of a record that cannot be used: `what` says why, the line says where."""
    line = element.sourceline
    return Problem(BROKEN, f"{what} and was left out", "error", file, line if isinstance(line, int) else None)


def attribute(element: Element, name: str) -> str:
    """Return an attribute with white space folded; empty if missing."""
    value = element.get(name)
    return " ".join(str(value).split()) if value else ""
