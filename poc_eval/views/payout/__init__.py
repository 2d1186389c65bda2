"""What claims are paid (补助资金测算表), drawn as tables and charts from the claims reckoned up."""
