"""Certificates that are kept with the package, so that nobody has to search for them again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.checker import check
from focal_symbolic.logic.context import CATEGORY, Context, Question
from focal_symbolic.logic.kernel import Answers
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.stored import Stored
from focal_symbolic.logic.terms import Term
from focal_symbolic.logic.text import Derivation, read_derivations

__all__ = ["answers", "kept", "path_of"]


def path_of(file: str) -> str:
    """The file in the package that holds the derivations of a proof file."""
    return f"derivations/{file}.txt"


@cache
def kept(file: str) -> Mapping[str, Derivation]:
    """The derivations of a proof file as they were last written, by claim; none where there is no such text, or no good one."""
    try:
        text = resources.files("focal_symbolic").joinpath(path_of(file)).read_text(encoding="utf-8")
        return {d.name: d for d in read_derivations(text)}
    except Exception:  # whatever is wrong with it, certificates are searched for
        return {}


class Known:
    """Answers from what is kept; what is not, or answers nothing any more, is searched for."""

    def __init__(self, found: Derivation | None):
        self.stored = Stored(found.answers, found.table) if found else None
        self.searched = Search()

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """The certificate that is kept, or one that is found."""
        found = self.stored.answer(context, question) if self.stored else None
        return found if found and _answers(context, question, *found) else self.searched.answer(context, question)


def _answers(context: Context, question: Question, text: str, table: Mapping[str, Term]) -> bool:
    """Whether a certificate that is kept answers the question; the kernel looks again."""
    try:
        return check(context, question, read_certificate(text, table, CATEGORY[question[0]]))
    except Exception:  # it is no certificate
        return False


def answers(name: str) -> Answers:
    """The certificates for the derivation of a claim, or for one like it."""
    return Known(kept(name.split("/", maxsplit=1)[0]).get(name))
