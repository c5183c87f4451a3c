"""The one loop over steps, and what can be said about its results."""
