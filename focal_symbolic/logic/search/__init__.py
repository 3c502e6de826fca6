"""The search for certificates. Nothing here is trusted: what it finds is text that the checker reads and checks."""

from focal_symbolic.logic.search.answers import Search

__all__ = ["Search"]
