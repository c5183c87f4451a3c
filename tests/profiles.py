"""What objectives say of themselves, for tests of scripts that show it."""

from typing import Any

from app.objectives.choice import parse_choice


def profile_of(**objective: Any) -> dict[str, Any]:
    """The profile of the objective that this document describes, as the page gets it."""
    choice = parse_choice(objective, ("objective",), [])
    assert choice
    return choice.profile().document()


def trained(dataset: str, batch_size: int | None = None) -> dict[str, Any]:
    """That of a perceptron that learns from a dataset."""
    return profile_of(kind="model", model={"name": "mlp"}, dataset={"name": dataset}, batch_size=batch_size)
