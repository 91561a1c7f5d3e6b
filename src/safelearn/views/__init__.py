"""What a city's figures look like: charts, maps, tables and marks, from approved tables only.

Every view is given a table that disclosure control has released (`Approved`) and gives back either a
function that draws it twice, wide and narrow, or a piece of HTML. Nothing here reads a file, estimates
anything, or decides what may be shown.
"""
