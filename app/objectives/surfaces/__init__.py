"""Functions of two variables."""
