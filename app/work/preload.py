"""What workers share from their birth, by name: to begin these imports, nothing has to be imported."""

PRELOAD = (
    "app.work.tasks",
    "app.work.pictures",
    "app.work.running",
    "app.work.portrait",
    "app.work.files",
    "app.work.qr",
    "torch._dynamo",
    "sklearn.datasets",
    "app.work.warmed",
)
"""The modules of all tasks, and those that would take a second later: of torch's optimizers at their first step, and of
measured datasets.
"""
