"""What does each theme of a quote mean? The codebook that two coders share, as data.

A definition says what belongs to a theme and what goes to another, so that two people who have not spoken to each
other code alike. Texts are marked for translation; show them with `language.t`.
"""

from __future__ import annotations

from safelearn.language import mark

#: Theme -> what belongs to it, in the order of the contract of the table ``quotes``.
CODEBOOK = {
    "violence": mark(
        "Being attacked, threatened or afraid of it outside the home, unless a more exact theme fits."
    ),
    "domestic_violence": mark(
        "Violence or control by a partner or in the family, and the way to help from it."
    ),
    "harassment": mark(
        "Looks, words, following or touching in public, sexual or not."
    ),
    "robbery": mark("Something taken by force or threat."),
    "theft": mark("Something taken without force, away from home."),
    "burglary": mark("Homes, shops or sheds broken into."),
    "drugs": mark("Use or sale of drugs, and care for those who use them."),
    "gangs": mark("Armed or organised groups, their lines and their offers."),
    "disorder": mark("Noise, rubbish, quarrels or drinking that disturb others."),
    "lighting": mark("Light after dark: lamps, dark stretches, repairs."),
    "public_space": mark(
        "Squares, parks, courts and paths: whether they are open, kept up and used."
    ),
    "transport": mark("Buses, trains, stops and the way to them."),
    "traffic": mark("Speed, crossings and collisions."),
    "policing": mark("What police and guards do or leave undone, and how they treat people."),
    "services": mark("Health, courts, shelters, schools and offices: reach, waiting, respect."),
    "youth_opportunities": mark(
        "Work, training, sport, culture and a say for young people."
    ),
    "housing": mark("Homes, tenure, eviction, rent and neighbours in a building."),
    "other": mark("What no other theme holds."),
}  # fmt: skip
