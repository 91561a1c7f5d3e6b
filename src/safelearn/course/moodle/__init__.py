"""A class in Moodle, without an exchange: what was handed in comes as a zip, and feedback and marks go back."""
