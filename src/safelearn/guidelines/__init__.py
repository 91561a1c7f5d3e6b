"""The vocabulary that the rest of safelearn speaks: clauses, competencies, indicators and offences.

Each part is a TOML file that a person can read and correct, and a small loader beside it. The files hold
English; every name and sentence is translated when it is shown. What in them is checked, and what is not,
stands in the files and in ``docs/vocabulary.md``.
"""
