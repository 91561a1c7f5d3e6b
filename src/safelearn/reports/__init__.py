"""Reports: what the measures found, in chapters a council can read, released by disclosure control."""
