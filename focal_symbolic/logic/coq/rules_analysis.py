"""Proofs of the rules of analysis."""
