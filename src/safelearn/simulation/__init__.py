"""Cities with a known truth: a coast, streets, people, what happens to them, and what an office hears of it.

What question of a city does it answer? None: it makes cities on which the answers can be checked. A seed goes
in; out come the tables of a city folder, and beside them the truth that no real city has: who really suffered
what, which of it was reported, what an intervention really did. The bundled city, the trainees' variants and
the tests of the measures all come from here.

One module a table: `geography` (areas), `people` (population), `incidents` (what happened), `reporting` (what
the police were told), `survey`, `audits`, `interventions`, `stakeholders`, `money`, `registers`;
`city.build_city` joins them and `variant.city_tables` makes a small one for a trainee.
"""
