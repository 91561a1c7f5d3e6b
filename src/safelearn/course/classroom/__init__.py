"""A course as a folder: who is in it, and what nbgrader finds there."""
