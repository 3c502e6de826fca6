"""Tables that people have: each shape is read, or refused with what was found and a mend that works."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import pickle
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from focal_symbolic.commands.cli import main
from focal_symbolic.commands.reading import Ways
from focal_symbolic.commands.tables import multiples, read_counts, read_weights
from focal_symbolic.errors import InputError

CATS = (("cat", "dog"), (1200, 300))
THREE = (("cat", "dog", "axolotl"), (1200, 300, 7))
SHARES = (("cat", "dog"), (Fraction(4, 5), Fraction(1, 5)))
LABELS = (("cat", "dog"), (3, 2))


def file_of(tmp_path: Path, data: str | bytes, name: str = "counts.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refusal(path: Path, ways: Ways = Ways()) -> str:
    with pytest.raises(InputError) as refused:
        read_counts(path, ways)
    return str(refused.value)


# -- what is read ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"], ids=ascii)
def test_a_line_ends_where_csv_ends_it(tmp_path, inside):
    path = file_of(tmp_path, f"class,count\nca{inside}t,700\ndog,300\n")
    assert read_counts(path) == ((f"ca{inside}t", "dog"), (700, 300))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_ends_of_lines(tmp_path, end):
    path = file_of(tmp_path, end.join(["class,count", "cat,700", '"a, b",300']))
    assert read_counts(path) == (("cat", "a, b"), (700, 300))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what pandas writes
        ("label,count\ncat,1200\ndog,300\naxolotl,7\n", THREE),
        (",label,count\n0,cat,1200\n1,dog,300\n2,axolotl,7\n", THREE),
        (",count\ncat,1200\ndog,300\naxolotl,7\n", THREE),
        (",0\ncat,1200\ndog,300\n", CATS),
        # names of columns
        ("class,n\ncat,1200\ndog,300\n", CATS),
        ("Class,Count\ncat,1200\ndog,300\n", CATS),
        ("name,num_instances\ncat,1200\ndog,300\n", CATS),
        ("Category,Frequency\ncat,1200\ndog,300\n", CATS),
        ("species,total_images\ncat,1200\ndog,300\n", CATS),
        ("Kategorie;Anzahl\ncat;1200\ndog;300\n", CATS),
        ("id,class,supercategory,count,images\n1,cat,animal,1200,800\n2,dog,animal,300,200\n", CATS),
        ("class_id,class_name,count\n0,cat,1200\n1,dog,300\n", CATS),
        ("class,count,percent\ncat,1200,80%\ndog,300,20%\n", CATS),
        ("class,count,\ncat,1200,\ndog,300,\n", CATS),
        ("class,count\n0,1200\n1,300\n", (("0", "1"), (1200, 300))),
        # no names
        ("cat,1200\ndog,300\naxolotl,7\n", THREE),
        ("1200,cat\n300,dog\n", CATS),
        ("0,1200\n1,300\n", (("0", "1"), (1200, 300))),
        ("count\n1200\n300\n", (("0", "1"), (1200, 300))),
        ("1200\n300\n", (("0", "1"), (1200, 300))),
        ("cat,dog,axolotl\n1200,300,7\n", THREE),
        # what separates
        ("class;count\ncat;1200\ndog;300\n", CATS),
        ("class\tcount\ncat\t1200\ndog\t300\n", CATS),
        ("class|count\ncat|1200\ndog|300\n", CATS),
        ("sep=;\r\nclass;count\r\ncat;1200\r\ndog;300\r\n", CATS),
        ("| class | count |\n|:---|---:|\n| cat | 1200 |\n| dog | 300 |\n", CATS),
        ("cat 1200\ndog 300\n", CATS),
        ("class count\ncat 1200\ndog 300\n", CATS),
        ("   1200 cat\n    300 polar bear\n", (("cat", "polar bear"), (1200, 300))),
        ("label\ncat           1200\npolar bear     300\nName: count, dtype: int64\n", (("cat", "polar bear"), (1200, 300))),
        ("class,count\n\n\ncat,1200\ndog,300", CATS),
        ("\ufeffclass,count\r\ncat,1200\r\ndog,300\r\n", CATS),
        # names
        ('class,count\n"dog, hot",1200\n"cat ""big""",300\n', (("dog, hot", 'cat "big"'), (1200, 300))),
        ("class,count\nкот,1200\n犬,300\n🦎,7\nÅsa,5\n", (("кот", "犬", "🦎", "Åsa"), (1200, 300, 7, 5))),
        ('class,count\n"cat\nbig",1200\ndog,300\n', (("cat\nbig", "dog"), (1200, 300))),
        ("class,count\ncat,1200\ndog,300\nunicorn,0\n", (("cat", "dog", "unicorn"), (1200, 300, 0))),
        ("class,count\ncat,1200\n", (("cat",), (1200,))),
        # numbers
        ('class,count\ncat,"1,200"\ndog,300\n', CATS),
        ("class;count\ncat;1 200\ndog;300\n", CATS),
        ("class;count\ncat;1\u202f200\ndog;300\n", CATS),
        ("class,count\ncat,1'200\ndog,300\n", CATS),
        ("class,count\ncat,1200\u00a0\ndog,300\n", CATS),
        ("class,count\ncat,1200.0\ndog,300.0\n", CATS),
        ("class;count\ncat;1200,0\ndog;300,0\n", CATS),
        ("class;count\ncat;1.234.567\ndog;300\n", (("cat", "dog"), (1234567, 300))),
        ("class,count\ncat,1.2e3\ndog,3e2\n", CATS),
        ("class,count\na,123456789012345678901234567890\nb,7\n", (("a", "b"), (123456789012345678901234567890, 7))),
        # shares
        ("class,count\ncat,80%\ndog,20%\n", SHARES),
        ("class,count\ncat,0.8\ndog,0.2\n", SHARES),
        ("class;share\ncat;0,8\ndog;0,2\n", SHARES),
        ("class,percent\ncat,79.95\ndog,20.05\n", (("cat", "dog"), (Fraction(1599, 2000), Fraction(401, 2000)))),
        ("class,share\na,0.333\nb,0.333\nc,0.333\n", (("a", "b", "c"), (Fraction(1, 3),) * 3)),
        # labels
        ("label\ncat\ndog\ncat\ncat\ndog\n", LABELS),
        ("cat\ndog\ncat\ncat\ndog\n", LABELS),
        ("target\n0\n1\n1\n", (("0", "1"), (1, 2))),
        ("filename,label\na.jpg,cat\nb.jpg,dog\nc.jpg,cat\nd.jpg,cat\ne.jpg,dog\n", LABELS),
        ("id,label\n1,0\n2,1\n3,0\n", (("0", "1"), (2, 1))),
        ("image,label,xmin,ymin\na,cat,1,2\na,dog,1,2\na,cat,3,4\nb,cat,5,6\nc,dog,7,8\n", LABELS),
        # reports
        (
            "              precision    recall  f1-score   support\n\n         cat       0.98      0.98      0.98      1200\n"
            "     hot dog       0.91      0.90      0.90       300\n\n    accuracy                           0.97      1500\n"
            "   macro avg       0.94      0.94      0.94      1500\nweighted avg       0.97      0.97      0.97      1500\n",
            (("cat", "hot dog"), (1200, 300)),
        ),
        (
            ",precision,recall,f1-score,support\ncat,0.98,0.98,0.98,1200.0\ndog,0.91,0.90,0.90,300.0\n"
            "accuracy,0.97,0.97,0.97,0.97\nmacro avg,0.94,0.94,0.94,1500.0\n",
            CATS,
        ),
        (
            ",cat,dog,accuracy,macro avg\nprecision,.9,.8,.9,.9\nrecall,.9,.8,.9,.9\nf1-score,.9,.8,.9,.9\n"
            "support,1200.0,300.0,.97,1500.0\n",
            CATS,
        ),
        # columns in other languages, and such as number rows
        ("Nr;Klasse;Anzahl;Anteil\n1;cat;1200;80 %\n2;dog;300;20 %\n", CATS),
        ("编号,类别,数量\n1,cat,1200\n2,dog,300\n", CATS),
        ("clase,cantidad,porcentaje\ncat,1200,80.0\ndog,300,20.0\n", CATS),
        ("étiquette;effectif\ncat;1 200\ndog;300\n", CATS),
        # one row of counts with its index
        (",cat,dog\n0,1200,300\n", CATS),
        ("class,cat,dog\ncount,1200,300\n", CATS),
        # a mark in the column of the class
        ("image,cat,dog\na,1,0\nb,0,1\nc,1,0\nd,1,0\ne,0,1\n", LABELS),
        ("image,cat,dog\na,1.0,0.0\nb,0.0,1.0\nc,1.0,0.0\nd,1.0,0.0\ne,0.0,1.0\n", LABELS),
        # as databases and frames are printed
        (" class | count \n-------+-------\n cat   |  1200\n dog   |   300\n(2 rows)\n", CATS),
        ("+-----+---+\n| class | n |\n+-----+---+\n| cat | 1200 |\n| dog   |   300 |\n+-----+---+\n", CATS),
        ("   label  count\n0    cat   1200\n1    dog    300\n", CATS),
        # notes above, and rare signs
        ("# of the training set\n# as of May\nclass,count\ncat,1200\ndog,300\n", CATS),
        ("# class,count\ncat,1200\ndog,300\n", CATS),
        ("#cute,1200\n#dogs,300\n", (("#cute", "#dogs"), (1200, 300))),
        ("cat: 1200\nhot dog: 300\n", (("cat", "hot dog"), (1200, 300))),
        ("class=count\ncat=1200\ndog=300\n", CATS),
        ("class^count\ncat^1200\ndog^300\n", CATS),
        ('count, class\n1200, "cat, big"\n300, dog\n', (("cat, big", "dog"), (1200, 300))),
        # as Python prints
        ("OrderedDict([('cat', 1200), ('dog', 300)])", CATS),
        ("defaultdict(<class 'int'>, {'cat': 1200, 'dog': 300})", CATS),
        ("tensor([1200,  300])", (("0", "1"), (1200, 300))),
        ("array([1200,  300], dtype=int32)", (("0", "1"), (1200, 300))),
        ("[1200  300]", (("0", "1"), (1200, 300))),
        # JSON
        ('{"cat": 1200, "dog": 300}', CATS),
        ("Counter({'cat': 1200, 'dog': 300})", CATS),
        ('[["cat", 1200], ["dog", 300]]', CATS),
        ('["cat", "dog", "cat", "cat", "dog"]', LABELS),
        ("[1200, 300]", (("0", "1"), (1200, 300))),
        ('{"class": ["cat", "dog"], "count": [1200, 300]}', CATS),
        ('{"count": {"cat": 1200, "dog": 300}}', CATS),
        ('{"label": {"0": "cat", "1": "dog"}, "count": {"0": 1200, "1": 300}}', CATS),
        ('{"0": {"label": "cat", "count": 1200}, "1": {"label": "dog", "count": 300}}', CATS),
        ('{"cat": {"precision": 0.9, "support": 1200.0}, "dog": {"precision": 0.8, "support": 300.0}, "accuracy": 0.97}', CATS),
        ('{"columns": ["label", "count"], "index": [0, 1], "data": [["cat", 1200], ["dog", 300]]}', CATS),
        ('{"name": "count", "index": ["cat", "dog"], "data": [1200, 300]}', CATS),
        ('{"label": "cat", "count": 1200}\n{"label": "dog", "count": 300}\n', CATS),
        ('[{"id": 1, "name": "cat", "instance_count": 1200}, {"id": 2, "name": "dog", "instance_count": 300}]', CATS),
        (
            '{"images": [], "annotations": [{"category_id": 2}, {"category_id": 1}, {"category_id": 2}], "categories": '
            '[{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}, {"id": 3, "name": "emu"}]}',
            (("cat", "dog", "emu"), (1, 2, 0)),
        ),
    ],
)
def test_what_is_read(tmp_path, text, found):
    assert read_counts(file_of(tmp_path, text)) == found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_tells_the_encoding(tmp_path, encoding):
    assert read_counts(file_of(tmp_path, "class,count\ncat,1200\ndog,300\n".encode(encoding))) == CATS


def zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_packed(tmp_path):
    text = b"class,count\ncat,1200\ndog,300\n"
    for data in (*(pack.compress(text) for pack in (gzip, bz2, lzma)), zipped(table=text.decode())):
        assert read_counts(file_of(tmp_path, data, "counts.packed")) == CATS
    assert "with 2 files in it" in refusal(file_of(tmp_path, zipped(a="1", b="2"), "two.zip"))
    assert "a spreadsheet of OpenDocument" in refusal(file_of(tmp_path, zipped(mimetype="application/x"), "a.ods"))
    assert "no whole file of gzip" in refusal(file_of(tmp_path, gzip.compress(b"class,count\n")[:-6], "cut.gz"))


@pytest.mark.parametrize(
    ("array", "found"),
    [
        (np.array([1200, 300]), (("0", "1"), (1200, 300))),
        (np.array([0.8, 0.2]), (("0", "1"), (Fraction(4, 5), Fraction(1, 5)))),
        (np.array(["cat", "dog", "cat", "cat", "dog"]), LABELS),
        (np.array([("cat", 1200), ("dog", 300)], dtype=[("label", "U5"), ("count", int)]), CATS),
    ],
)
def test_arrays(tmp_path, array, found):
    np.save(tmp_path / "counts.npy", array)
    np.savez(tmp_path / "counts.npz", counts=array)
    assert read_counts(tmp_path / "counts.npy") == read_counts(tmp_path / "counts.npz") == found


