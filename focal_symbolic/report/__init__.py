"""The theorem book: the objects of a run of `verify` as pages to browse, offline and without scripts."""

from focal_symbolic.report.render import available, book, results_of

__all__ = ["available", "book", "results_of"]
