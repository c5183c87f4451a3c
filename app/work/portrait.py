"""What workers do for previews of links."""

from app.core.problems import FieldError
from app.core.strictjson import read_json
from app.exports.preview import preview
from app.view import parse_view
from app.work.experiments import experiment_of


def preview_png(text: str, view: str, title: str) -> bytes:
    """The preview, as PNG, of the experiment and the view with these canonical texts."""
    errors: list[FieldError] = []
    return preview(experiment_of(text), parse_view(read_json(view), errors), title)
