"""From files to the tables of a city: reading, merging, accounting, and the way back."""
