"""Saved experiments, each under an id that its content decides, in SQLite or PostgreSQL."""
