"""What comes first, for whom and where: priorities, demands, need and the kinds of areas.

Ballots, registers and released figures go in; agreement, needs and their uncertainty come out. Nothing here ranks
areas in public: classes of services needed do, with areas in code order.
"""
