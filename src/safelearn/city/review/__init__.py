"""What a person should look at and may settle, and what becomes of the answers."""
