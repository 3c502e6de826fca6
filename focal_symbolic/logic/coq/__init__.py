"""The Coq judge: statements and proofs as Coq text, compiled and read back."""
