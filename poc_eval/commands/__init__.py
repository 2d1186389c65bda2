"""What ``poc-eval`` can be told to do, one module a command."""
