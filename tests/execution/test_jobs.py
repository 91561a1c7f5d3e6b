"""Of what a job says about its cells only what a notebook may hold is kept."""

from __future__ import annotations

import nbformat
import pytest

from safelearn.execution.warm.cells import CUT, Outputs
from safelearn.execution.warm.jobs import LINES, OUTPUTS, Done, keep


def kept(**heard):
    done = Done()
    keep({"kind": "cell", "cell": 3, **heard}, 3, done)
    cell = nbformat.v4.new_code_cell()
    cell.outputs = [nbformat.from_dict(output) for output in done.outputs[3]]
    cell.execution_count = done.counts[3]
    # Whatever was heard, what is kept can be written.
    text = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    nbformat.validate(nbformat.reads(text, as_version=4))
    text.encode("utf-8")
    return done


def shown(**output):
    return kept(outputs=[{"output_type": "display_data", **output}]).outputs[3][0]


@pytest.mark.parametrize(
    "heard",
    [
        {},
        {"outputs": "x", "lines": "x", "count": "x", "late": "x"},
        {"outputs": [None, 1, [], {}, {"output_type": ["stream"] and "nothing"}]},
        {"outputs": [{"output_type": "stream", "name": ["x"], "text": {"a": 1}}]},
        {"outputs": [{"output_type": "stream", "text": "\ud800\x00"}], "count": True},
        {"outputs": [{"output_type": "error", "traceback": [1, None], "ename": []}]},
        {"outputs": [{"output_type": "execute_result", "data": [], "metadata": 1}]},
        {"count": -1},
        {"count": 10**30},
        {"count": 1.5},
    ],
)
def test_no_message_makes_a_notebook_that_cannot_be_written(heard):
    kept(**heard)


def test_nothing_that_runs_in_a_browser_is_kept():
    data = {
        "text/plain": "a map",
        "text/html": "<b>map</b>",
        "application/javascript": "alert(1)",
        "application/vnd.jupyter.widget-view+json": "{}",
        "image/svg+xml": "<svg/>",
        "image/png": 'x" onerror="alert(1)',
    }
    assert set(shown(data=data)["data"]) == {"text/plain", "text/html"}


def test_of_a_picture_its_size_is_kept_and_nothing_else():
    about = {"image/png": {"width": 3, "height": "1 onload=x", "alt": "x"}, "x": {}}
    found = shown(data={"image/png": "AAAA\n"}, metadata=about)
    assert found["metadata"] == {"image/png": {"width": 3}}


def test_outputs_and_lines_are_bounded_and_the_last_lines_count():
    done = kept(
        outputs=[{"output_type": "error"}] * 9000, lines=[str(n) for n in range(9000)]
    )
    assert len(done.outputs[3]) == OUTPUTS
    assert done.lines[3] == [str(n) for n in range(9000 - LINES, 9000)]


@pytest.mark.parametrize("text", ["x", "\x00", "é", "\U0001f5fa", '"', "\ud800"])
def test_what_is_printed_takes_no_more_bytes_than_it_may(text):
    outputs = Outputs()
    outputs.begin(1000)
    for _ in range(30):
        outputs.stream("stdout", text * 50)
        outputs.stream("stderr", text)
    assert outputs.used() <= 1000
    found = outputs.finished()
    assert found[-1]["text"] == CUT
    # The frame around an output is some tens of bytes more.
    assert (
        len("".join(o["text"] for o in found[:-1]).encode("utf-8", "replace")) <= 1000
    )


def test_a_picture_that_is_too_large_is_left_out_and_said():
    outputs = Outputs()
    outputs.begin(1000)
    item = {"output_type": "display_data", "data": {"image/png": "A" * 2000}}
    outputs.rich(item)
    outputs.stream("stdout", "after")
    assert [o["text"] for o in outputs.finished()] == ["after", CUT]


def test_clearing_gives_the_room_back():
    outputs = Outputs()
    outputs.begin(1000)
    for _ in range(100):
        outputs.clear(wait=True)
        outputs.stream("stdout", "x" * 500)
    (found,) = outputs.finished()
    assert found["text"] == "x" * 500


def test_what_waits_to_be_cleared_is_not_cleared_if_nothing_follows():
    outputs = Outputs()
    outputs.begin(1000)
    outputs.stream("stdout", "kept")
    outputs.clear(wait=True)
    assert outputs.finished()[0]["text"] == "kept"
