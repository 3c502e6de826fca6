"""Signs as bit masks: what sums, products, powers and absolute values of numbers of given signs can be."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from focal_symbolic.logic.signs import ANY, MASK, NEG, NIL, PLUS, POS, TIMES, absolute, of_power, sign_of

SAMPLES = {
    NEG: (Fraction(-2), Fraction(-1), Fraction(-1, 2)),
    NIL: (Fraction(0),),
    POS: (Fraction(1, 2), Fraction(1), Fraction(2)),
}


def numbers(mask):
    """Numbers of each sign of the mask."""
    return [x for bit, sample in SAMPLES.items() if mask & bit for x in sample]


def masked(values):
    """The signs of numbers."""
    return sum({NEG if x < 0 else POS if x > 0 else NIL for x in values})


def test_the_masks():
    assert (NEG, NIL, POS, ANY) == (1, 2, 4, 7)
    assert {len(row) for table in (PLUS, TIMES) for row in (table, *table)} == {8}
    assert MASK == {"lt": POS, "le": POS | NIL, "eq": NIL, "ne": POS | NEG}


@pytest.mark.parametrize(("c", "sign"), [(Fraction(-1, 2), NEG), (0, NIL), (Fraction(1, 3), POS), (1, POS), (-1, NEG)])
def test_the_sign_of_a_rational(c, sign):
    assert sign_of(c) == sign


@pytest.mark.parametrize(("a", "b"), list(product(range(8), range(8))))
def test_sums_and_products_have_the_signs_that_numbers_show(a, b):
    pairs = list(product(numbers(a), numbers(b)))
    assert PLUS[a][b] == masked(x + y for x, y in pairs)
    assert TIMES[a][b] == masked(x * y for x, y in pairs)


@pytest.mark.parametrize("mask", range(8))
def test_absolute_values_and_integer_powers_have_the_signs_that_numbers_show(mask):
    assert absolute(mask) == masked(map(abs, numbers(mask)))
    for k in (-4, -3, -2, -1, 1, 2, 3, 4):
        assert of_power(mask, k) == masked(x**k for x in numbers(mask) if x or k > 0)
    assert of_power(mask, 0) == POS
