"""What comes in: exact readings, and a refusal in one sentence for everything else."""

from __future__ import annotations

import pickle
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec

import mpmath
import pytest
import sympy

from focal_symbolic import balance, initial_bias, minimizer
from focal_symbolic.distribution import Distribution, digits_of, exact_number, gamma_of, pair_of
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.diagnosis import diagnosis

HALVES = (Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize(
    "entries",
    [
        ["0.5", "1/2"],
        ["5e-1", ".5"],
        [Fraction(1, 2), 0.5],
        [Decimal("0.5"), sympy.Rational(1, 2)],
        (mpmath.mpf("0.5"), sympy.Float("0.5")),
        Distribution(["0.5", "0.5"]),
    ],
)
def test_kinds_are_read_exactly(entries):
    assert Distribution(entries).probabilities == HALVES


def test_numpy_arrays_and_scalars():
    numpy = pytest.importorskip("numpy")
    assert Distribution(numpy.array([0.5, 0.5])).probabilities == HALVES
    assert Distribution(numpy.array([0.5, 0.5], dtype=numpy.float32)).probabilities == HALVES
    assert Distribution.from_counts(numpy.array([3, 3])).probabilities == HALVES
    assert gamma_of(numpy.int64(2)) == gamma_of(numpy.float32(2)) == 2
    for wrong in (numpy.array([[0.5, 0.5]]), numpy.array(0.5), numpy.array([True, False])):
        with pytest.raises(InputError):
            Distribution(wrong)


def test_a_decimal_string_is_decimal_and_a_float_is_binary():
    assert exact_number("0.1") == Fraction(1, 10)
    assert exact_number(0.1) == Fraction(0.1) != Fraction(1, 10)
    assert exact_number(mpmath.mpf(2) ** -2000) == Fraction(1, 2**2000)


def test_floats_are_normalised_exactly():
    p = Distribution([0.7, 0.2, 0.1])
    assert sum(p) == 1
    assert p[0] / p[1] == Fraction(0.7) / Fraction(0.2)
    assert sum(Distribution([0.1] * 10)) == 1


def test_container():
    p = Distribution(["0.5", 0, "0.5"])
    assert (len(p), list(p), p[2], p.support) == (3, [Fraction(1, 2), 0, Fraction(1, 2)], Fraction(1, 2), (0, 2))
    assert repr(p) == "Distribution(['1/2', '0', '1/2'])"
    assert p == Distribution([0.5, 0.0, 0.5])
    assert len({p, Distribution([0.5, 0, 0.5])}) == 1
    assert pickle.loads(pickle.dumps(p)) == p
    with pytest.raises(AttributeError):
        p.probabilities = HALVES
    tiny = Distribution([Fraction(1, 10**5000), 1 - Fraction(1, 10**5000)])
    assert repr(tiny).startswith("Distribution(['1/1000")


def test_counts():
    assert Distribution.from_counts([99000, 900, 90, 9, 1])[4] == Fraction(1, 100000)
    assert Distribution.from_counts(["7", 0, Fraction(7)]).support == (0, 2)
    with pytest.raises(InputError, match=r"all zero"):
        Distribution.from_counts([0, 0])
    with pytest.raises(InputError, match=r"counts\[1\] = 3/2 is not an integer"):
        Distribution.from_counts([1, 1.5])
    with pytest.raises(InputError, match=r"counts\[0\] = -1 is negative"):
        Distribution.from_counts([-1, 2])


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([True, 0], r"probabilities\[0\] = True is a truth value"),
        ([1, None], r"probabilities\[1\] is None"),
        ([1j, 0], r"probabilities\[0\] = 1j is of type complex"),
        ([0.5, float("nan")], r"probabilities\[1\] = nan is not finite"),
        ([float("-inf")], r"probabilities\[0\] = -inf is not finite"),
        ([mpmath.inf], r"probabilities\[0\] = \+inf is not finite"),
        ([Decimal("NaN")], r"not finite"),
        ([Decimal("1e-99999")], r"exponent up to 5000"),
        ([mpmath.mpf("1e-99999999")], r"binary exponent"),
        (["-0.1", "1.1"], r"probabilities\[0\] = '-0.1' is negative"),
        ([-(10**5000)], r"is negative"),
        ([], r"probabilities is empty"),
        ("0.5", r"probabilities = '0.5' is of type str, not a sequence"),
        ({0.5, 1}, r"of type set"),
        ({"cat": "0.5", "dog": -1}, r"probabilities\[1\] = -1 is negative"),
        (7, r"of type int"),
        (None, r"of type NoneType"),
        ([["0.5", "0.5"]], r"probabilities\[0\] = \['0.5', '0.5'\] is a sequence"),
        (["1_0"], r"'1_0' is not a plain decimal"),
        (["١"], r"not a plain decimal"),
        ([" 1"], r"not a plain decimal"),
        (["nan"], r"not a plain decimal"),
        ([b"1"], r"of type bytes"),
        (["1e9999999"], r"exponent beyond 5000"),
        (["1e99999999999999"], r"not a plain decimal"),
        (["0." + "1" * 5000], r"string of 5002 characters; give at most 1000"),
        (["1/0"], r"divides by zero"),
        ([sympy.pi], r"of type Pi"),
        (["0.5", "0.4"], r"sums to 9/10, 1/10 short of 1, but its entries must sum to 1 exactly"),
        (["0.5", "0.6"], r"1/10 above 1"),
        ([0.5, 0.4], r"about 0.100000 short of 1, but its entries must sum to 1 within 2 \* 2\*\*-52"),
        ([Fraction(1, 10**5000), Fraction(1, 2)], r"sums to about 0.500000"),
    ],
)
def test_refusals(entries, message):
    with pytest.raises(InputError, match=message) as caught:
        Distribution(entries)
    assert len(str(caught.value)) < 400