def test_parquet(tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    labels = pandas.Series(["cat", "dog", "cat", "cat", "dog"], name="label")
    counts = labels.value_counts()
    for name, frame in {"labels": labels.to_frame(), "index": counts.to_frame(), "plain": counts.reset_index()}.items():
        frame.to_parquet(tmp_path / f"{name}.parquet")
        assert read_counts(tmp_path / f"{name}.parquet") == LABELS
    for form in ("columns", "index", "records", "split", "values", "table"):
        path = file_of(tmp_path, counts.reset_index().to_json(orient=form), f"{form}.json")
        assert read_counts(path) == LABELS


def workbook(path: Path, **sheets) -> Path:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra «tables» is not installed")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbooks(tmp_path):
    path = tmp_path / "counts.xlsx"
    for rows, found in (
        ([("class", "count"), ("cat", 1200), ("dog", 300)], CATS),
        ([(), (None, "Klasse", "Anzahl"), (None, "cat", 1200.0), (), (None, "dog", "300")], CATS),
        ([("class", "share"), ("cat", 0.8), ("dog", 0.2)], SHARES),
        ([("file", "label"), *((f"{at}.jpg", name) for at, name in enumerate(["cat", "dog", "cat", "cat", "dog"]))], LABELS),
    ):
        assert read_counts(workbook(path, Counts=rows, Empty=[])) == found
    many = workbook(path, train=[("class", "count"), ("cat", 1200), ("dog", 300)], val=[("class", "count"), ("cat", 1)])
    assert "2 sheets with cells, «train», «val»; say which by --sheet" in refusal(many)
    assert read_counts(many, Ways(sheet="train")) == CATS
    assert "--sheet test is no sheet of" in refusal(many, Ways(sheet="test"))
    told = CliRunner().invoke(main, ["diagnose", str(many), "--gamma", "2", "--sheet", "train"])
    assert (told.exit_code, "cat    1200" in told.stdout) == (0, True)
    total = workbook(path, a=[(), ("class", "count"), ("cat", 10), ("dog", 5), ("Total", 15)])
    assert "row 5 has the class «Total» with the sum" in refusal(total)
    assert "no cell" in refusal(workbook(path, a=[]))
    cut = file_of(tmp_path, zipped(**{"[Content_Types].xml": "<a"}), "cut.xlsx")
    assert "no whole workbook of Excel" in refusal(cut)


def test_a_workbook_without_openpyxl(tmp_path, monkeypatch):
    path = workbook(tmp_path / "counts.xlsx", a=[("cat", 1)])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    assert "focal-symbolic[tables]" in refusal(path)


def test_standard_input():
    told = CliRunner().invoke(main, ["diagnose", "-", "--gamma", "2"], input="label,count\ncat,1200\ndog,300\n")
    assert told.exit_code == 0
    assert "cat    1200" in told.stdout
    refused = CliRunner().invoke(main, ["minimize", "--counts", "-", "--gamma", "2"], input="")
    assert (refused.exit_code, "standard input is empty" in refused.stderr) == (2, True)


# -- what is refused, and the mend that works ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("class,count\ncat,10\ndog,5\nTotal,15\n", "line 4 has the class «Total» with the sum of all other counts"),
        ("class,count\nALL ,15\ncat,10\ndog,5\n", "line 2 has the class «ALL» with the sum"),
        ("cat;10\ndog;5\nGrand Total:;15\n", "line 3 has the class «Grand Total:» with the sum"),
        ('class,count\ncat,"1,200"\ndog,300\nSumme,"1,500"\n', "line 4 has the class «Summe» with the sum"),
        ("class,share\ncat,80%\ndog,20%\nTotal,100%\n", "line 4 has the class «Total» with the sum"),
        ('{"cat": 10, "dog": 5, "total images": 15}', "entry 3 has the class «total images» with the sum"),
        ("", "is empty"),
        ("class,count\n", "has a header and no class"),
        ("class,count\n,10\ndog,5\n", "line 2 has a count and no class"),
        ("class,count\ncat,10\n  ,5\n", "line 3 has a count and no class"),
        ("class,count\ncat,1200\ndog,\n", "line 3 has no count for the class «dog»"),
        ("class,count\ncat,1200\ndog,nan\n", "line 3 has the count «nan», which is no number"),
        ("class,count\ncat,1.2k\n", "line 2 has the count «1.2k», which is not an integer"),
        ("class,count\ncat,１２００\ndog,300\n", "digits of another script; write 1200"),
        ("class,count\ncat,1_200\ndog,300\n", "has an underscore; write 1200"),
        (
            "class;count\ncat;1.200\ndog;300\n",
            "which is not an integer (with a mark between thousands it would be 1200), and the column sums to 301.2",
        ),
        ("class,count\ncat,1.000\ndog,300.000\n", "which may be 1000 or 1; write it without its mark"),
        ("class,share\ncat,0.5\ndog,0.2\n", "the column sums to 0.7"),
        ("class,share\ncat,50%\ndog,20%\n", "the column sums to 0.7"),
        ("class,count\na," + "9" * 1200 + "\n", "has 1200 characters; give at most 1000"),
        ("0,1\ncat,1200\ndog,300\n", "line 1 has 0,1, numbers of columns or a class; write class,count there"),
        ("setosa\nvirginica\nvirginica\n", "may name it or be a label; write «label» above"),
        ('{"cat": 1, "cat": 2}', "repeats «cat» in one dict"),
        ('{"cat": 1,', "line 1 is not well-formed JSON"),
        ('{"cat": [1], "dog": 2}', "has «cat», which is no count"),
        ("[" * 100_000, "nested too deep"),
        (
            '{"annotations": [{"category_id": 7}], "categories": [{"id": 1, "name": "cat"}]}',
            "annotations of the category 7, which is not among its categories",
        ),
        (b"\x93NUMPY\x01\0v\0{}", "is no whole array of NumPy"),
        (b"PK\x03\x04", "is no whole file of zip"),
        (b"\xd0\xcf\x11\xe0", "is a spreadsheet of an old Excel; save it as .xlsx"),
        (b"%PDF-1.4", "is a PDF"),
        ("<!DOCTYPE html><table>", "is a page of HTML or XML"),
        ("class,share\na,33.3%\nb,33.3%\nc,33.3%\nTotal,100%\n", "line 5 has the class «Total» with the sum"),
        ("Klasse;Anzahl\ncat;10\ndog;5\nGesamtergebnis;15\n", "line 4 has the class «Gesamtergebnis» with the sum"),
        ("Counts of classes\nclass,count\ncat,1\n", "or take out what is no line of the table"),
        ("class;count\ncat;1.200\ndog;300\n", "with a mark between thousands it would be 1200"),
        (pickle.dumps({"cat": 1}), "is a pickle"),
        ("class,count\ncat,1\n".encode("utf-16-le"), "or text by --encoding utf-16-le"),
        ("class,count\na\x1b[31m,1\na\x1b[31m,2\n", r"repeats the class «a\x1b[31m»"),
    ],
)
def test_what_is_refused(tmp_path, data, sentence):
    assert sentence in refusal(file_of(tmp_path, data))


