"""Walls around a trainee's notebook: no network, a read-only system, an empty home, and limits on all it takes."""
