"""What a job sends is bounded and strict, or it ends the job."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.execution.warm import wire
from safelearn.execution.warm.wire import Breach, Reader, frame, inspect, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=5), VALUES), st.integers(1, 7))
def test_a_message_arrives_as_it_was_sent_however_it_is_cut(message, step):
    reader, found = Reader(1 << 20, 1 << 20, 5), []
    sent = json.loads(frame(message)[4:])  # half a pair of surrogates becomes "?"
    data = frame(message)
    for start in range(0, len(data), step):
        found += reader.feed(data[start : start + step])
    assert found == [sent]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": -Infinity}', "not JSON"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b"", "not JSON"),
        (b"[1]", "not a message"),
        (b'"text"', "not a message"),
        (b'{"a":' + b"[" * 100_000, "deeply"),
        (b'{"a":' + b'{"b":' * 70 + b"1" + b"}" * 71, "deeply"),
        (b'{"a":[' + b"{}," * 30_000 + b"{}]}", "too many values"),
        (b"\x80\x04K\x01.", "not JSON"),  # a pickle
    ],
)
def test_what_is_no_strict_json_of_bounded_depth_is_a_breach(data, why):
    with pytest.raises(Breach, match=why):
        parse(data)


def test_brackets_inside_a_text_are_text():
    message = {"a": "[" * 5000 + '\\"' + "{" * 5000, "b": ["\\", "]"]}
    assert parse(frame(message)[4:]) == message
    inspect(json.dumps([["["] * 9] * 9).encode(), 20)


def test_depth_is_that_of_what_is_open_not_of_all_there_is():
    wide = {"a": [[]] * 1000}
    assert parse(frame(wide)[4:]) == wide
    with pytest.raises(Breach, match="too many"):
        inspect(json.dumps(wide).encode(), 1000)


def test_a_length_is_refused_before_a_byte_of_it_is_kept():
    with pytest.raises(Breach, match="too large"):
        list(Reader(1 << 30, 100, 5).feed(struct.pack(">I", 101)))


def test_all_bytes_and_all_messages_are_counted():
    reader = Reader(100, 100, 1000)
    for _ in range(16):
        list(reader.feed(frame({})))
    with pytest.raises(Breach, match="too much"):
        list(reader.feed(frame({})))
    reader = Reader(1000, 100, 2)
    with pytest.raises(Breach, match="too many messages"):
        list(reader.feed(frame({}) * 3))


def test_what_came_before_a_breach_is_heard_even_if_it_came_together():
    heard = []
    with pytest.raises(Breach):
        for message in Reader(1000, 100, 5).feed(frame({"a": 1}) + b"\xff" * 9):
            heard.append(message)
    assert heard == [{"a": 1}]


def test_our_own_side_sends_no_value_that_json_has_not():
    with pytest.raises(ValueError, match="JSON"):
        frame({"a": float("nan")})
    assert wire.DEPTH < 900  # where Python's own parser ends
