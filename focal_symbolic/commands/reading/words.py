"""What columns of classes and of counts are called, and what is no class."""

from __future__ import annotations

import re

__all__ = ["AVERAGES", "LABELS", "is_count_name", "is_label_name", "is_share_name", "is_total", "key"]

LABELS = (
    "class",
    "class_name",
    "classname",
    "label",
    "label_name",
    "labels",
    "classes",
    "name",
    "names",
    "category",
    "category_name",
    "categories",
    "cls",
    "target",
    "species",
    "y",
)
"""What names the classes, the first above the others."""
_COUNTS = {
    *("count", "counts", "n", "num", "number", "freq", "frequency", "frequencies", "support", "size", "total", "amount"),
    *("instances", "samples", "examples", "images", "objects", "annotations", "boxes", "occurrences", "items", "observations"),
    *("n_samples", "instance_count", "image_count", "sample_count", "class_count", "train_count", "value_count", "cnt"),
}
_SHARES = {"share", "proportion", "probability", "prob", "p", "fraction", "percent", "percentage", "pct", "%", "relative"}
AVERAGES = ("accuracy", "micro avg", "macro avg", "weighted avg", "samples avg")
"""Rows of a classification_report that are no class."""
_TOTALS = re.compile(
    r"(?:(?:grand|sub|over)?[ _-]?total)s?|sum|all|all classes|overall|summe|gesamt|insgesamt|somme|suma|totale|Σ|∑|итого|"
    r"всего|合计|总计|合計|total\b.*|.*\btotal",
    re.IGNORECASE,
)


def key(name: str) -> str:
    """A name of a column without case, and with one underscore for what is between words."""
    return re.sub(r"[\s_.\-#]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).casefold()).strip("_")


def is_label_name(name: str) -> bool:
    """Whether a column of this name has the classes."""
    return key(name) in LABELS


def is_count_name(name: str) -> bool:
    """Whether a column of this name has how often each class occurs."""
    one = key(name)
    prefixed = re.fullmatch(r"(?:num|n|nb|no|number_of|count|total|count_of)_(?:of_)?(\w+)", one)
    return one in _COUNTS or bool(prefixed and prefixed[1] in _COUNTS) or re.fullmatch(r"\w+_counts?", one) is not None


def is_share_name(name: str) -> bool:
    """Whether a column of this name has which part of all each class is."""
    return key(name) in _SHARES


def is_total(name: str) -> bool:
    """Whether a class of this name adds up the others, if its count says so too."""
    return _TOTALS.fullmatch(name.strip().strip(":*. ")) is not None
