"""A city's evidence: its folder, its files imported and accounted for, and what can be counted from them.

Other rooms read a city only through this one: canonical tables (`folder`), points turned into areas
(`areas`), and one additive count of the incidents (`cube`).
"""
