"""Which submissions are so alike that a teacher may want to ask: a flag for a conversation, never a proof.

The notebooks of one assignment go in, pairs come out. Answers to a good task look alike, the solutions of this
course are public, and people may learn together; so only what hardly anybody else wrote counts, and nothing
follows from a flag by itself: no mark, no record, no export holds one.
"""

from __future__ import annotations

import io
import itertools
import json
import keyword
import re
import tokenize
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from safelearn.course.modules import Module
from safelearn.course.source import CODE_STUB, TEXT_STUB

#: Tokens or words that make one shingle: shorter ones are everybody's.
CODE, WORDS = 9, 6
#: A shingle that more than this share of the class wrote (and at least three people) tells nothing.
COMMON = 0.1
#: In a smaller class nothing can be called rare.
LEAST_WORKS = 5
#: So many rare shingles must agree, and make up this share of the shorter work's rare ones.
LEAST, SHARE = 25, 0.6
#: What of a text is shown to the person who looks.
_SHOWN = 3


@dataclass(frozen=True)
class Alike:
    """Two submissions that share much that hardly anybody else wrote.

    Attributes
    ----------
    first, second : str
        Ids, in the order of the alphabet.
    share : float
        Of the rare parts of the shorter of both, how many are in the other.
    cells : tuple of str
        The tasks in which most of it stands.
    """

    assignment: str
    first: str
    second: str
    share: float
    cells: tuple[str, ...]


def look_alikes(
    course: Path, module: Module, students: Iterable[str], together: list[list[str]]
) -> list[Alike]:
    """Pairs of submissions of one assignment that a person may want to look at.

    Parameters
    ----------
    students : iterable of str
        Whose submissions are looked at.
    together : list of list of str
        Who may hand in together, and is not compared.
    """
    works = {}
    for student in students:
        path = Path(course) / "submitted" / student / module.name / "assignment.ipynb"
        if shingles := _shingles(path):
            works[student] = shingles
    if len(works) < LEAST_WORKS:
        return []
    written = Counter(itertools.chain.from_iterable(works.values()))
    most = max(2, int(COMMON * len(works)))
    rare = {
        who: {s: task for s, task in work.items() if written[s] <= most}
        for who, work in works.items()
    }
    # Who shares a rare shingle is few: only these pairs are counted, not all of a big class.
    shared: dict[tuple[str, str], Counter[str]] = {}
    holders: dict[tuple, list[str]] = {}
    for who in sorted(rare):
        for shingle in rare[who]:
            holders.setdefault(shingle, []).append(who)
    for shingle, who in holders.items():
        for pair in itertools.combinations(who, 2):
            shared.setdefault(pair, Counter())[rare[pair[0]][shingle]] += 1
    found = []
    for (one, other), tasks in sorted(shared.items()):
        if any(one in group and other in group for group in together):
            continue
        n = sum(tasks.values())
        share = n / min(len(rare[one]), len(rare[other]))
        if n >= LEAST and share >= SHARE:
            cells = tuple(task for task, _ in tasks.most_common(_SHOWN))
            found.append(Alike(module.name, one, other, share, cells))
    return found


def _shingles(path: Path) -> dict[tuple, str]:
    """What stands in a notebook's own cells, cut into short runs, each with the task it stands in."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found: dict[tuple, str] = {}
    for cell in cells if isinstance(cells, list) else []:
        try:
            about = cell["metadata"]["nbgrader"]
            own, name = about["solution"], str(about["grade_id"])
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(source)
        except (KeyError, TypeError):
            continue
        if not own:
            continue
        parts, size = (_tokens(text), CODE) if cell.get("cell_type") == "code" else (_words(text), WORDS)  # fmt: skip
        for i in range(len(parts) - size + 1):
            found[tuple(parts[i : i + size])] = name.removesuffix("-answer")
    return found


def _tokens(source: str) -> list[str]:
    """Code without names, comments and layout: renaming a variable changes nothing."""
    tokens = []
    try:
        for token in tokenize.generate_tokens(
            io.StringIO(source.replace(CODE_STUB, "")).readline
        ):
            if token.type == tokenize.NAME:
                known = keyword.iskeyword(token.string)
                tokens.append(token.string if known else "name")
            elif token.type in (tokenize.OP, tokenize.NUMBER, tokenize.STRING):
                tokens.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        pass  # what was read until the error is compared
    return tokens


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace(TEXT_STUB, "").casefold())
