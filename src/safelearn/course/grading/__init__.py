"""From what was handed in to marks: preflight, runs, verdicts, and nbgrader's gradebook as the record."""
