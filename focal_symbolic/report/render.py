"""The theorem book of a run: its pages as text, made from templates that escape whatever they are given."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from importlib import metadata
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from focal_symbolic.claims import library, trust
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.verify import Report
from focal_symbolic.errors import FocalError, InputError
from focal_symbolic.logic.coq.judgement import ALLOWED
from focal_symbolic.logic.kernel import rules

if TYPE_CHECKING:
    from jinja2 import Environment

    from focal_symbolic.plots.style import Picture
    from focal_symbolic.report.pages import Contents

__all__ = ["available", "book", "results_of"]


def available() -> None:
    """Refuse if Jinja2 or matplotlib is missing.

    Raises: InputError.
    """
    for module, name in (("jinja2", "Jinja2"), ("matplotlib", "matplotlib")):
        if find_spec(module) is None:
            raise InputError(f"the theorem book needs {name}, which is missing; run pip install 'focal-symbolic[report]'.")


def results_of(report: Report) -> dict[str, Result]:
    """The results of the library that a run tells of.

    Raises: FocalError if one is not there, or says something else now.
    """
    found = {}
    for outcome in report.outcomes:
        result = library.results().get(outcome.name)
        if result is None:
            raise FocalError(f"there is no claim «{outcome.name}», of which the run tells; verify again.")
        claim = result.claim
        now = (claim.statement, claim.latex, claim.source, claim.reference, claim.kind, result.twin.statement)
        then = (outcome.statement, outcome.latex, outcome.source, outcome.reference, outcome.kind, outcome.twin.statement)
        if now != then:
            raise FocalError(f"{outcome.name} says something else than in the run; verify again.")
        found[outcome.name] = result
    return found


def book(report: Report, results: Mapping[str, Result]) -> dict[str, str]:
    """The files of the book, by path: the same text for the same run. `results`: the claims that the run tells of.

    Raises: InputError if Jinja2 or matplotlib is missing, FocalError if two claims would have one page.
    """
    available()
    from focal_symbolic.plots import draw_result  # noqa: PLC0415  (it needs the extra, as what follows)
    from focal_symbolic.report.pages import Contents  # noqa: PLC0415

    contents = Contents(report, results)
    paths = [*(page.path for page in contents.claims.values()), *(page.path for page in contents.files.values())]
    if len({*paths}) < len(paths):
        raise FocalError("two claims would have one page in the book; rename one.")
    templates = _environment()
    shared = {"report": report, "book": contents, "version": metadata.version("focal-symbolic")}

    def page(template: str, path: str, **given: Any) -> str:
        return templates.get_template(template).render(root="../" * path.count("/"), **shared, **given)

    css = templates.loader.get_source(templates, "book.css")[0] if templates.loader else ""
    files = {"book.css": css, "index.html": page("index.html", "index.html", **_front(contents))}
    files["trusted.html"] = page("trusted.html", "trusted.html", **_trusted(contents))
    for file in contents.files.values():
        picture = draw_result(file.file)
        if picture is not None:
            files[file.picture] = _svg(picture)
        about = "" if picture is None else picture.about
        files[file.path] = page("result.html", file.path, page=file, about=about, **_map(contents, file, "../"))
    order = [*contents.claims.values()]
    for place, one in enumerate(order):
        before, after = (order[k] if 0 <= k < len(order) else None for k in (place - 1, place + 1))
        given = {"page": one, "file": contents.files[one.file], "before": before, "after": after}
        files[one.path] = page("claim.html", one.path, broken=contents.broken.get(one.name, ""), **given)
    return files


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (of the extra)

    from focal_symbolic.report import words  # noqa: PLC0415
    from focal_symbolic.report.mathml import listed  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("focal_symbolic.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"words": words.words, "said": words.said, "case": words.case, "anchor": words.anchor}
    made.filters |= {"breakable": words.breakable, "judged": words.judged, "listed": listed}
    made.filters |= {"wide": _is_wide, "spills": _spills, "text": _text}
    return made


def _svg(picture: Picture) -> str:
    """A picture as a file of the book, without what leads out of it."""
    stream = BytesIO()
    picture.save(stream)
    return re.sub(r"\s*<metadata>.*?</metadata>", "", stream.getvalue().decode(), flags=re.DOTALL)


def _text(shown: Any) -> str:
    """What a piece of markup reads as."""
    return re.sub(r"<[^>]*>", "", str(shown))


def _is_wide(shown: Any) -> bool:
    """Whether a formula may be wider than a narrow page, so that it has to be scrolled by the keyboard as well."""
    return max(len(_text(part)) for part in str(shown).split("</math>")) > WIDE


def _spills(shown: Any) -> bool:
    """Whether a text has a formula that may be wider than a narrow page; words are broken into lines, formulas are not."""
    return any(len(_text(formula)) > WIDE for formula in re.findall(r"<math.*?</math>", str(shown), re.DOTALL))


WIDE = 24
"""So many signs fit a narrow page."""


# -- what the templates are given ----------------------------------------------------------------------------------------------


def _front(contents: Contents) -> dict[str, Any]:
    from focal_symbolic.report.states import LEGEND  # noqa: PLC0415

    counts = Counter(contents.states[name] for name in contents.claims)
    report = contents.report
    return {
        "file_links": {file: page.path for file, page in contents.files.items()},
        "file_states": {file: page.state for file, page in contents.files.items()},
        "file_names": {file: _broken_name(page.title) for file, page in contents.files.items()},
        "file_titles": {file: page.title for file, page in contents.files.items()},
        "legend_states": LEGEND,
        "counts": [(state, counts[state]) for state in LEGEND if counts[state]],
        "reasons": report.reasons,
        "coq_reason": next((one.coq.reason for one in report.outcomes if one.coq and one.coq.reason), ""),
    }


def _map(contents: Contents, file: Any, root: str) -> dict[str, Any]:
    from focal_symbolic.report.states import LEGEND  # noqa: PLC0415

    boxes = [box.name for box in file.map.boxes]
    own = {page.name for page in file.claims}
    return {
        "links": {name: root + contents.claims[name].path if name in contents.claims else "" for name in boxes},
        "states": {name: contents.state(name) for name in boxes},
        "names": {name: _broken_name((name.split("/", 1)[1] if name in own else name).replace("_", " ")) for name in boxes},
        "titles": {name: name.split("/", 1)[1] if name in own else name for name in boxes},
        "own": own,
        "legend_states": LEGEND,
    }


def _broken_name(name: str, most: int = 17) -> list[str]:
    """A name on two lines at most, cut where it is too long for them."""
    texts = [""]
    for word in re.findall(r"[^ /]+/?", name):
        joined = texts[-1] + ("" if not texts[-1] or texts[-1].endswith("/") else " ") + word
        if len(joined) <= most or not texts[-1]:
            texts[-1] = joined
        else:
            texts.append(word)
    shown = texts[:2] if len(texts) < 3 else [texts[0], " ".join(texts[1:])]
    return [text if len(text) <= most else text[: most - 1] + "…" for text in shown]


class _Source(NamedTuple):
    """A file that a believer reads."""

    path: str
    lines: int
    code: int
    words: str


def _sources(files: Mapping[str, str]) -> list[_Source]:
    return [
        _Source(path, len(text.splitlines()), trust.code_lines(text), (ast.get_docstring(ast.parse(text)) or "").split("\n")[0])
        for path, text in files.items()
    ]


class _Rule(NamedTuple):
    """A rule with its sentence."""

    name: str
    evidence: str
    words: str
    cites: tuple[Any, ...]


def _trusted(contents: Contents) -> dict[str, Any]:
    everywhere = dict.fromkeys(sorted({cited for rule in rules.values() for cited in rule.cites}), ())
    known = [_Rule(rule.name, rule.evidence, trust.first_sentence(rule.doc), rule.cites) for rule in rules.values()]
    return {
        "judge": _sources(trust.judge()),
        "statements": _sources(trust.statements()),
        "rules": sorted(known),
        "cited": dict(sorted({**everywhere, **contents.cited}.items())),
        "libraries": trust.LIBRARIES,
        "untrusted": trust.UNTRUSTED,
        "by_coq": [_Source(path, lines, 0, "") for path, lines in trust.coq_files().items()],
        "axioms": sorted(ALLOWED),
        "definitions": contents.project.definitions(),
    }
