"""Write the formulas again: `python -m focal_symbolic.numbers.formulas`."""

from focal_symbolic.numbers.formulas.derived import WRITTEN, source

WRITTEN.write_text(source(), encoding="utf-8")
