"""The judge: terms and their meaning, the kernel with its rules, the checker of certificates; the search; and Coq."""
