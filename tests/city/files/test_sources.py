"""A file read in pieces is the file read at once, and its sample comes from all of it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.files import delimited, sources
from safelearn.city.files.delimited import read_delimited
from safelearn.city.files.sources import Chunk, Source


def read(text, **options):
    return read_delimited(text.encode(), name="a.csv", separator=",", **options)


HEADER = ["first name", "second name", "third name"]
#: So many good records that nobody takes another row for the header.
USUAL = [("1", "x", "y")] * 40
# Cells with everything that makes records hard to tell apart, rows that are too long and too short, blank lines.
cell = st.text(st.sampled_from('ab,"\n é'), max_size=4)
# A cell that looks like whole records is taken for a quotation mark that swallowed them: that is tested elsewhere.
cell = cell.filter(lambda text: not ("\n" in text and "," in text))
record = st.one_of(
    st.tuples(cell, cell, cell).filter(lambda r: any(c.strip() for c in r)),
    st.tuples(st.just("short"), st.just("x")),
    st.tuples(st.just("long"), cell, cell, st.just("surplus")),
)


@given(
    records=st.lists(record, min_size=1, max_size=30),
    rows=st.integers(1, 7),
    block=st.sampled_from([40, 100, 1000]),
    blank=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_pieces_joined_are_the_records_that_python_reads(records, rows, block, blank):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n\n" if blank else "\n")
    records = USUAL + records
    writer.writerow(HEADER)
    writer.writerows(records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_BLOCKS", (block, 10_000))
        chunks = list(read(out.getvalue()).chunks(rows))
    assert [c.start for c in chunks] == list(range(0, len(records), rows))
    assert np.concatenate([c.origin for c in chunks]).tolist() == list(
        range(len(records))
    )
    found = [tuple(row) for c in chunks for row in c.frame.to_numpy()]
    assert found == [(*r, "", "")[:3] for r in records]
    broken = np.concatenate([c.broken for c in chunks]).tolist()
    assert broken == [len(r) > 3 for r in records]


@given(records=st.lists(record, min_size=1, max_size=20), end=st.sampled_from("\n\r"))
@settings(max_examples=30, deadline=None)
def test_each_record_knows_the_line_on_which_it_begins(records, end):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    records = USUAL + records
    writer.writerow(HEADER)
    begins = []
    for one in records:
        begins.append(len(out.getvalue().replace("\r", "\n").split("\n")))
        writer.writerow(one)
    source = read(out.getvalue())
    assert source.lines(np.arange(len(records))).tolist() == begins


def test_the_sample_is_spread_over_the_whole_file(monkeypatch):
    monkeypatch.setattr(sources, "SAMPLED", 100)
    text = "n,x\n" + "".join(f"{i},a\n" for i in range(1000))
    taken = read(text).sample["n"].astype(int)
    assert 25 <= len(taken) <= 100
    assert taken.diff().dropna().nunique() == 1 and taken.max() > 980


def test_a_short_file_is_its_own_sample():
    source = read("n,x\n1,a\n2,b\n")
    assert source.sample.equals(source.frame) and source.whole


def test_a_change_of_each_piece_is_a_change_of_the_whole():
    source = read("n,x\n" + "".join(f"{i},a\n" for i in range(10)))

    def doubled(chunk):
        twice = np.repeat(np.arange(len(chunk.frame)), 2)
        frame = chunk.frame.iloc[twice].reset_index(drop=True)
        return Chunk(frame, chunk.start, chunk.broken[twice], chunk.origin[twice])

    changed = source.through(doubled)
    assert changed.frame["n"].tolist() == [str(i) for i in range(10) for _ in "12"]
    pieces = list(changed.chunks(3))
    assert pieces[1].origin.tolist() == [3, 3, 4, 4, 5, 5]
    assert changed.lines(np.array([4])).tolist() == [6]


def test_a_source_in_memory_is_cut_in_pieces_too():
    frame = pd.DataFrame({"n": list("abcde")}, dtype="str")
    source = Source(frame, broken=np.array([False, True, False, False, True]))
    pieces = list(source.chunks(2))
    assert [p.frame["n"].tolist() for p in pieces] == [["a", "b"], ["c", "d"], ["e"]]
    assert [p.broken.tolist() for p in pieces] == [
        [False, True],
        [False, False],
        [True],
    ]
