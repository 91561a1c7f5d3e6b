"""Documents that a city needs on the way from a diagnosis to a strategy: terms of reference, plans, records, rules.

Each is one text file in ``templates/documents``: a header that says what it is for, then Markdown in which values
from the city's folder are filled in where they are known and blanks are marked where they are not. `library` reads
them, `registers` says what of a city's tables a document may show, `filling` fills one, `writing` makes it a file.
"""
