"""The command line: one file a command; what is read (`tables`), written (`writing`) and said."""
