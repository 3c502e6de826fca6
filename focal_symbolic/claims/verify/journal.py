"""A run that is kept as it goes, a line a claim, so that one that is interrupted goes on where it was.

What is taken over must have been found by the same sources with the same libraries and options, and of the same statement; the
report says how many claims were. The file is believed as a report is: whoever can write it can write a report.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.verify.outcomes import ClaimOutcome
from focal_symbolic.claims.verify.recorded import outcome_of
from focal_symbolic.claims.verify.run import said, versions
from focal_symbolic.errors import FocalError, InputError

__all__ = ["Journal"]

SUFFIXES = {".py", ".v", ".txt"}
"""Of the files on which a verdict depends."""


class Journal:
    """The file of a run: what it has verified so far, and where more is written."""

    def __init__(self, path: Path, results: Sequence[Result], **options: Any) -> None:
        """Open a file, or begin it: `options` are those that must be the same, such as the seed.

        Raises: InputError if it is of a run with other options, or no such file; FocalError if it cannot be used.
        """
        self.path, self.known, self.stale = path, dict[str, ClaimOutcome](), False
        self.said = {result.name: said(result).hex() for result in results}
        header = {"run": "focal-symbolic verify", **options, "sources": _sources(), "versions": versions()}
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            lines = text.split("\n") if text else []
            if lines:
                self._take(lines, header, options)
            if not lines or self.stale:
                path.write_text(f"{json.dumps(header)}\n", encoding="utf-8")
            elif not text.endswith("\n"):
                path.write_text(f"{text}\n", encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise FocalError(f"--resume {path} cannot be used ({reason}); give another file.") from None

    def _take(self, lines: list[str], header: dict[str, Any], options: dict[str, Any]) -> None:
        """What a file has that may be taken over; a last line that was cut off is left."""
        told = _read(lines[0])
        if not isinstance(told, dict) or told.get("run") != header["run"]:
            raise InputError(
                f"--resume {self.path} is a file of another kind; give one that --resume has written, or a new name."
            )
        for name, value in options.items():
            if told.get(name) != value:
                raise InputError(
                    f"--resume {self.path} is of a run with {name} {told.get(name)}, not {value}; say that, or give a new one."
                )
        self.stale = told != header
        for line in lines[1:] if not self.stale else ():
            one = _read(line)
            try:
                outcome = outcome_of(one["outcome"])
                same = one["said"] == self.said.get(outcome.name)
            except (KeyError, TypeError, AttributeError, ValueError):  # cut off, or spoiled: verified again
                continue
            if same and outcome.sound:
                self.known[outcome.name] = outcome

    def keep(self, outcome: ClaimOutcome) -> None:
        """Write down a claim that holds; what does not is tried again the next time."""
        if outcome.sound and outcome.name not in self.known:
            line = {"said": self.said[outcome.name], "outcome": outcome.to_json()}
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(f"{json.dumps(line)}\n")


def _read(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _sources() -> str:
    """Names all files on which a verdict depends: this package, its proofs and what is kept of them."""
    found = blake2b(digest_size=16)
    package = Path(__file__).parents[2]
    for home in (package, *map(Path, import_module("focal_symbolic.proofs").__path__)):
        for path in sorted(path for path in home.rglob("*") if path.suffix in SUFFIXES):
            found.update(blake2b(path.read_bytes()).digest())
    return found.hexdigest()
