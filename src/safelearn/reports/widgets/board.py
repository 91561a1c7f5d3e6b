"""Controls, and below them what they change: the frame that every exercise shares.

A `Board` asks its exercise for the result of a setting, and shows it again a moment after a control moves. The same
result, as of the setting with which it was shown, stands in the notebook as plain HTML: where no kernel runs (a page, a
PDF, a notebook opened a month later) a reader sees a true answer in place of a dead slider.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

import ipywidgets
from markupsafe import Markup

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.widgets import pieces

#: Seconds without a further move until the answer is worked out: a slider that is dragged moves many times a second.
PAUSE = 0.15
#: While the controls live, the picture of how they stood before is not needed.
_STYLE = (
    "<style>.jp-OutputArea-child:has(.safelearn-board) ~ .jp-OutputArea-child:has(.safelearn-static)"
    "{display:none}</style>"
)


class Board(ipywidgets.VBox):
    """An exercise: controls with labels, and their answer.

    Parameters
    ----------
    result : callable
        Takes the values of the controls by name and gives HTML. It works out everything by the library's measures.
    controls : mapping of str to widget
        In the order in which they are reached with the tabulator key.
    follows : mapping of str to callable
        For a control, what its value sets other controls to: choosing an area sets its residents.
    used : callable, optional
        Takes the setting and gives the names of the controls that matter under it; the others are put away.
    buttons : sequence of widget
        Below the controls: what acts, and is no part of the setting.

    Attributes
    ----------
    answer : ipywidgets.HTML
        What is shown for the setting.
    said : ipywidgets.HTML
        What a button did, or why not.
    """

    def __init__(
        self,
        result: Callable[..., str],
        controls: Mapping[str, ipywidgets.ValueWidget],
        follows: Mapping[str, Callable[[Any], Mapping[str, Any]]] | None = None,
        used: Callable[[Mapping[str, Any]], Collection[str]] | None = None,
        buttons: Sequence[ipywidgets.Widget] = (),
    ) -> None:
        self.controls = dict(controls)
        self.answer = ipywidgets.HTML()
        self._result = result
        self._follows = dict(follows or {})
        self._used = used or (lambda setting: tuple(setting))
        # A callback of the kernel runs in a context of its own, which has forgotten the language of the notebook.
        self._language = language.current()
        self._waiting: asyncio.TimerHandle | None = None
        self._quiet = False
        self.said = ipywidgets.HTML()
        row = [ipywidgets.HBox(list(buttons)), self.said] if buttons else []
        super().__init__(
            [*self.controls.values(), *row, self.answer, ipywidgets.HTML(_STYLE)],
            layout=ipywidgets.Layout(max_width="60rem"),
        )
        self.add_class("safelearn-board")
        for name, control in self.controls.items():
            if name in self._follows:
                control.observe(partial(self._follow, name), "value")
            control.observe(self._moved, "value")
        self.refresh()

    @property
    def setting(self) -> dict[str, Any]:
        """How the controls stand."""
        return {name: control.value for name, control in self.controls.items()}

    def move(self, **setting: Any) -> None:
        """Set controls as a person would, and answer at once."""
        self._quiet = True
        try:
            for name, value in setting.items():
                self.controls[name].value = value
        finally:
            self._quiet = False
        self.refresh()

    def refresh(self) -> None:
        """Work the answer out for how the controls stand now."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        setting = self.setting
        used = self._used(setting)
        for name, control in self.controls.items():
            control.layout.display = None if name in used else "none"
        with language.use(self._language):
            self.answer.value = self._told(setting)

    def static(self, **setting: Any) -> Markup:
        """The answer to a setting as HTML that needs no kernel, with the setting in words.

        Parameters
        ----------
        **setting
            Values of controls; those that are not named stay as they stand.
        """
        led = [self._follows[k](v) for k, v in setting.items() if k in self._follows]
        whole = self.setting
        for more in (*led, setting):
            whole |= more
        with language.use(self._language):
            said = t(
                "Set to: {setting}",
                setting="; ".join(
                    f"{control.description}: {_in_words(control, whole[name])}"
                    for name, control in self.controls.items()
                    if name in self._used(whole)
                ),
            )
            return Markup('<div class="safelearn-static">{}{}</div>').format(
                Markup(pieces.note(said)), Markup(self._told(whole))
            )

    def does(self, button: ipywidgets.Button, act: Callable[[], Sequence[str]]) -> None:
        """Let a button act; `act` gives the sentences that tell what was done."""

        def pressed(_: Any) -> None:
            with language.use(self._language):
                said = _or_error(lambda: pieces.lines(act()))
                self.said.value = f'<div role="status">{said}</div>'

        button.on_click(pressed)

    def _told(self, setting: Mapping[str, Any]) -> str:
        return _or_error(lambda: str(self._result(**setting)))

    def _follow(self, name: str, change: Any) -> None:
        for other, value in self._follows[name](change["new"]).items():
            self.controls[other].value = value

    def _moved(self, _: Any) -> None:
        if self._quiet:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.refresh()
            return
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(PAUSE, self.refresh)

    def _ipython_display_(self) -> None:
        """Show the controls, and for those who have no kernel the answer as it stands."""
        from IPython.display import HTML, display

        with language.use(self._language):
            # The usual words would be the values of the controls, which a notebook of the grid must not keep.
            plain = str(t("Run this cell to move the controls."))
        display(self._repr_mimebundle_() | {"text/plain": plain}, raw=True)
        display(HTML(str(self.static())))


def _or_error(work: Callable[[], str]) -> str:
    """What the work gives, or what went wrong, in the words of a command."""
    try:
        return work()
    except SafelearnError as problem:
        return pieces.error(problem)
    except Exception as problem:
        return pieces.unexpected(problem)


def _in_words(control: ipywidgets.ValueWidget, value: Any) -> str:
    """What a control shows for a value."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    for shown in getattr(control, "_options_full", ()):
        if shown[1] == value:
            return str(shown[0])
    if isinstance(value, int | float):
        digits = 0 if float(value).is_integer() else 2
        return language.number(value, digits)
    return str(value)


# -- controls: the browser's own, each with its label. A slider of ipywidgets has no name for a screen reader. ----


def choice(
    text: str, options: Sequence[tuple[str, Any]], value: Any = None
) -> ipywidgets.Dropdown:
    """One of several."""
    first = options[0][1] if value is None and options else value
    return ipywidgets.Dropdown(
        options=list(options),
        value=first,
        description=text,
        style=pieces.STYLE,
        layout=pieces.wide(),
    )


def tick(text: str, value: bool = False) -> ipywidgets.Checkbox:
    """Yes or no."""
    return ipywidgets.Checkbox(
        value=value, description=text, indent=False, layout=pieces.wide()
    )


def whole_number(
    text: str, value: int, least: int, most: int, step: int = 1
) -> ipywidgets.BoundedIntText:
    """A whole number, typed or moved with the arrow keys."""
    return ipywidgets.BoundedIntText(
        value=value, min=least, max=most, step=step, description=text,
        style=pieces.STYLE, layout=ipywidgets.Layout(width="22rem"),
    )  # fmt: skip
