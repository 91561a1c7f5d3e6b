"""What is calculated for a document before it is filled in.

The module of a document has its name, with underscores, and one function, ``facts(registers) -> dict``: what stands
under ``facts`` in the document's text. It calls measures of the library and says their results; it invents none.
"""
