"""What workers share from their birth, by name: to begin these imports, nothing has to be imported."""

PRELOAD = ("app.web.tasks", "app.web.pictures", "app.web.running", "app.web.portrait", "torch._dynamo")
"""The modules of all tasks, and the one that torch's optimizers import at their first step, for a second."""
