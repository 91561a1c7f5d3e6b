"""Where each event happened: points, codes, names and addresses, and the areas they mean."""
