"""Certified numbers by balls, and float64 by arrays: entropy, minimizer, its Jacobian, sweeps along γ, diagnosis."""
