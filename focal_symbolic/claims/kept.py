"""Certificates that are kept with the package, so that nobody has to search for them again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.checker import check
from focal_symbolic.logic.context import CATEGORY, Context, Question
from focal_symbolic.logic.kernel import Answers
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.stored import Stored
from focal_symbolic.logic.terms import Term
from focal_symbolic.logic.text import Derivation, read_derivations

__all__ = ["Known", "answers", "forget", "kept", "lines_of", "lines_text", "path_of"]


def path_of(file: str) -> str:
    """The file in the package that holds the derivations of a proof file."""
    return f"derivations/{file}.txt"


_forgotten: list[bool] = []


def forget() -> None:
    """Use nothing of what is kept from here on in this process."""
    _forgotten.append(True)


def _text(file: str) -> str:
    try:
        return (
            "" if _forgotten else resources.files("focal_symbolic.claims").joinpath(path_of(file)).read_text(encoding="utf-8")
        )
    except FileNotFoundError:
        return ""


@cache
def kept(file: str) -> Mapping[str, Derivation]:
    """The derivations of a proof file as they were last written, by claim; none where there is no such text, or no good one."""
    try:
        return {d.name: d for d in read_derivations(_text(file))}
    except Exception:  # whatever is wrong with it, certificates are searched for
        return {}


_LINES = "// lines"


def lines_text(lines: Mapping[bytes, int]) -> str:
    """The comment before a derivation that tells which step a line of its page is: by the key of what the line says."""
    return " ".join([_LINES, *(f"{key.hex()}:{step + 1}" for key, step in lines.items())])


def lines_of(file: str) -> Mapping[str, Mapping[bytes, int]]:
    """By claim and by key of a line: the step that the line is in the derivation that is kept; none where that is no good."""
    found: dict[str, Mapping[bytes, int]] = {}
    try:
        lines = _text(file).splitlines()
        for before, text in pairwise(lines):
            if text.startswith("claim ") and before.startswith(_LINES):
                pairs = (word.split(":") for word in before.removeprefix(_LINES).split())
                found[text.split()[1]] = {bytes.fromhex(key): int(step) - 1 for key, step in pairs}
    except Exception:  # whatever is wrong with it, premises are searched for
        return {}
    return found


class Known:
    """Answers from what is kept; what is not, or answers nothing any more, is searched for."""

    def __init__(self, found: Derivation | None, search: Search | None = None):
        self.stored = Stored(found.answers, found.table) if found else None
        self.searched = search or Search()

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
