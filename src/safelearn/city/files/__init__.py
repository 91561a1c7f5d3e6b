"""A received file as text, whatever it is: its kind, its encoding, its sheets, its header, what in it is no record."""
