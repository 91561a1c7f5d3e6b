"""Diagnosis: where, when and how much, from what a city has recorded.

Each module answers one question of the Guidelines' paragraph 25(d): how concentrated is it
(`concentration`), at which hours (`timing`), in which direction (`trends`).
"""
