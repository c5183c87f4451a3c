"""The executors that the setting can name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.compute.executor import MakeExecutor
from app.compute.process import import_ahead
from app.compute.processes import Processes
from app.compute.standard import in_thread
from app.core.registry import by_id


def _nothing(modules: Sequence[str], folder: Path | None = None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ExecutorChoice:
    """A catalogue entry. ahead(modules, folder): what the command line may begin before the server is there, see
    `import_ahead`.
    """

    id: str
    make: MakeExecutor
    ahead: Callable[[Sequence[str], Path | None], None] = _nothing


EXECUTORS = (ExecutorChoice("processes", Processes, import_ahead), ExecutorChoice("thread", in_thread))


def executor_called(id: str) -> ExecutorChoice:
    """The one with this `id`; raises KeyError where there is none."""
    return by_id(EXECUTORS, id)
