"""A proxy that shows a server under a path, and takes that away before it asks the server."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from queue import Queue


@contextmanager
def stripping(path: str, port: int) -> Iterator[str]:
    """The address of a proxy in front of `port` of this machine, for as long as the context lasts; what is asked for
    elsewhere than below `path`, as the icon that browsers look for by its old name, belongs to somebody else: there is
    nothing.
    """
    # In a thread of its own: that of a test with a browser has a loop already.
    ready: Queue[tuple[int, Callable[[], object]]] = Queue()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(path.encode(), port, ready)))
    thread.start()
    taken, stop = ready.get()
    try:
        yield f"http://127.0.0.1:{taken}"
    finally:
        stop()
        thread.join()


async def _serve(path: bytes, port: int, ready: "Queue[tuple[int, Callable[[], object]]]") -> None:
    serving = await asyncio.start_server(lambda *ends: _pass(path, port, *ends), "127.0.0.1", 0)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    ready.put((serving.sockets[0].getsockname()[1], lambda: loop.call_soon_threadsafe(stop.set)))
    await stop.wait()
    serving.close()


async def _pass(path: bytes, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError), closing(writer):
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        method, target, version = first.split(b" ")
        if not target.startswith(path + b"/"):
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        lines = [b" ".join((method, target[len(path) :], version)), *rest]
        if b"upgrade: websocket" not in (line.lower() for line in rest):
            # One request a connection, so that each passes here.
            lines[1:-2] = [
                *(line for line in rest[:-2] if not line.lower().startswith(b"connection:")),
                b"Connection: close",
            ]
        ours, theirs = await asyncio.open_connection("127.0.0.1", port)
        theirs.write(b"\r\n".join(lines))
        await asyncio.gather(_pipe(reader, theirs), _pipe(ours, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
