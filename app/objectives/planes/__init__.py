"""Planes through weight space: where they lie, the loss on them, and how far the picture is from the truth."""
