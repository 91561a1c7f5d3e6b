"""Messages between the worker and whoever started it: a length, then strict JSON. Never pickle.

What a notebook's process sends is believed in nothing but its form: every size is bounded before it is read, and
a breach ends the job. The same few lines serve both sides.
"""

from __future__ import annotations

import json
import re
import socket
import struct
from collections.abc import Iterator
from typing import Any

_LENGTH = struct.Struct(">I")
#: Deepest nesting that is parsed: json's own parser recurses.
DEPTH = 60
#: Most lists and objects of one message.
VALUES = 20_000
#: A bracket, or a whole string, in which brackets mean nothing.
_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.S)


class Breach(Exception):
    """The other side sent what it must not."""


def frame(message: dict[str, Any]) -> bytes:
    """One message as bytes."""
    text = json.dumps(message, ensure_ascii=False, allow_nan=False)
    data = text.encode("utf-8", "replace")
    return _LENGTH.pack(len(data)) + data


def receive(sock: socket.socket) -> dict[str, Any]:
    """Read one message from a trusted side; EOFError when it is gone."""
    (length,) = _LENGTH.unpack(_exactly(sock, _LENGTH.size))
    return json.loads(_exactly(sock, length))


class Reader:
    """Takes bytes from an untrusted side and gives whole messages.

    Parameters
    ----------
    most_bytes, most_frame, most_frames : int
        Of all, of one message, and how many messages.
    """

    def __init__(self, most_bytes: int, most_frame: int, most_frames: int) -> None:
        self._left, self._most_frame, self._frames = most_bytes, most_frame, most_frames
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Messages that are complete now, each before what follows it is looked at.

        Raises
        ------
        Breach
            If a bound is passed or something is no message.
        """
        self._left -= len(data)
        if self._left < 0:
            raise Breach("sent too much")
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > self._most_frame:
                raise Breach("a message is too large")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                break
            self._frames -= 1
            if self._frames < 0:
                raise Breach("too many messages")
            message = parse(bytes(self._buffer[_LENGTH.size : end]))
            del self._buffer[:end]
            yield message


def parse(data: bytes) -> dict[str, Any]:
    """Strict JSON of bounded depth; the outermost is an object.

    Raises
    ------
    Breach
        If it is anything else.
    """
    inspect(data, VALUES)
    try:
        # Python itself refuses whole numbers of more than 4,300 digits.
        message = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Breach("not JSON") from error
    if not isinstance(message, dict):
        raise Breach("not a message")
    return message


def inspect(data: bytes, values: int) -> None:
    """See, before it is parsed, that JSON is neither deep nor of many small values.

    Three bytes, ``{},``, take a hundred of memory once they are read, and json's own parser recurses.

    Raises
    ------
    Breach
        If it is deeper than `DEPTH` or has more lists and objects than `values`.
    """
    if data.count(b"[") + data.count(b"{") <= DEPTH:
        return
    depth = seen = 0
    for found in _BRACKETS.finditer(data):
        bracket = found[0]
        if bracket in b"[{":
            depth, seen = depth + 1, seen + 1
            if depth > DEPTH:
                raise Breach("nested too deeply")
            if seen > values:
                raise Breach("too many values")
        elif bracket in b"]}":
            depth -= 1


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _exactly(sock: socket.socket, wanted: int) -> bytes:
    data = bytearray()
    while len(data) < wanted:
        part = sock.recv(min(wanted - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)
