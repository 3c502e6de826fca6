"""Probability distributions as exact rationals, and the one door through which numbers come in.

"0.1" is 1/10; a float is the binary number it is; counts are integers. Every refusal is an `InputError`: one sentence
that names the entry, its index, the rule that it breaks and how to mend it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Set, Sized
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from numbers import Rational as RationalNumber
from typing import Any, NamedTuple

import mpmath
from flint import arb, fmpz

from focal_symbolic.errors import InputError

__all__ = [
    "Distribution",
    "Named",
    "digits_of",
    "distribution_of",
    "exact_number",
    "float_gamma",
    "gamma_of",
    "in_order",
    "named",
    "pair_of",
]

MAX_DIGITS = 1000
MAX_EXPONENT = 5000
MAX_BINARY_EXPONENT = 20_000
MAX_DPS = 100_000

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:/[0-9]+)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,9}))?)")


def exact_number(value: object, name: str = "number") -> Fraction:
    """The exact rational value of a number: "0.1" is 1/10, a float is the binary number it is.

    Parameters
    ----------
    value : number or str
        An int, Fraction, Decimal, SymPy Rational or Float, mpf, float, NumPy scalar, or a text such as "3", "0.1", "1/10" or
        "1e-3".
    name : str
        What it is, for the message.

    Returns
    -------
    Fraction
        Its value.

    Raises
    ------
    InputError
        For anything else, and for NaN, infinities, and literals too long or too large to expand.

    Examples
    --------
    >>> from focal_symbolic.distribution import exact_number
    >>> exact_number("0.1"), exact_number(0.5)
    (Fraction(1, 10), Fraction(1, 2))
    """
    return _parse(value, name)[0]


def _parse(value: object, name: str) -> tuple[Fraction, bool]:
    """(the exact value, whether it is exact on purpose: True for rationals and strings, False for floating point)."""
    if type(value) is Fraction:
        return value, True
    if isinstance(value, str):
        return _parse_string(value, name), True
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        raise InputError(f"{name} = {value} is a truth value, not a number; give 0, 1 or the number that is meant.")
    if value is None:
        raise InputError(f"{name} is None, not a number; give a number{' or drop the entry' if '[' in name else ''}.")
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item") and not isinstance(value, Real):  # an array of one number
        return _parse(value.item(), name)
    if hasattr(value, "_mpf_"):  # mpmath's numbers and SymPy's floats
        return _parse_mpf(mpmath.make_mpf(value._mpf_), name), False
    if isinstance(value, Decimal):
        return _parse_decimal(value, name), True
    if isinstance(value, Integral):
        return Fraction(int(value)), True
    if isinstance(value, RationalNumber):
        return Fraction(int(value.numerator), int(value.denominator)), True
    if isinstance(value, Real) and hasattr(value, "as_integer_ratio"):
        try:
            return Fraction(*map(int, value.as_integer_ratio())), False
        except (ValueError, OverflowError):
            raise _not_finite(value, name) from None
    raise InputError(
        f"{name} = {_short(value)} is of type {type(value).__name__}, not a real number; "
        "give an int, a string such as '0.1' or '1/10', a Fraction, a Decimal or a float."
    )


def _parse_string(text: str, name: str) -> Fraction:
    if len(text) > MAX_DIGITS:
        raise InputError(f"{name} is a string of {len(text)} characters; give at most {MAX_DIGITS}.")
    match = _NUMBER.fullmatch(text)
    if match is None or not text.isascii():
        raise InputError(
            f"{name} = {_short(text)} is not a plain decimal number or fraction; write it like '0.1', '1/10' or '1e-3'."
        )
    if match[1] and abs(int(match[1])) > MAX_EXPONENT:
        raise InputError(f"{name} = {_short(text)} has an exponent beyond {MAX_EXPONENT}; give a number nearer to 1.")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise InputError(f"{name} = {_short(text)} divides by zero; give a positive denominator.") from None


def _parse_decimal(value: Decimal, name: str) -> Fraction:
    if not value.is_finite():
        raise _not_finite(value, name)
    _, digits, exponent = value.as_tuple()
    if len(digits) > MAX_DIGITS or abs(int(exponent)) > MAX_EXPONENT:
        raise InputError(
            f"{name} = {_short(value)} is too long; give at most {MAX_DIGITS} digits and an exponent up to {MAX_EXPONENT}."
        )
    return Fraction(value)


def _parse_mpf(value: mpmath.mpf, name: str) -> Fraction:
    if not mpmath.isfinite(value):
        raise _not_finite(value, name)
    negative, man, exponent, _ = value._mpf_
    if abs(exponent) > MAX_BINARY_EXPONENT:
        raise InputError(f"{name} has a binary exponent beyond {MAX_BINARY_EXPONENT}; give a number nearer to 1.")
    return Fraction(-int(man) if negative else int(man)) * Fraction(2) ** int(exponent)


def _not_finite(value: object, name: str) -> InputError:
    return InputError(f"{name} = {value} is not finite; give a finite number.")


def _short(value: object) -> str:
    """A value for a message, at most 60 characters."""
    try:
        text = _text(value) if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else repr(value)
    except ValueError:  # a container of integers longer than Python prints
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _text(value: int | Fraction) -> str:
    """A rational in full; Python's own str stops at 4300 digits."""
    top = fmpz(value.numerator).str()
    return top if value.denominator == 1 else f"{top}/{fmpz(value.denominator).str()}"


