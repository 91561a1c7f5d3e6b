"""What worked, where, how surely and at what cost: designs, power, grades of evidence, money and the work itself.

Counts before and after, series and budgets go in; effects with their intervals come out, and beside each what its
design cannot say.
"""
