"""Certificates kept as text, by the question that they answer in a context."""

from __future__ import annotations

from collections.abc import Mapping

from focal_symbolic.logic.certificates import named
from focal_symbolic.logic.context import Context, Question
from focal_symbolic.logic.terms import Term

__all__ = ["Stored", "key_of"]


def key_of(context: Context, question: Question) -> str:
    """The name of a question in a context, under which its certificate is kept."""
    kind, *about = question
    return " ".join([context.serial.hex()[:8], kind, *(named(t) if type(t) is Term else str(t) for t in about)])


class Stored:
    """Certificates kept as text, by question."""

    def __init__(self, found: Mapping[str, str], table: Mapping[str, Term]):
        self.found, self.table = found, table

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """The certificate that is kept for the question."""
        text = self.found.get(key_of(context, question))
        return None if text is None else (text, self.table)