def gamma_of(value: object) -> Fraction:
    """The focusing parameter as an exact rational, finite and at least 0.

    Parameters
    ----------
    value : number or str
        As of `exact_number`.

    Returns
    -------
    Fraction
        The focusing parameter.

    Raises
    ------
    InputError
        For what is no number, or is negative.

    Examples
    --------
    >>> from focal_symbolic.distribution import gamma_of
    >>> gamma_of("1/2")
    Fraction(1, 2)
    """
    gamma = exact_number(value, "gamma")
    if gamma < 0:
        raise InputError(f"gamma = {_short(value)} is negative; the focusing parameter must be at least 0.")
    return gamma


def float_gamma(value: object) -> float:
    """The focusing parameter in float64, for what is computed in it.

    Parameters
    ----------
    value : number or str
        As of `exact_number`.

    Returns
    -------
    float
        The nearest one.

    Raises
    ------
    InputError
        For what is no focusing parameter, or has no float64.

    Examples
    --------
    >>> from focal_symbolic.distribution import float_gamma
    >>> float_gamma("1/2")
    0.5
    """
    try:
        return float(gamma_of(value))
    except OverflowError:
        raise InputError(
            f"gamma = {_short(value)} is beyond float64, whose numbers end at 1.8e308; give a smaller one."
        ) from None


def digits_of(dps: object) -> int:
    """The number of decimal digits asked for.

    Parameters
    ----------
    dps : int
        From 1 to 100000.

    Returns
    -------
    int
        The same.

    Raises
    ------
    InputError
        For anything else.

    Examples
    --------
    >>> from focal_symbolic.distribution import digits_of
    >>> digits_of(30)
    30
    """
    try:
        digits = operator.index(dps)  # type: ignore[arg-type]  # what is no integer is refused below
    except TypeError:
        digits = 0
    if isinstance(dps, bool) or not 1 <= digits <= MAX_DPS:
        raise InputError(f"dps = {_short(dps)} is not a number of digits; give an int from 1 to {MAX_DPS}.")
    return digits


