"""Indicators: the catalogue's definitions, computed for a city from its surveys, releases and other offices' figures.

`sdg` and `residents` the survey's questions as the definitions count them · `from_survey`, `from_records`,
`from_statistics`, `from_offices` one source each · `catalogue` all of them in one table · `maturity` how far each is
measured · `targets` where it stands · `change` against an earlier release · `outcomes` which ones a priority needs ·
`goals` the strip of global goals · `exchange` the file for others.
"""
