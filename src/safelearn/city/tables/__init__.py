"""Every table but incidents and areas, as offices send it: residents, surveys, budgets, lists of people."""