@dataclass(frozen=True, init=False, repr=False)
class Distribution:
    """A probability distribution on finitely many outcomes, exact.

    Parameters
    ----------
    probabilities : sequence of n numbers, or dict or Series of them by name
        As of `exact_number`. Texts and rationals must sum to 1 exactly; if any entry is floating point the sum may miss 1 by
        n * 2**-52 (float32: n * 2**-23), and is then made 1 by exact division.
    name : str
        What they are, for the message.

    Attributes
    ----------
    probabilities : tuple of n Fraction
        Their exact values.
    labels : tuple, optional
        Their names, if they had any.

    Raises
    ------
    InputError
        For an entry that is no number of [0, 1], or another sum.

    Examples
    --------
    >>> from focal_symbolic import Distribution
    >>> Distribution(["0.7", "0.3"])
    Distribution(['7/10', '3/10'])
    """

    probabilities: tuple[Fraction, ...]
    labels: tuple[Any, ...] | None = field(default=None, compare=False)

    def __init__(self, probabilities: Iterable[object], *, name: str = "probabilities") -> None:
        values, places, labels = _entries(probabilities, name)
        exact = places is None
        total = sum(values, Fraction(0))
        off: Fraction = abs(total - 1)
        if off and (places is None or off > Fraction(len(values), 2**places)):
            side = "above" if total > 1 else "short of"
            rule = "must sum to 1 exactly" if exact else f"must sum to 1 within {len(values)} * 2**-{places}"
            told = f"{name} sums to {_about(total)}, {_about(off)} {side} 1, but its entries {rule}"
            mend = "use Distribution.from_counts for counts" if exact else "divide them by their sum in float64"
            raise InputError(f"{told}; mend an entry, or {mend}.", f"{told}; mend an entry, or give counts by --counts FILE.")
        object.__setattr__(self, "probabilities", tuple(value / total for value in values) if off else values)
        object.__setattr__(self, "labels", labels)

    @classmethod
    def from_counts(cls, counts: Iterable[object], *, name: str = "counts") -> Distribution:
        """The distribution proportional to counts.

        Parameters
        ----------
        counts : sequence of n int, or dict, Counter or Series of them by name
            At least 0, one of them positive.
        name : str
            What they are, for the message.

        Returns
        -------
        Distribution
            The shares of the counts.

        Raises
        ------
        InputError
            For anything else.

        Examples
        --------
        >>> from focal_symbolic import Distribution
        >>> Distribution.from_counts([3, 1])
        Distribution(['3/4', '1/4'])
        >>> Distribution.from_counts({"cat": 3, "dog": 1}).labels
        ('cat', 'dog')
        """
        values, _, labels = _entries(counts, name)
        for index, value in enumerate(values):
            if value.denominator != 1:
                raise InputError(f"{name}[{index}] = {_about(value)} is not an integer; counts must be whole numbers.")
        total = sum(values, Fraction(0))
        if not total:
            raise InputError(f"{name} are all zero; at least one count must be positive.")
        found = cls([value / total for value in values])
        object.__setattr__(found, "labels", labels)
        return found

    @property
    def support(self) -> tuple[int, ...]:
        """The indices of the outcomes of positive probability."""
        return tuple(index for index, value in enumerate(self.probabilities) if value)

    def __len__(self) -> int:
        return len(self.probabilities)

    def __iter__(self) -> Iterator[Fraction]:
        return iter(self.probabilities)

    def __getitem__(self, index: int) -> Fraction:
        return self.probabilities[index]

    def __repr__(self) -> str:
        return f"Distribution({[_text(value) for value in self.probabilities]})"


class Named(NamedTuple):
    """Values with their names, from a dict, a Counter or a Series of pandas.

    Attributes
    ----------
    labels : tuple
        The names.
    values : tuple
        What belongs to each.
    """

    labels: tuple[Any, ...]
    values: tuple[Any, ...]


def named(values: object) -> Named | None:
    """The values of a dict or a Series by their names; None for what has none, such as a Series that is numbered.

    Parameters
    ----------
    values : object
        Whatever was given for numbers.

    Returns
    -------
    Named, optional
        The names and the values, in their order.

    Examples
    --------
    >>> from focal_symbolic.distribution import named
    >>> named({"cat": 3, "dog": 1}).labels, named([3, 1])
    (('cat', 'dog'), None)
    """
    if isinstance(values, Mapping):
        return Named(tuple(values), tuple(values.values()))
    if type(values).__module__.partition(".")[0] == "pandas" and hasattr(values, "index") and getattr(values, "ndim", 0) == 1:
        index = values.index
        if type(index).__name__ != "RangeIndex":
            return Named(tuple(index), tuple(values))  # type: ignore[arg-type]  # a Series is a sequence
    return None


def in_order(values: object, labels: tuple[Any, ...] | None, name: str) -> object:
    """What was given for numbers, in the order of these names if it has names itself.

    Parameters
    ----------
    values : object
        Whatever was given for numbers.
    labels : tuple, optional
        The names of what they belong to.
    name : str
        What they are, for the message.

    Returns
    -------
    object
        The values in order; what has no names as it is.

    Raises
    ------
    InputError
        If the names are not the same, or there are none to go by.

    Examples
    --------
    >>> from focal_symbolic.distribution import in_order
    >>> in_order({"dog": 1, "cat": 3}, ("cat", "dog"), "alpha")
    (3, 1)
    """
    found = named(values)
    if found is None:
        return values
    if labels is None:
        if isinstance(values, Mapping):
            raise InputError(f"{name} has names and what it belongs to has none; give a list, in that order.")
        return found.values
    if set(found.labels) != set(labels):
        odd = next(iter(sorted(map(str, set(found.labels) ^ set(labels)))))
        raise InputError(
            f"{name} does not have the names of the outcomes ({odd[:40]!r} is only in one of the two); give the same."
        )
    by_name = dict(zip(found.labels, found.values, strict=True))
    return tuple(by_name[label] for label in labels)


