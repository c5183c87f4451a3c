"""What workers share from their birth, by name: to begin these imports, nothing has to be imported."""

PRELOAD = (
    "app.web.tasks",
    "app.web.pictures",
    "app.web.running",
    "app.web.portrait",
    "torch._dynamo",
    "sklearn.datasets",
    "app.web.warmed",
)
"""The modules of all tasks, and those that would take a second later: of torch's optimizers at their first step, and of
measured datasets.
"""
