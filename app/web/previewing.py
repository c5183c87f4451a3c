"""Pictures of saved experiments, drawn once and kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from app.web.assets import Asset, make_asset
from app.web.problems import log

PNG = "image/png"
MOST_KEPT = 128
"""Some 0.1 MB each."""

PATIENCE = 10.0  # s


class Previews:
    """Previews by the id of their experiment and their language: the `MOST_KEPT` that were asked for last.

    brand: stands for what could not be drawn.
    """

    def __init__(self, brand: Asset) -> None:
        self.brand = brand
        self._kept: OrderedDict[str, Asset] = OrderedDict()
        self._drawn: dict[str, asyncio.Future[Asset | None]] = {}

    def find(self, id: str) -> Asset | None:
        """The preview of the experiment `id`, where it is kept."""
        if id in self._kept:
            self._kept.move_to_end(id)
        return self._kept.get(id)

    async def make(self, id: str, draw: Callable[[], Awaitable[bytes]]) -> Asset | None:
        """The preview that `draw` gives, drawn once however many wait for it; None where it could not be drawn."""
        if id not in self._drawn:
            work = self._drawn[id] = asyncio.ensure_future(self._make(id, draw))
            work.add_done_callback(lambda _: self._drawn.pop(id))
        # Who goes away does not end it for the others.
        return await asyncio.shield(self._drawn[id])

    async def _make(self, id: str, draw: Callable[[], Awaitable[bytes]]) -> Asset | None:
        try:
            async with asyncio.timeout(PATIENCE):
                asset = make_asset(await draw(), PNG)
        except Exception as error:
            log.warning("no preview of %s: %r", id, error)
            return None
        self._kept[id] = asset
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return asset
