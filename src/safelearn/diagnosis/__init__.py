"""Diagnosis: where, when and how much, from what a city has recorded.

Each module answers one question of the quantitative analysis that the Guidelines ask for (draft:25(d).2): how
concentrated is it (`concentration`), at which hours (`timing`), in which months (`seasons`), in which
direction (`trends`).
"""
