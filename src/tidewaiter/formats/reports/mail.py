"""A mail (EML) to an extract, by the standard library. Attachments are named and never opened. Runs in the child process of `sandbox`."""

from __future__ import annotations

import email
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from typing import cast

from tidewaiter.formats.reports.blocks import Block, Extract
from tidewaiter.formats.reports.clean import clean
from tidewaiter.formats.reports.encoding import decode
from tidewaiter.formats.reports.page import read_page
from tidewaiter.formats.reports.plain import plain_blocks
from tidewaiter.model import InputError

MAX_NAMED = 20
_LINK_LINE = re.compile(r"\s*<?https?://\S+>?\s*")


def read_mail(data: bytes) -> Extract:
    """Return the body of a mail with its subject as the headline and its date.

    The text part is read, or the HTML part where there is none. The date is the day as the sender's clock wrote it.

    Raises:
        InputError: no text part, or not readable as a mail.
    """
    try:
        message = email.message_from_bytes(data, policy=default)
        subject, sender, day = _header(message, "subject"), _header(message, "from"), _day(message)
        part = message.get_body(("plain", "html"))
        notes = _attachments(message)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, LookupError, RecursionError) as error:
        raise InputError(f"not readable as a mail: {str(error)[:200] or type(error).__name__}") from error
    if part is None:
        raise InputError("the mail has no text part")
    inner = _body(cast(EmailMessage, part))
    if not inner.blocks:
        raise InputError("the mail has no text")
    return Extract(
        blocks=inner.blocks,
        title=subject or inner.title,
        byline=inner.byline,
        publisher=inner.publisher,
        published=day or inner.published,
        url=inner.url,
        language=inner.language,
        notes=(*inner.notes, f"a mail from {sender}" if sender else "a mail", *notes),
    )


def _body(part: EmailMessage) -> Extract:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = str(part.get_content_charset() or "")
    if part.get_content_subtype() == "html":
        return read_page(data)
    decoded = decode(data, charset)
    text = "\n".join(line for line in clean(decoded.text).text.split("\n") if not _LINK_LINE.fullmatch(line[:2000]))
    blocks = tuple(
        Block("quotation" if block.kind == "quotation" else "body", block.text) for block in _paragraphs(text)
    )
    return Extract(blocks=blocks, notes=clean(decoded.text).notes)


def _paragraphs(text: str) -> list[Block]:
    """Return the paragraphs of a mail: lines broken to a width are joined, since mail programs break them."""
    found: list[Block] = []
    joins = False
    for block in plain_blocks(text):
        kind = "body" if block.kind == "headline" else block.kind
        if joins and found:
            found[-1] = Block(found[-1].kind, f"{found[-1].text} {block.text}")
        else:
            found.append(Block(kind, block.text))
        joins = block.continues
    return found


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name) or "")[:500].strip()


def _day(message: EmailMessage) -> str:
    stamp: datetime | None = getattr(message.get("date"), "datetime", None)
    return stamp.date().isoformat() if stamp is not None else ""


def _attachments(message: EmailMessage) -> list[str]:
    notes = []
    for number, part in enumerate(message.iter_attachments()):
        if number == MAX_NAMED:
            notes.append("further attachments were not opened either")
            break
        name = (part.get_filename() or "without a name")[:100]
        notes.append(f"attachment not opened: {name} ({part.get_content_type()[:60]})")
    return notes
