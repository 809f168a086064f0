"""The child process in which pages, PDFs and mails are taken apart: bounded memory, no network, no other process, no file written.

Started by `sandbox`. It speaks frames over its standard input and output: four bytes of length, then a kind and the bytes; back
comes JSON. The parent takes away time; this module takes away the rest before any library of documents is loaded.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from typing import Any, BinaryIO

MEMORY_BYTES = 900_000_000
MAX_REPLY = 16_000_000
HEAD = struct.Struct(">cI")
SIZE = struct.Struct(">I")
KINDS = {b"h": "page", b"p": "PDF", b"m": "mail"}
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "pty.", "ftplib.", "smtplib."),
    *("urllib.", "http.", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate"),
    *("shutil.", "tempfile.", "webbrowser.", "ctypes.dlopen", "os.kill", "signal."),
)  # fmt: skip


class ForbiddenError(RuntimeError):
    """A document's library reached for the network, a process or a file to write."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise ForbiddenError(f"reading a document may not do {event}")
    if event == "open" and len(arguments) > 1 and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise ForbiddenError("reading a document may not write a file")


def _bound() -> None:
    """Take away memory beyond the bound, files to write and core dumps. Where the system has no such limits, the rest still holds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(kind: str, data: bytes) -> dict[str, Any]:
    from tidewaiter.formats.reports.blocks import to_json
    from tidewaiter.formats.reports.mail import read_mail
    from tidewaiter.formats.reports.page import read_page
    from tidewaiter.model import InputError

    try:
        if kind == "PDF":
            from tidewaiter.formats.reports.pdf import read_pdf

            return to_json(read_pdf(data))
        return to_json(read_page(data) if kind == "page" else read_mail(data))
    except InputError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "needs more memory than a document may take", "ends": True}
    except ForbiddenError as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "nested too deeply"}
    except Exception as error:  # a library fell over a document: that is the document's problem, told with its place
        return {"error": f"not readable as a {kind}: {type(error).__name__}: {str(error)[:200]}"}


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def serve() -> None:
    """Take documents from standard input until it ends."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    import tidewaiter.formats.reports.mail  # loads lxml and trafilatura before the first document's time runs
    import tidewaiter.formats.reports.pdf  # noqa: F401

    _bound()
    sys.addaudithook(_watch)
    _send(out, {"ready": True})
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            kind, size = HEAD.unpack(_exactly(source, HEAD.size))
            reply = _read(KINDS[kind], _exactly(source, size))
            _send(out, reply)
            if reply.get("ends"):
                return


def _send(out: BinaryIO, reply: dict[str, Any]) -> None:
    data = json.dumps(reply).encode("ascii")
    if len(data) > MAX_REPLY:
        data = json.dumps({"error": "its text is larger than a report may be"}).encode("ascii")
    out.write(SIZE.pack(len(data)) + data)
    out.flush()
