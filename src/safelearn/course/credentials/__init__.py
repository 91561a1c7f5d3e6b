"""What a trainee may show to others, if they want to: credentials that anybody can check without asking us."""

#: In the course's folder; and what of it holds people.
FOLDER = "credentials"
PEOPLE = ("consents", "issued")
