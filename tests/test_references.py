"""docs/references.bib and docs/related.md: one entry a work that is cited anywhere, and each entry cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from focal_symbolic.logic.kernel import Citation
from focal_symbolic.logic.rules import common

ROOT = Path(__file__).parent.parent
RELATED = (ROOT / "docs" / "related.md").read_text(encoding="utf-8")
CLAIMS = (ROOT / "focal_symbolic" / "claims" / "claims.txt").read_text(encoding="utf-8").split()
SPEAKS = [
    path
    for folder in ("*", "docs/*", "notebooks/*", "proofs/*", "focal_symbolic/**/*")
    for path in sorted(ROOT.glob(folder))
    if path.suffix in {".cff", ".md", ".py"}
]
OPENS = re.compile(r"@(\w+)\{([^\s,{}]+),")
FIELD = re.compile(r"(\w+)\s*=\s*\{")


def closing(text: str, start: int) -> int:
    """The place after the brace that closes the one at start."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at + 1
    raise ValueError(f"the brace is not closed: {text[start : start + 40]!r}")


def parse(text: str) -> dict[str, dict[str, str]]:
    """The fields of each entry, by key. Every value is in braces; a line outside of entries is a comment and begins with %."""
    text = re.sub(r"^%.*$", "", text, flags=re.MULTILINE)
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while rest := text[at:].strip():
        at = text.index(rest, at)
        if not (opens := OPENS.match(text, at)):
            raise ValueError(f"no entry: {rest[:40]!r}")
        _, key = opens.groups()
        if key in entries:
            raise ValueError(f"twice: {key}")
        end = closing(text, opens.end(1))
        entries[key] = fields(text[opens.end() : end - 1])
        at = end
    return entries


def fields(body: str) -> dict[str, str]:
    """name = {value}, with commas between; values without their braces and line breaks."""
    found: dict[str, str] = {}
    at = 0
    while rest := body[at:].lstrip(" \n,"):
        at = body.index(rest, at)
        if not (field := FIELD.match(body, at)):
            raise ValueError(f"no field: {rest[:40]!r}")
        end = closing(body, field.end() - 1)
        if field[1] in found:
            raise ValueError(f"twice: {field[1]}")
        found[field[1]] = " ".join(re.sub(r"[{}]", "", body[field.end() : end - 1]).split())
        at = end
    return found


ENTRIES = parse((ROOT / "docs" / "references.bib").read_text(encoding="utf-8"))
CITED = {key for keys in re.findall(r"\[([a-z]+\d{4}(?:; [a-z]+\d{4})*)\]", RELATED) for key in keys.split("; ")}


@pytest.mark.parametrize("text", ["@book{a2000, title = {A}", "@book{a2000, title = A}", "text", "@book{a2000,}@book{a2000,}"])
def test_the_parser_refuses_what_it_cannot_read(text):
    with pytest.raises(ValueError, match=r"closed|no field|no entry|twice"):
        parse(text)


def test_the_parser_reads():
    text = "% a comment\n@book{a2000,\n  title = {A {B}\n c},\n  year = {2000},\n}\n"
    assert parse(text) == {"a2000": {"title": "A B c", "year": "2000"}}


@pytest.mark.parametrize("key", ENTRIES)
def test_each_entry_is_whole_and_cited(key):
    entry = ENTRIES[key]
    assert all(entry.get(name) for name in ("author", "title", "year"))
    assert re.fullmatch(r"[a-z]+" + entry["year"], key)
    assert key in CITED


def test_each_key_has_an_entry():
    assert CITED
    assert set(ENTRIES) >= CITED


def test_each_claim_named_exists():
    named = re.findall(r"`(\w+/[\w-]+)`", RELATED)
    assert named
    assert set(named) <= set(CLAIMS)


def test_what_the_kernel_cites_has_an_entry():
    names = [entry.get("shorthand", entry["title"]) for entry in ENTRIES.values()]
    citations = [one for one in vars(common).values() if isinstance(one, Citation)]
    assert citations
    for citation in citations:
        for work in citation.reference.split("; "):
            assert any(name in work for name in names), work


def test_each_preprint_has_an_entry():
    known = {entry["eprint"] for entry in ENTRIES.values() if "eprint" in entry}
    texts = "\n".join(path.read_text(encoding="utf-8") for path in SPEAKS)
    mentioned = set(re.findall(r"arXiv:\s?(\d{4}\.\d{5})", texts))
    assert mentioned
    assert mentioned <= known
