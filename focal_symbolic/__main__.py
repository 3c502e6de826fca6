"""`python -m focal_symbolic`: the same as the command `focal-symbolic`."""

from focal_symbolic.commands.cli import main

if __name__ == "__main__":
    main()
