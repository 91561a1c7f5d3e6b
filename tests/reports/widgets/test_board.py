"""The frame of every exercise: an answer that follows its controls, and stands without a kernel."""

from __future__ import annotations

import asyncio

import ipywidgets

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.widgets import board as boards
from safelearn.reports.widgets.board import Board, choice, tick, whole_number


def doubled(n, loud=False):
    if n > 10:
        raise SafelearnError("Too many.", remedy="Take fewer.")
    return f"<p>{t('yes')} {2 * n}</p>" + ("<b>!</b>" if loud else "")


def small(**rest):
    controls = {"n": whole_number("Number", 2, 0, 20), "loud": tick("Loud")}
    return Board(doubled, controls, **rest)


def test_a_control_that_moves_changes_the_answer():
    made = small()
    assert "yes 4" in made.answer.value
    made.controls["n"].value = 3
    assert "yes 6" in made.answer.value
    made.move(n=4, loud=True)
    assert "yes 8</p><b>!" in made.answer.value


def test_the_static_answer_says_its_setting_and_moves_nothing():
    made = small()
    page = made.static(n=5)
    assert "yes 10" in page and "Number: 5; Loud: no" in page
    assert made.setting == {"n": 2, "loud": False} and "yes 4" in made.answer.value


def test_a_mistake_is_told_with_its_remedy():
    made = small()
    made.move(n=11)
    assert "Too many." in made.answer.value and "Take fewer." in made.answer.value
    assert "Too many." in made.static()


def test_what_breaks_is_told_as_a_defect_of_ours():
    broken = Board(lambda n: 1 / n, {"n": whole_number("Number", 0, 0, 9)})
    assert "defect of safelearn" in broken.answer.value


def test_names_from_a_file_are_never_markup():
    made = Board(lambda who: "", {"who": choice("Who", [("<b>x</b>", "x")])})
    assert "<b>x" not in made.static() and "&lt;b&gt;x" in made.static()


def test_a_dragged_slider_is_answered_once(monkeypatch):
    monkeypatch.setattr(boards, "PAUSE", 0.02)
    asked = []

    def result(n):
        asked.append(n)
        return str(n)

    made = Board(result, {"n": whole_number("Number", 0, 0, 99)})

    async def drag():
        for n in range(1, 30):
            made.controls["n"].value = n
        await asyncio.sleep(0.1)

    asyncio.run(drag())
    assert asked == [0, 29] and made.answer.value == "29"


def test_an_answer_keeps_the_language_of_the_notebook():
    with language.use("qps"):
        made = small()
    made.controls["n"].value = 3
    assert "ýéŝ" in made.answer.value


def test_a_choice_leads_others_and_a_static_answer_follows_it_too():
    made = Board(
        lambda town, n: f"{town} {n}",
        {"town": choice("Town", [("A", "a"), ("B", "b")]), "n": whole_number("N", 1, 0, 9)},
        follows={"town": {"a": {"n": 1}, "b": {"n": 7}}.get},
    )  # fmt: skip
    assert "b 7" in made.static(town="b") and "b 3" in made.static(town="b", n=3)
    made.controls["town"].value = "b"
    assert made.answer.value == "b 7"


def test_controls_that_do_not_matter_are_put_away():
    made = small(used=lambda s: ("n", "loud") if s["n"] else ("n",))
    made.move(n=0)
    assert made.controls["loud"].layout.display == "none"
    assert "Loud" not in made.static()
    made.move(n=1)
    assert made.controls["loud"].layout.display is None


def test_a_button_says_what_it_did_or_why_not():
    button = ipywidgets.Button()
    made = small(buttons=[button])
    done = []
    made.does(button, lambda: done.append(1) or ["Written."])
    button.click()
    assert done and "Written." in made.said.value and 'role="status"' in made.said.value


def test_a_notebook_gets_the_controls_and_the_answer_without_them(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *what, **_: shown.extend(what))  # fmt: skip
    small()._ipython_display_()
    view, page = shown
    assert "application/vnd.jupyter.widget-view+json" in view
    assert view["text/plain"] == "Run this cell to move the controls."
    assert "yes 4" in page.data and "safelearn-static" in page.data
