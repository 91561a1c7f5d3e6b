"""Who acts for safety, who takes part, and who is missing."""
