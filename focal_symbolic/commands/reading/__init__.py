"""Tables that people have, read: CSV and its kin, JSON, NumPy and Parquet, reports of scikit-learn, columns of labels.

A file becomes a `Sheet` of cells, whatever it was; which column names the classes and which counts them is told by their names
and by what is in them. What may be read in two ways is refused, with what was found and the option that decides.
"""

from focal_symbolic.commands.reading.cells import number_of, numeric, style_of
from focal_symbolic.commands.reading.choice import classes_of, label_column
from focal_symbolic.commands.reading.options import COUNTS_HELP, reading_options, ways_of
from focal_symbolic.commands.reading.sheet import Sheet, Ways
from focal_symbolic.commands.reading.sources import array_of, sheet_of

__all__ = [
    "COUNTS_HELP",
    "Sheet",
    "Ways",
    "array_of",
    "classes_of",
    "label_column",
    "number_of",
    "numeric",
    "reading_options",
    "sheet_of",
    "style_of",
    "ways_of",
]
