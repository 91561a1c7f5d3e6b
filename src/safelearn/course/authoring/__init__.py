"""How the curriculum is made of its sources, and how it is proved that it grades right."""
