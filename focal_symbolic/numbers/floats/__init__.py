"""float64 below the certified solver and the arrays: the tabled inverse of the slope, and Newton on rows."""
