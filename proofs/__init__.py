"""The results, one file each, to be read like pages of the paper. Start with `elementary`, then `finiteness`."""
