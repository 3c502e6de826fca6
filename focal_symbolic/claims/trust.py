"""What has to be believed: for each judge the files that a believer reads, with their lines; theorems, libraries, axioms."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from focal_symbolic.claims import library
from focal_symbolic.claims.verify import versions
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.coq.judgement import ALLOWED
from focal_symbolic.logic.kernel import Citation, rules

__all__ = ["LIBRARIES", "UNTRUSTED", "code_lines", "coq_files", "first_sentence", "judge", "statements", "trusted"]

PACKAGE = Path(__file__).parents[1]
UNTRUSTED = {"logic/display.py": "shows terms in messages", "claims/variables/chance.py": "draws random numbers"}
"""Files among them that nothing rests on."""
STATEMENTS = (
    "definitions.py",
    "language.py",
    "claims/claim.py",
    "claims/variables/*.py",
    "claims/derivation.py",
    "claims/judging.py",
)
"""What a claim says, its variables with it, and how it comes before the judge."""
LIBRARIES = {
    "python": "runs it",
    "python-flint": "polynomials with rational coefficients, and balls",
    "sympy": "holds and shows statements; nothing that it works out is believed",
}
BY_COQ = ("logic/coq/statement.py", "logic/coq/library/Meaning.v")


def judge() -> dict[str, str]:
    """The sources of the judge in Python, by path in the package: the logic with its rules, without what nothing rests on."""
    logic = PACKAGE / "logic"
    files = [*sorted(logic.glob("*.py")), *sorted((logic / "rules").glob("*.py"))]
    return _sources(files)


def statements() -> dict[str, str]:
    """The sources by which a claim says what it says."""
    return _sources(file for pattern in STATEMENTS for file in sorted(PACKAGE.glob(pattern)))


def _sources(files: Iterable[Path]) -> dict[str, str]:
    """The text of each file by its path, but for those that are empty or that nothing rests on."""
    texts = ((file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8")) for file in files)
    return {path: text for path, text in texts if text and path not in UNTRUSTED}


def code_lines(source: str) -> int:
    """The lines of a Python source without those that are blank, comments or docstrings."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type not in silent]
    spoken = {line for t in tokens for line in range(t.start[0], t.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            spoken -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(spoken)


def first_sentence(text: str) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join(text.split())
    end = re.search(r"[.:](?= [A-Z`]|$)", words)
    return words[: end.end()] if end else words


def trusted(names: tuple[str, ...]) -> Iterator[str]:
    """What the derivations of the named claims rest on, for each judge."""
    used: dict[Citation, list[str]] = {}
    for name in names:
        try:
            for cited in library.theorem(name).cited:
                used.setdefault(cited, []).append(name)
        except Rejected as error:
            yield f"not proved: {error}"
    yield "Trusted for the derivations: the judge, what the statements say, the theorems cited, the libraries."
    yield from _listed("judge", judge())
    yield from _listed("statements", statements())
    yield "  rules"
    for known in rules.values():
        kind = "" if known.evidence == "exact" else f" [{known.evidence}]"
        yield f"    {known.name:<16} {first_sentence(known.doc)}{kind}"
    yield "  theorems cited"
    for cited in sorted(used):
        yield f"    {cited.name}: {cited.statement} [{cited.reference}]"
        yield f"      used by {len(used[cited])} of {len(names)} claims: {', '.join(used[cited])}"
    yield "  libraries"
    for name, use in LIBRARIES.items():
        yield f"    {name} {versions()[name]}: {use}"
    yield "  not trusted"
    yield "    logic/search and the certificates that are kept: what is found is checked anew, in the judge's own process"
    yield from (f"    {name}: {use}" for name, use in UNTRUSTED.items())
    yield from by_coq()
    yield f"  versions   {', '.join(f'{name} {number}' for name, number in versions().items())}"


def _listed(title: str, sources: Mapping[str, str]) -> Iterator[str]:
    """A heading with the number of lines, then each file with its own and with what it says of itself."""
    lines = {path: len(text.splitlines()) for path, text in sources.items()}
    code = sum(map(code_lines, sources.values()))
    yield f"  {title:<10} {len(sources)} files, {sum(lines.values())} lines, {code} of them code"
    for path, text in sources.items():
        yield f"    {path:<28} {lines[path]:>4}  {(ast.get_docstring(ast.parse(text)) or path).splitlines()[0]}"


def coq_files() -> dict[str, int]:
    """The files to be believed where Coq judges, with their lines."""
    return {path: len((PACKAGE / path).read_text(encoding="utf-8").splitlines()) for path in BY_COQ}


def by_coq() -> Iterator[str]:
    """What has to be believed where Coq is the judge (`verify --coq`): nothing is cited there, and no search is believed."""
    yield "Trusted where Coq judges: Coq, how statements are printed and defined, the axioms of its real numbers."
    yield from (f"    {path:<28} {lines:>4}" for path, lines in coq_files().items())
    yield f"    axioms: {', '.join(sorted(ALLOWED))};"
    yield "      and where the tactic `interval` is used, Coq's machine integers with their laws"
