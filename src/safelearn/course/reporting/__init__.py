"""What the marks say: of a trainee, of a task, of a class."""