PLACES = {"float16": 10, "bfloat16": 7, "float32": 23}
"""The binary places behind the point of a number of [1, 2) in the short kinds of floating point."""


def _entries(values: object, name: str) -> tuple[tuple[Fraction, ...], int | None, tuple[Any, ...] | None]:
    """(the entries as nonnegative rationals, the binary places of the floats among them, their names)."""
    found = named(values)
    given = values if found is None else found.values
    if isinstance(given, (str, bytes, Set)) or not (isinstance(given, Iterable) and isinstance(given, Sized)):
        raise InputError(
            f"{name} = {_short(values)} is of type {type(values).__name__}, not a sequence of numbers; "
            "give a list such as ['0.7', '0.3']."
        )
    dimensions = getattr(values, "ndim", 1)
    if dimensions != 1:
        raise InputError(f"{name} is an array of {dimensions} dimensions; give one distribution, in one dimension.")
    kind = str(getattr(values, "dtype", "")).rpartition(".")[2]
    if hasattr(given, "detach") or hasattr(given, "filled"):  # a tensor, or a masked array
        given = given.tolist()  # type: ignore[attr-defined]  # both have it
    parsed = []
    places: list[int] = []
    for index, value in enumerate(given):
        if value is None and hasattr(values, "filled"):
            raise InputError(f"{name}[{index}] is masked; leave that entry out.")
        if getattr(value, "ndim", 1) and hasattr(value, "__len__") and not isinstance(value, (str, bytes)):
            raise InputError(f"{name}[{index}] = {_short(value)} is a sequence, not a number; give one flat sequence.")
        number, exact = _parse(value, f"{name}[{index}]")
        if number < 0:
            raise InputError(f"{name}[{index}] = {_short(value)} is negative; every entry must be at least 0.")
        if not exact:
            own = str(getattr(value, "dtype", "")).rpartition(".")[2]
            places.append(PLACES.get(own, PLACES.get(kind, 52)))
        parsed.append(number)
    if not parsed:
        raise InputError(f"{name} is empty; give at least one entry.")
    return tuple(parsed), min(places, default=None), None if found is None else found.labels


def _about(value: Fraction) -> str:
    """A rational for a message: exact if short, else to a few digits."""
    if value.numerator.bit_length() + value.denominator.bit_length() <= 64:
        return str(value)
    return f"about {(arb(value.numerator) / value.denominator).str(6, radius=False)}"


def distribution_of(values: object, name: str = "p") -> Distribution:
    """A Distribution as it is; any other sequence read as one.

    Parameters
    ----------
    values : Distribution, or sequence of n numbers
        As of `Distribution`.
    name : str
        What they are, for the message.

    Returns
    -------
    Distribution
        The distribution.

    Raises
    ------
    InputError
        For what is no distribution.

    Examples
    --------
    >>> from focal_symbolic.distribution import distribution_of
    >>> distribution_of([0.5, 0.5])
    Distribution(['1/2', '1/2'])
    """
    if isinstance(values, Distribution):
        return values
    return Distribution(values, name=name)  # type: ignore[arg-type]  # it refuses what is no sequence


def pair_of(p: object, q: object) -> tuple[Distribution, Distribution]:
    """Two distributions on the same outcomes.

    Parameters
    ----------
    p, q : Distribution, or sequence of n numbers
        As of `Distribution`.

    Returns
    -------
    p : Distribution
        The first.
    q : Distribution
        The second.

    Raises
    ------
    InputError
        For what is no distribution, or if their lengths differ.

    Examples
    --------
    >>> from focal_symbolic.distribution import pair_of
    >>> pair_of(["1/2", "1/2"], [1, 0])
    (Distribution(['1/2', '1/2']), Distribution(['1', '0']))
    """
    p, q = distribution_of(p, "p"), distribution_of(q, "q")
    if p.labels is not None and q.labels is not None and p.labels != q.labels:
        q = Distribution(in_order(dict(zip(q.labels, q, strict=True)), p.labels, "q"), name="q")  # type: ignore[arg-type]
    if len(p) != len(q):
        raise InputError(f"p has {len(p)} entries and q has {len(q)}; both must be over the same outcomes.")
    return p, q
