"""Indicators: the catalogue's definitions, computed for a city from its released tables."""