@pytest.mark.parametrize(
    ("rows", "counts"),
    [("total,1\ncat,2\n", (1, 2)), ("total,3\ncat,3\n", (3, 3)), ("cat,3\ndog,4\nsum,6\n", (3, 4, 6))],
)
def test_a_class_may_be_named_like_a_total(tmp_path, rows, counts):
    assert read_counts(file_of(tmp_path, "class,count\n" + rows))[1] == counts


@pytest.mark.parametrize(
    ("data", "sentence", "ways", "found"),
    [
        ("class,train,val\ncat,1200,10\ndog,300,20\n", "--count-column «train»", Ways(count_column="train"), CATS),
        ("class,count,count_2\ncat,1200,1\ndog,300,2\n", "", Ways(count_column="count_2"), (("cat", "dog"), (1, 2))),
        (
            '[{"name": "cat", "instance_count": 1200, "image_count": 9},'
            '{"name": "dog", "instance_count": 300, "image_count": 8}]',
            "--count-column «instance_count»",
            Ways(count_column="instance_count"),
            CATS,
        ),
        ("cat,1200,5\ndog,300,6\n", "--count-column 1", Ways(count_column="2"), CATS),
        ("class,label,count\n0,cat,1200\n1,dog,300\n", "", Ways(label_column="label"), CATS),
        ("class;x,count\na;cat,1200\nb;dog,300\n", "by a comma or a semicolon", Ways(","), (("a;cat", "b;dog"), (1200, 300))),
        ("class,count\nKühe,1\n".encode("latin-1"), "is not UTF-8 text", Ways(encoding="latin-1"), (("Kühe",), (1,))),
        ("class,count\ncat,1200\n".encode("utf-16-le"), "utf-16-le", Ways(encoding="utf-16-le"), (("cat",), (1200,))),
        ("0\n1\n0\n1\n1\n", "labels of examples or counts", Ways(holds="labels"), (("0", "1"), (2, 3))),
        ("2\n1\n2\n", "labels of examples or counts", Ways(holds="counts"), (("0", "1", "2"), (2, 1, 2))),
        ("file,kind\na,cat\nb,dog\nc,cat\nd,cat\ne,dog\n", "--label-column", Ways(label_column="kind", holds="labels"), LABELS),
        ("class,count\ncat,1\ncat,2\n", "--holds labels", Ways(holds="labels"), (("cat",), (2,))),
        ("setosa\nvirginica\nvirginica\n", "--label-column «setosa»", Ways(label_column="setosa"), (("virginica",), (2,))),
        (
            "a.jpg 0\nb.jpg 1\nc.jpg 0\n",
            "--label-column «count» --holds labels",
            Ways(label_column="count", holds="labels"),
            (("0", "1"), (2, 1)),
        ),
        ("a.jpg,0\nb.jpg,1\nc.jpg,0\n", "--label-column 2", Ways(label_column="2", holds="labels"), (("0", "1"), (2, 1))),
        ("a.jpg,0\nb.jpg,1\n", "or --holds counts", Ways(holds="counts"), (("a.jpg", "b.jpg"), (0, 1))),
        ("class,count\ncat,12~00\n", "which is not an integer", Ways(sep="~"), None),
    ],
)
def test_the_mend_works(tmp_path, data, sentence, ways, found):
    path = file_of(tmp_path, data)
    if sentence:
        assert sentence in refusal(path)
    if found is None:
        assert refusal(path, ways)
    else:
        assert read_counts(path, ways) == found


