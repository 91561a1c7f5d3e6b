"""From what comes first to a plan that can be judged: priorities and need, what others tried, measures and who answers.

Ballots, registers and released figures go in; agreement, needs, gaps and their uncertainty come out. Nothing here ranks
areas in public: classes of services needed do, with areas in code order.
"""
