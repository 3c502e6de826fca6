"""Proofs of the rules of values in (-oo, +oo]."""