@pytest.mark.parametrize(
    ("ways", "sentence"),
    [
        (Ways(count_column="images"), "--count-column images names no column of"),
        (Ways(label_column="images"), "has the columns «class», «count»"),
        (Ways(sep=";;"), "is not one sign"),
        (Ways(encoding="klingon"), "--encoding klingon is not known"),
    ],
)
def test_an_option_that_does_not_fit(tmp_path, ways, sentence):
    assert sentence in refusal(file_of(tmp_path, "class,count\ncat,1\n"), ways)


def test_arrays_refused(tmp_path):
    for name, array, sentence in (
        ("labels", np.array([0, 1, 0, 0, 1] * 9), "say --holds labels or --holds counts"),
        ("objects", np.array(["a", None], dtype=object), "is an array of Python objects"),
        ("cube", np.zeros((2, 2, 2)), "is an array of 3 dimensions"),
        ("none", np.zeros(0), "without an entry"),
    ):
        np.save(tmp_path / f"{name}.npy", array)
        assert sentence in refusal(tmp_path / f"{name}.npy")
    archive = io.BytesIO()
    np.savez(archive, a=np.eye(2), b=np.eye(3))
    assert "archive of NumPy's arrays" in refusal(file_of(tmp_path, archive.getvalue(), "a.npz"))


