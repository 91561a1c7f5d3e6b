"""What the columns of a file mean: profiles of known kinds of files, and guesses for all others."""
