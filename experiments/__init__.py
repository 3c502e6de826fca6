"""Experiments with real training: whether a model that is trained with the focal loss lands where the theorems say.

`python -m experiments`, from a clone with the extra `experiment`, runs all of them and writes `results`: tables and pictures.
"""
