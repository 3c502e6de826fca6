"""Tables of counts: what is a line and what a class, and what is refused with what was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from focal_symbolic.commands.cli import main
from focal_symbolic.commands.tables import read_counts
from focal_symbolic.errors import InputError


def file_of(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "counts.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"], ids=ascii)
def test_a_line_ends_where_csv_ends_it(tmp_path, inside):
    path = file_of(tmp_path, f"class,count\nca{inside}t,700\ndog,300\n".encode())
    assert read_counts(path) == ((f"ca{inside}t", "dog"), (700, 300))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_ends_of_lines(tmp_path, end):
    path = file_of(tmp_path, end.join(["class,count", "cat,700", '"a, b",300']).encode())
    assert read_counts(path) == (("cat", "a, b"), (700, 300))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"class,count\ncat,10\ndog,5\nTotal,15\n", "line 4 has the class «Total» with the sum of all other counts"),
        (b"class,count\nALL ,15\ncat,10\ndog,5\n", "line 2 has the class «ALL» with the sum"),
        (b"class,count\n,10\ndog,5\n", "line 2 has a count and no class"),
        (b"class,count\ncat,10\n  ,5\n", "line 3 has a count and no class"),
        (b"\x93NUMPY\x01\0v\0{}", "is an array of NumPy"),
        (b"PAR1\x15\0", "is a Parquet file"),
        (b"PK\x03\x04", "is a spreadsheet or another zip file"),
        ("class,count\ncat,1\n".encode("utf-16"), "is text in UTF-16"),
        (b"class,count\na\x1b[31m,1\na\x1b[31m,2\n", r"repeats the class «a\x1b[31m»"),
    ],
)
def test_what_is_refused(tmp_path, data, sentence):
    with pytest.raises(InputError) as refusal:
        read_counts(file_of(tmp_path, data))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [("total,1\ncat,2\n", (1, 2)), ("total,3\ncat,3\n", (3, 3)), ("cat,3\ndog,4\nsum,6\n", (3, 4, 6))],
)
def test_a_class_may_be_named_like_a_total(tmp_path, rows, counts):
    assert read_counts(file_of(tmp_path, b"class,count\n" + rows.encode()))[1] == counts


@pytest.mark.parametrize(
    "words", [("diagnose", "{}"), ("minimize", "--counts", "{}"), ("jacobian", "--counts", "{}")], ids=" ".join
)
def test_names_are_shown_safely_and_columns_stay_straight(tmp_path, words):
    path = file_of(tmp_path, "class,count\nca\x1b[31m,700\n大熊猫,200\ndog,100\n".encode())
    told = CliRunner().invoke(main, [*(word.format(path) for word in words), "--gamma", "2"])
    assert told.exit_code == 0
    assert "\x1b" not in told.stdout
    assert r"ca\x1b[31m" in told.stdout
    if words[0] == "diagnose":
        lines = told.stdout.splitlines()
        panda, dog = (next(line for line in lines if line.startswith(name)) for name in ("大熊猫", "dog"))
        assert panda.index("200") + 3 == dog.index("100")
