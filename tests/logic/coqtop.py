"""One Coq for many texts: which of their theorems it accepts, whatever becomes of the others; to start one takes long."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from focal_symbolic.logic.coq import compiler
from focal_symbolic.logic.coq.compiler import Coq, Limits


def alone(text: str) -> str:
    """A lemma after which the next one can begin, if it is refused."""
    return f"{text}\nAbort All.\n"


def accepted(text: str, place: Path) -> list[str]:
    """The lemmas of a text that Coq accepts in a directory in which what they require is compiled."""
    names = re.findall(r"^Lemma (\w+)", text, re.MULTILINE)
    return answered(text, names, place)


def accepted_modules(head: str, modules: Mapping[str, str], theorem: str, place: Path) -> list[str]:
    """The modules in which Coq accepts the theorem of this name, each of them a text of its own."""
    text = "".join(f"Module {name}.\n{alone(inside)}End {name}.\n" for name, inside in modules.items())
    return [name.partition(".")[0] for name in answered(head + text, [f"{name}.{theorem}" for name in modules], place)]


def answered(text: str, names: list[str], place: Path) -> list[str]:
    """Those of the names that are there after the text."""
    source = text + "".join(f"Check {name}.\n" for name in names)
    command = ["coqtop", "-q", "-w", "none", "-R", ".", "Focal"]
    done = subprocess.run(command, input=source, cwd=place, capture_output=True, text=True, check=False, timeout=600)
    told = {*re.findall(r"^([\w.]+)$", done.stdout, re.MULTILINE)}
    return [name for name in names if name in told]


def compile_in(place: Path, files: dict[str, str], coq: Coq, cache: Path) -> None:
    """Compile files, and leave them and what comes out in a directory."""
    run = compiler._Run(files, coq, place, compiler._Cache(cache), lambda _: Limits(), lambda *_: None)
    try:
        run.all(2)
    finally:
        run.end()
    assert {path: one.error for path, one in run.built.items() if one.status != "compiled"} == {}
