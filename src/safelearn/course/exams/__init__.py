"""Exams: private tasks, a private seed, a time window, receipts, and questions to ask by word of mouth."""
