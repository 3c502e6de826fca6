"""The command line: what is typed, what is read, what is printed and drawn."""
