"""Claims as on the forms that people fill in: who asks, what for, what was reduced, what it rests on."""
