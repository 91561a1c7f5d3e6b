"""Do no harm: what may leave the building, and what stays hidden to protect people.

`suppression.protect` hides small counts and whatever would give them away, `approval.approve` makes the only
kind of table that charts, maps and exporters take, `attack.attack` tries to undo it as an outsider would,
`wording.check` reads titles and prose, and `personal_data.check` looks for people in the columns.
"""
