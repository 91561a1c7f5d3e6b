"""The bytes of a text file as UTF-8, block by block. In: a way to open them. Out: what they are, and a stream.

A first pass over the bytes settles what must hold for the whole file before its first record is read: the
encoding, whether there are quotation marks, how many lines there are. The file may be longer than memory, and
may sit in an archive: nothing but the block at hand is ever kept.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from safelearn.errors import SafelearnError
from safelearn.language import number, t

Opener = Callable[[], BinaryIO]
BLOCK = 1 << 22
#: A line longer than this is no record of a table.
LONGEST = 1 << 24
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class Text:
    """A text file that can be read as UTF-8 as often as needed.

    Attributes
    ----------
    open : callable
        A stream of its bytes as they lie in the file.
    codec : str
        What they are encoded in.
    notes : tuple of str
        What was assumed.
    breaks : int
        Lines in it; exact unless kinds of line ends are mixed.
    quotes, nulls : bool
        Whether it holds quotation marks, and NUL bytes (which are left out).
    """

    open: Opener
    codec: str
    notes: tuple[str, ...]
    breaks: int
    quotes: bool
    nulls: bool

    def stream(self) -> BinaryIO:
        """The text as UTF-8, without its byte-order mark, from the beginning."""
        raw = self.open()
        if self.codec in ("utf-8", "utf-8-sig") and not self.nulls:
            if self.codec == "utf-8-sig":
                raw.read(len(codecs.BOM_UTF8))
            return raw
        return io.BufferedReader(_AsUtf8(raw, self.codec, self.nulls), 1 << 20)

    def head(self, size: int) -> bytes:
        """Its first bytes in UTF-8."""
        with self.stream() as stream:
            return stream.read(size)


@dataclass
class _Facts:
    breaks: int = 0
    quotes: bool = False
    nulls: bool = False
    blank: bool = True
    long_line: int = 0


def opener(content: Path | bytes | Opener) -> Opener:
    """A way to open what is a path, bytes in memory, or such a way already."""
    if isinstance(content, Path):
        return lambda: content.open("rb")
    if isinstance(content, bytes):
        return lambda: io.BytesIO(content)
    return content


def inside_zip(path: Path, member: str) -> Opener:
    """A way to open a member of a zip archive."""

    def opened() -> BinaryIO:
        with zipfile.ZipFile(path) as archive:
            return archive.open(member)  # type: ignore[return-value]

    return opened


def inside_gz(path: Path) -> Opener:
    """A way to open what a gz file holds."""
    return lambda: gzip.open(path, "rb")  # type: ignore[return-value]


def look_over(open_: Opener, *, encoding: str | None, name: str) -> Text:
    """Find out how a text file is to be read.

    Parameters
    ----------
    encoding : str, optional
        What a person said. Without it: a byte-order mark, else UTF-8, else Windows-1252, said in the notes.

    Raises
    ------
    SafelearnError
        If it is empty, damaged, no text, in another encoding, or has a line longer than any record.
    """
    try:
        return _look_over(open_, encoding, name)
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise SafelearnError(
            t("The file is damaged and cannot be opened."),
            where=name,
            remedy=t(
                "Download or copy it again: it was probably cut short on the way."
            ),
        ) from error


def _look_over(open_: Opener, encoding: str | None, name: str) -> Text:
    with open_() as stream:
        head = stream.read(4096)
    notes: tuple[str, ...] = ()
    codec = encoding
    if not codec:
        codec = next((c for mark, c in _MARKS if head.startswith(mark)), None)
    if not codec and (codec := _wide(head)):
        notes = (t("The file is in UTF-16, though it does not say so."),)
    if codec:
        facts = _must_decode(open_, codec, name)
    elif b"\0" in head:
        raise SafelearnError(
            t("The file is not text, or is in an encoding that must be named."),
            where=name,
            remedy=t(
                "Save it as CSV UTF-8, or name its encoding, as in --encoding utf-16."
            ),
        )
    else:
        codec = "utf-8"
        try:
            facts = _facts(open_, codec)
        except UnicodeDecodeError:
            codec = "cp1252"
            facts = _must_be_western(open_, name)
            notes = (
                t(
                    "The file is not in UTF-8: it was read as Windows-1252 (Western European)."
                ),
            )
    if facts.blank:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    if facts.long_line:
        raise SafelearnError(
            t("A line is longer than any record can be: the file is damaged."),
            where=t("{file}, line {line}", file=name, line=number(facts.long_line)),
            remedy=t("Ask for the file again, or export it again."),
        )
    if facts.nulls:
        notes = (
            *notes,
            t(
                "The file holds NUL bytes, often a trace of a copy that was cut short: they were left out."
            ),
        )
    return Text(open_, codec, notes, facts.breaks, facts.quotes, facts.nulls)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: the half of each plain letter that says nothing is always on the same side."""
    even, odd = head[0:-1:2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    if many < 0.2 * max(len(head) // 2, 1) or few > 0.02 * many:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _facts(open_: Opener, codec: str, errors: str = "strict") -> _Facts:
    """One pass over a file in a given encoding.

    Raises
    ------
    UnicodeDecodeError
        If it is in another one. Its `start` counts from the beginning of the file, `object` is empty, and
        `reason` is the line.
    """
    decoder = codecs.getincrementaldecoder(codec)(errors)
    plain = codec == "utf-8"
    facts = _Facts()
    returns = since = 0
    with open_() as stream:
        while True:
            raw = stream.read(BLOCK)
            text = decoder.decode(raw, final=not raw)
            block = raw if plain else text.encode("utf-8")
            facts.blank = facts.blank and not block.strip(b" \t\r\n\f\v\0\xef\xbb\xbf")
            facts.quotes = facts.quotes or b'"' in block
            facts.nulls = facts.nulls or b"\0" in block
            if errors == "replace" and "\ufffd" in text:
                raise UnicodeDecodeError(codec, b"", 0, 1, "")
            lines = block.count(b"\n")
            returned = block.count(b"\r")
            since = _since(block, since)
            if since > LONGEST and not facts.long_line:
                facts.long_line = (facts.breaks or returns) + 1
            facts.breaks += lines
            returns += returned
            if not raw:
                break
    # Without a last line end there is still a last line.
    facts.breaks = (facts.breaks or returns) + (since > 0)
    return facts


def _since(block: bytes, before: int) -> int:
    """Bytes since the last line end, or the length of a line that is too long."""
    first = min(
        (at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0), default=-1
    )
    if first < 0:
        return before + len(block)
    if before + first > LONGEST:
        return before + first
    return len(block) - 1 - max(block.rfind(b"\n"), block.rfind(b"\r"))


def _must_decode(open_: Opener, codec: str, name: str) -> _Facts:
    try:
        return _facts(open_, codec)
    except LookupError as error:
        raise SafelearnError(
            t("There is no encoding called {encoding}.", encoding=codec),
            where=name,
            remedy=t("Common ones are utf-8, latin-1, cp1252, cp1251 and utf-16."),
        ) from error
    except UnicodeError as error:
        line = _bad_line(open_, codec)
        raise SafelearnError(
            t("Wrong encoding: the file cannot be read as {encoding}.", encoding=codec),
            where=t("{file}, line {line}", file=name, line=number(line)),
            remedy=t("Leave --encoding out, or try latin-1 or cp1252."),
        ) from error


def _bad_line(open_: Opener, codec: str) -> int:
    """The line on which a file stops being in an encoding."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    with open_() as stream:
        for raw in iter(lambda: stream.read(BLOCK), b""):
            before = decoder.getstate()
            try:
                line += decoder.decode(raw).count("\n")
            except UnicodeError:
                decoder.setstate(before)
                for i in range(len(raw)):
                    try:
                        line += decoder.decode(raw[i : i + 1]).count("\n")
                    except UnicodeError:
                        return line
    return line


def _must_be_western(open_: Opener, name: str) -> _Facts:
    with open_() as stream:
        text = stream.read(1 << 20).decode("cp1252", errors="replace")
    letters = re.findall(r"[^\W\d_]", text)
    foreign = sum(ord(c) > 127 for c in letters)
    try:
        if foreign > 0.3 * max(len(letters), 1):
            raise UnicodeDecodeError("cp1252", b"", 0, 1, "")
        return _facts(open_, "cp1252", "replace")
    except UnicodeDecodeError as error:
        raise SafelearnError(
            t(
                "The file is not in UTF-8, and its letters make no sense as Western European text."
            ),
            where=name,
            remedy=t(
                "Save it as CSV UTF-8, or name its encoding, as in --encoding cp1251."
            ),
        ) from error


class _AsUtf8(io.RawIOBase):
    """A stream in some encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, codec: str, nulls: bool) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder(codec)()
        self._nulls = nulls
        self._ready = b""
        self._begun = self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._ready and not self._ended:
            raw = self._raw.read(1 << 20)
            self._ended = not raw
            text = self._decoder.decode(raw, final=self._ended)
            if not self._begun and text:
                text, self._begun = text.removeprefix("\ufeff"), True
            if self._nulls:
                text = text.replace("\0", "")
            self._ready = text.encode("utf-8")
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def after_lines(data: bytes, lines: int) -> int | None:
    """Where the bytes behind so many lines begin; None if there are not so many."""
    position = 0
    for _ in range(lines):
        end = _END.search(data, position)
        if end is None:
            return None
        position = end.end()
    return position
