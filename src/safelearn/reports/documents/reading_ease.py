"""Can residents read it? How easy a text is, from the length of its sentences and of its words.

A text and its language go in; Flesch's reading ease, or its adaptation for that language, comes out. It looks at
length only: short words in short sentences can still be wrong or cold, so somebody from the street reads it too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safelearn.errors import Refused
from safelearn.language import number, t, tn
from safelearn.reports.documents.markdown import MARK

#: Fewer words than this, the length of Flesch's samples, say little.
LEAST_WORDS = 100


@dataclass(frozen=True)
class Formula:
    """Reading ease = constant - sentence x words a sentence - word x syllables a word; `plain` is easy enough."""

    name: str
    constant: float
    sentence: float
    word: float
    plain: float


#: By language. `plain` is where the authors' scales begin to say that most adults can read it.
FORMULAS = {
    "en": Formula("Flesch 1948", 206.835, 1.015, 84.6, 60),
    "es": Formula("Fernández Huerta 1959", 206.84, 1.02, 60.0, 60),
    "fr": Formula("Kandel & Moles 1958", 207.0, 1.015, 73.6, 60),
    "pt": Formula("Martins et al. 1996", 248.835, 1.015, 84.6, 50),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+(?=\s|$)")

_VOWELS = {
    "en": "aeiouy",
    "es": "aeiouáéíóúü",
    "pt": "aeiouáéíóúàâêôãõü",
    "fr": "aeiouyàâäéèêëîïôöùûüœæ",
}


@dataclass(frozen=True)
class ReadingEase:
    """How easy a text is to read.

    Attributes
    ----------
    score : float
        Mostly from 0 (very hard) to 100 (very easy).
    words, sentences, syllables : int
    formula : Formula
    """

    score: float
    words: int
    sentences: int
    syllables: int
    formula: Formula

    @property
    def plain(self) -> bool:
        """Easy enough for most adults."""
        return self.score >= self.formula.plain


def reading_ease(text: str, language: str) -> ReadingEase:
    """How easy a text is to read. Serves draft:24(f).

    Parameters
    ----------
    text : str
        Sentences; Markdown is taken off, and headings, tables and blanks are left out. Each point of a list is a
        sentence.
    language : str
        Its code, such as ``en`` or ``pt_BR``.

    Returns
    -------
    ReadingEase

    Raises
    ------
    Refused
        For a language without a formula of its own, and for fewer than 100 words.

    Notes
    -----
    Flesch (1948, Journal of Applied Psychology 32:221) for English; Fernández Huerta (1959, Consigna 214:29) for
    Spanish, whose sentence term is words a sentence and not, as often copied, sentences a hundred words (Law 2011,
    LINGUIST List 22.2332); Kandel and Moles (1958) for French; Martins and others (1996) for Portuguese. Syllables are
    counted by rules of spelling, which miss one in some words; a score is right to a few points.
    """
    code = language.split("_")[0]
    if code not in FORMULAS:
        raise Refused(
            t(
                "There is no published formula here for how easy a text in this language is to read."
            ),
            remedy=t(
                "Ask ten residents to read it and to say in their own words what it says."
            ),
        )
    plain = _plain_text(text)
    words = _WORD.findall(plain)
    if len(words) < LEAST_WORDS:
        raise Refused(
            t(
                "The text has fewer than {n} words, too few to say how easy it is to read.",
                n=number(LEAST_WORDS),
            )
        )
    sentences = sum(1 for part in _END.split(plain) if _WORD.search(part))
    total = sum(syllables(word, code) for word in words)
    score = flesch(FORMULAS[code], len(words), sentences, total)
    return ReadingEase(score, len(words), sentences, total, FORMULAS[code])


def flesch(formula: Formula, words: int, sentences: int, syllables: int) -> float:
    """The score from three counts.

    Examples
    --------
    >>> round(flesch(FORMULAS["en"], words=13, sentences=1, syllables=24), 1)  # "The Australian platypus ..."
    37.5
    """
    by_sentence = formula.sentence * words / sentences
    return formula.constant - by_sentence - formula.word * syllables / words


def syllables(word: str, language: str) -> int:
    """How many syllables a word has, by rules of spelling.

    Examples
    --------
    >>> [syllables(w, "es") for w in ("seguridad", "barrio", "policía", "calle", "ciudad")]
    [4, 2, 4, 2, 2]
    """
    word = word.lower().replace("’", "'")
    ways = {"en": _english, "es": _spanish, "fr": _french, "pt": _portuguese}
    return max(1, ways[language](word))


def verdict(text: str, language: str) -> str:
    """In two sentences: how easy a text is, and what to do if it is not; or why that cannot be said."""
    try:
        found = reading_ease(text, language)
    except Refused as refusal:
        return f"{refusal.what} {refusal.remedy}".strip()
    said = t(
        "Reading ease: {score} from {words} words in {sentences} sentences ({formula}); {plain} or more is plain.",
        score=number(found.score),
        words=number(found.words),
        sentences=number(found.sentences),
        formula=found.formula.name,
        plain=number(found.formula.plain),
    )
    if found.plain:
        return f"{said} {t('Most adults can read it.')}"
    per = round(found.words / found.sentences)
    advice = tn(
        "It is too hard for many: its sentences have {n} word on average; make them and their words shorter.",
        "It is too hard for many: its sentences have {n} words on average; make them and their words shorter.",
        per,
    )
    return f"{said} {advice}"


def _plain_text(text: str) -> str:
    """Sentences without Markdown, each line of a list ended by a full stop."""
    lines = []
    for line in re.sub(rf"{MARK}.*?{MARK}", "", text).splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", "|", "---")):
            continue
        point = re.match(r"[-*☐]\s+|\d+\.\s+", stripped)
        words = re.sub(r"[*`\\]", "", stripped[point.end() :] if point else stripped)
        lines.append(
            words if not point or words.endswith((".", "!", "?")) else f"{words}."
        )
    return "\n".join(lines)


def _groups(word: str, language: str) -> int:
    return len(re.findall(f"[{_VOWELS[language]}]+", word))


def _english(word: str) -> int:
    word = re.sub(r"'s?$", "", word)
    n = _groups(word, "en")
    if re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word):
        n -= 1  # home
    elif re.search(r"[^aeiouytd]ed$", word):
        n -= 1  # asked, not wanted
    elif re.search(r"[^aeiouysxzcg]es$", word) and not re.search(r"(sh|ch)es$", word):
        n -= 1  # homes, not places
    # A silent letter inside: safety, homeless, movement.
    n -= len(re.findall(r"(?<=[aeiou][^aeiou])e(?=ty$|ly$|ment|less|ful)", word))
    # Two sounds in one group of letters: violent, quiet, being, create, science, area, idea.
    two = (
        r"(?<![tscglnx])i[ao]|(?<=[vru])iet|[aeou]ing|\bcreat(?!ur)|scien|reas?$|\bidea"
    )
    return n + len(re.findall(two, word))


def _spanish(word: str) -> int:
    """Vowels less those that share a syllable with the one before: one of the two is weak and has no accent."""
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    word = re.sub(r"y$", "i", word)
    n, before = 0, ""
    for sign in word:
        if sign not in _VOWELS["es"]:
            before = ""
            continue
        n += not (before and (sign in "iuü" or before in "iuü"))
        before = sign
    return n


def _portuguese(word: str) -> int:
    word = re.sub(r"(?<=[qg])u(?=[aeioáéíêãõ])", "", word)
    # The last two vowels of á-gua and po-lí-cia share a syllable, those of ru-a and di-a do not.
    last = re.search(r"[áéíóúâêô].*[iu][aeo]s?$", word)
    # Two vowels share one otherwise if the second is weak: bair-ro, but vi-o-lên-cia.
    pairs = re.findall(r"(?=[aeoáéóâêôiu][iu]|ão|ãe|õe)", word)
    return len(re.findall(f"[{_VOWELS['pt']}]", word)) - len(pairs) - bool(last)


def _french(word: str) -> int:
    # An apostrophe joins two words that are one in speech: l'école has two syllables.
    word = word.replace("'", "")
    word = re.sub(r"(?<=[qg])u(?=[eiéèê])", "", word)
    n = _groups(re.sub(r"é(?=[aouâôî])|(?<=[aeou])ï", "é-", word), "fr")
    if n > 1 and re.search(r"[^aeiouyàâéèêëîïôùûüœ]es?$", word):
        n -= 1
    return n
