"""What is odd about a city's data, where it lies, what it spoils, and what helps."""
