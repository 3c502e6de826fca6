"""The rules as a whole: each is tested, says what it checks, and takes arguments of known kinds."""

from pathlib import Path

import pytest

from focal_symbolic.logic.kernel import rules
from focal_symbolic.logic.terms import LETTER, NUMBER, STATEMENT

KINDS = {NUMBER, LETTER, STATEMENT, "name", "mapping"}


def test_every_rule_is_tested_in_the_file_of_its_module():
    for name, known in rules.items():
        module = known.check.__module__.rsplit(".", maxsplit=1)[1]
        text = (Path(__file__).parent / f"test_rules_{module}.py").read_text(encoding="utf-8")
        assert f'theorem("{name}"' in text, name
        assert any(f'refused("{match}", "{name}"' in text for match in matches(text)), name


def matches(text):
    """What refusals in a file are matched by."""
    return {piece.split('", "', maxsplit=1)[0] for piece in text.replace('refused(r"', 'refused("').split('refused("')[1:]}


@pytest.mark.parametrize("name", rules)
def test_every_rule_says_what_it_checks(name):
    known = rules[name]
    assert known.doc.endswith(".")
    assert {kind.lstrip("?*") for kind in known.schema.values()} <= KINDS
    assert known.evidence == ("cited" if known.cites else "enclosed" if name == "constant" else "exact")