def test_gamma_and_dps():
    assert gamma_of("1.7") == Fraction(17, 10)
    for wrong in (-1, "-0.5", "x", None, True, float("inf"), [1], 1j):
        with pytest.raises(InputError, match="gamma"):
            gamma_of(wrong)
    assert digits_of(15) == 15
    for wrong in (True, 0, -3, 2.0, "5", None, 10**6):
        with pytest.raises(InputError, match="dps"):
            digits_of(wrong)


def test_lengths_must_agree():
    assert pair_of(HALVES, [1, 0])[1].support == (0,)
    with pytest.raises(InputError, match="p has 2 entries and q has 1"):
        pair_of(HALVES, [1])
    with pytest.raises(InputError, match=r"q\[0\]"):
        pair_of(HALVES, [None, 1])


# -- what people have ------------------------------------------------------------------------------------------------------


def test_names_come_along():
    counts = Counter({"cat": 3, "dog": 1})
    assert Distribution.from_counts(counts) == Distribution(["3/4", "1/4"])
    assert Distribution.from_counts(counts).labels == ("cat", "dog")
    assert Distribution({"cat": "3/4", "dog": "1/4"}).labels == ("cat", "dog")
    assert Distribution(["3/4", "1/4"]).labels is None


def test_names_are_matched():
    p, q = pair_of({"cat": "3/4", "dog": "1/4"}, {"dog": "1/3", "cat": "2/3"})
    assert q.probabilities == (Fraction(2, 3), Fraction(1, 3))
    assert p.labels == ("cat", "dog")
    assert (
        minimizer({"a": "1/2", "b": "1/2"}, 2, alpha={"b": "1/10", "a": "9/10"}).q
        == minimizer(["1/2", "1/2"], 2, alpha="0.9").q
    )
    with pytest.raises(InputError, match="'dog' is only in one of the two"):
        pair_of({"cat": 1, "dog": 0}, {"cat": 1, "emu": 0})
    with pytest.raises(InputError, match="alpha has names and what it belongs to has none"):
        minimizer(["1/2", "1/2"], 2, alpha={0: "1/10", 1: "9/10"})


def test_series_of_pandas():
    pandas = pytest.importorskip("pandas")
    counts = pandas.Series(["cat", "dog", "cat", "cat"]).value_counts()
    assert Distribution.from_counts(counts) == Distribution(["3/4", "1/4"])
    assert Distribution.from_counts(counts).labels == ("cat", "dog")
    assert Distribution.from_counts(pandas.Series([3, 1])).labels is None
    assert diagnosis(counts, 2).data.labels == ("cat", "dog")
    assert balance(counts, 2) == balance([3, 1], 2)
    assert initial_bias({"positive": 492, "negative": 284315}, 2, head="sigmoid") == initial_bias(
        [492, 284315], 2, head="sigmoid"
    )


def test_masked_arrays():
    numpy = pytest.importorskip("numpy")
    assert Distribution(numpy.ma.array([0.5, 0.5])).probabilities == HALVES
    with pytest.raises(InputError, match=r"probabilities\[1\] is masked"):
        Distribution(numpy.ma.array([0.5, 0.5], mask=[False, True]))


@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
def test_tensors():
    import torch

    assert Distribution(torch.tensor([0.5, 0.5])).probabilities == HALVES
    assert Distribution([torch.tensor(0.5), torch.tensor(0.5)]).probabilities == HALVES
    assert gamma_of(torch.tensor(2.0)) == 2


@pytest.mark.parametrize(("kind", "places"), [("float16", 10), ("float32", 23), ("float64", 52)])
def test_room_for_rounding_is_that_of_the_floats(kind, places):
    numpy = pytest.importorskip("numpy")
    step = float(2.0**-places)
    for entries in (numpy.array([0.5, 0.5 + step], kind), [numpy.array(0.5, kind)[()], numpy.array(0.5 + step, kind)[()]]):
        found = Distribution(entries)
        assert sum(found) == 1
        assert found[1] == (Fraction(1, 2) + Fraction(1, 2**places)) / (1 + Fraction(1, 2**places))
    with pytest.raises(InputError, match=rf"within 2 \* 2\*\*-{places}"):
        Distribution(numpy.array([0.5, 0.5 + 4 * step], kind))


def test_on_the_command_line_places_count_from_1():
    refused = InputError("p[1] = '-0.3' is negative.")
    assert (str(refused), refused.shell) == ("p[1] = '-0.3' is negative.", "entry 2 of p = '-0.3' is negative.")