def test_a_table_without_pyarrow(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert "focal-symbolic[tables]" in refusal(file_of(tmp_path, b"PAR1\x15\0", "a.parquet"))


def test_options_on_the_command_line(tmp_path):
    path = str(file_of(tmp_path, "kind~train~val\ncat~700~1\ndog~300~9\n"))
    words = ["--sep", "~", "--label-column", "kind", "--count-column", "train", "--gamma", "2"]
    for command in (["diagnose", path], ["minimize", "--counts", path], ["jacobian", "--counts", path]):
        told = CliRunner().invoke(main, [*command, *words, "--json"])
        assert told.exit_code == 0, told.stderr
    table = CliRunner().invoke(main, ["diagnose", path, *words, "--json"]).stdout
    assert [(one["class"], one["count"]) for one in json.loads(table)["classes"]] == [("cat", 700), ("dog", 300)]


def test_shares_have_no_counts(tmp_path):
    path = str(file_of(tmp_path, "class,share\ncat,80%\ndog,20%\n"))
    told = CliRunner().invoke(main, ["diagnose", path, "--gamma", "2"]).stdout
    header = next(line for line in told.splitlines() if line.startswith("class "))
    assert "count" not in header
    assert [
        one["count"]
        for one in json.loads(CliRunner().invoke(main, ["diagnose", path, "--gamma", "2", "--json"]).stdout)["classes"]
    ] == [None, None]
    assert multiples((Fraction(4, 5), Fraction(1, 5))) == (4, 1)


# -- weights ---------------------------------------------------------------------------------------------------------------


def test_weights(tmp_path):
    path = file_of(tmp_path, "class;alpha\ndog;0.75\ncat;0.25\n")
    assert read_weights(path, ("cat", "dog")) == (Fraction(1, 4), Fraction(3, 4))
    both = file_of(tmp_path, "class,positive,negative\ndog,1,2\ncat,0.25,0.75\n")
    assert read_weights(both, ("cat", "dog")) == ((Fraction(1, 4), Fraction(3, 4)), (Fraction(1), Fraction(2)))
    twice = file_of(tmp_path, "class,weight\ncat,1\ncat,2\n")
    with pytest.raises(InputError, match="repeats the class «cat»"):
        read_weights(twice, ("cat",))


# -- the screen ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("diagnose", "{}"), ("minimize", "--counts", "{}"), ("jacobian", "--counts", "{}")], ids=" ".join
)
def test_names_are_shown_safely_and_columns_stay_straight(tmp_path, words):
    path = file_of(tmp_path, "class,count\nca\x1b[31m,700\n大熊猫,200\ndog,100\n")
    told = CliRunner().invoke(main, [*(word.format(path) for word in words), "--gamma", "2"])
    assert told.exit_code == 0
    assert "\x1b" not in told.stdout
    assert r"ca\x1b[31m" in told.stdout
    if words[0] == "diagnose":
        lines = told.stdout.splitlines()
        panda, dog = (next(line for line in lines if line.startswith(name)) for name in ("大熊猫", "dog"))
        assert panda.index("200") + 3 == dog.index("100")


def test_json_has_nothing_that_steers_a_terminal(tmp_path):
    path = file_of(tmp_path, "class,count\nca\x9b31m\u202e,700\ndog\x7f,100\n")
    told = CliRunner().invoke(main, ["diagnose", str(path), "--gamma", "2", "--json"]).stdout
    assert all(one.isprintable() or one == "\n" for one in told)
    assert [one["class"] for one in json.loads(told)["classes"]] == ["ca\x9b31m\u202e", "dog\x7f"]
