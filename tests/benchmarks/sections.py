"""BENCHMARKS.md has a section for each benchmark that keeps figures; each writes its own and leaves the others."""

from __future__ import annotations

from pathlib import Path

TITLE = """\
# Benchmarks

Each section is written by the command that it names, which leaves the others as they are."""
HEADINGS = ("## The minimizer", "## What `verify` costs")
"""The sections, in their order."""


def put(path: Path, heading: str, body: str) -> None:
    """Write a section of the file anew, and make the file if there is none. What stands under no known heading is dropped."""
    found = _sections(path.read_text(encoding="utf-8")) if path.exists() else {}
    found[heading] = body.strip()
    whole = [TITLE, *(f"{one}\n\n{found[one]}" for one in HEADINGS if one in found)]
    path.write_text("\n\n".join(whole) + "\n", encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """What stands under each heading."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line in HEADINGS:
            lines = found.setdefault(line, [])
        else:
            lines.append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}
