"""When each event happened, in local time, and how exactly that is known."""
