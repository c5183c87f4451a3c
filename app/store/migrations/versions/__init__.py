"""One file for each step. A step is never changed once a version with it was released."""
