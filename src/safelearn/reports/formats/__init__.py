"""The report as files for other programs: PDF, Word, workbook and map layer.

Each module takes what was released, or the page made of it, and gives bytes. What a machine lacks for one of them
(pango, pandoc) is said in a sentence with its remedy; the others are made all the same.
"""
