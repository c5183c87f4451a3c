"""Every setting once: name, default, unit, help. The environment variable of `port` is `PLAYGROUND_PORT`, and so on."""

import os
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")

Names = Annotated[tuple[str, ...], NoDecode]


OWN = frozenset({"api", "compare", "e", "embed", "favicon.ico", "healthz", "oembed", "static", "ws"})
"""How paths of the server begin, each with its first segment: no proxy may show it under one of these."""


def _quantity(default: float, unit: str, description: str, **bounds: Any) -> Any:
    return Field(default=default, description=description, json_schema_extra={"unit": unit}, **bounds)


class Settings(BaseSettings):
    """How this server is run. Made in one place, when the server starts; raises ValidationError on a wrong value."""

    model_config = SettingsConfigDict(env_prefix="PLAYGROUND_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 is every network.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes any free one.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged, and above."
    )
    workers: int = Field(
        default_factory=lambda: max(2, os.cpu_count() or 2),
        ge=1,
        le=256,
        description="Processes that compute; by default one for each processor, at least 2.",
        json_schema_extra={"unit": "processes"},
    )
    executor: Literal["processes", "thread"] = Field(
        default="processes",
        description="Where work is done: in processes, or, to look for faults and where no process can be started, in "
        "one thread of the server's own.",
    )
    origins: Names = Field(
        default=(),
        description="Other sites whose pages may use this server, such as https://example.org, separated by commas. "
        "Its own pages always may.",
    )
    hosts: Names = Field(
        default=(), description="Host names that this server answers to, separated by commas; empty for any name."
    )
    trusted_proxies: Names = Field(
        default=(),
        description="Addresses of proxies whose X-Forwarded-For is believed, separated by commas; empty for none.",
    )
    max_steps: int = _quantity(100_000, "steps", "The longest run.", ge=1, le=100_000)
    max_optimizers: int = _quantity(64, "optimizers", "The most optimizers in one run.", ge=1, le=64)
    max_step_cost: int = _quantity(
        25_000,
        "steps of gradient descent",
        "The most that one step of all optimizers together may cost; a worker is held for as long.",
        ge=1,
    )
    max_stream_cost: int = _quantity(
        250_000_000, "steps of gradient descent", "The most that a live run may cost.", ge=1
    )
    max_run_cost: int = _quantity(
        5_000_000, "steps of gradient descent", "The most that a run by POST /api/run may cost.", ge=1
    )
    max_run_entries: int = _quantity(
        500_000, "entries", "The most entries of all trajectories together in one answer of POST /api/run.", ge=1
    )
    max_batch_rows: int = _quantity(
        1_000_000, "rows", "The most trajectories that are computed together for a map.", ge=1, le=1_000_000
    )
    max_batch_bytes: int = _quantity(
        268_435_456,
        "bytes",
        "The most that such a batch and what is kept of it may take in a worker's memory.",
        ge=1024,
    )
    message_bytes: int = _quantity(
        65_536, "bytes", "The longest websocket message and request body that is read.", ge=1024
    )
    send_timeout: float = _quantity(
        10.0,
        "s",
        "A client that takes nothing for this long is let go; a request's head and its body must each come within it.",
        gt=0,
    )
    ping_interval: float = _quantity(20.0, "s", "How often a quiet websocket is asked whether it lives.", gt=0)
    message_rate: float = _quantity(
        1000.0,
        "1/s",
        "Websocket frames that one client may send, on all its websockets together, but for the answers to "
        "pings of the server; more are read later.",
        gt=0,
    )
    message_burst: float = _quantity(
        4000.0,
        "frames",
        "Such frames that may come at once. A websocket that sends more than as many again before its "
        "client has paused is closed.",
        ge=1,
    )
    byte_rate: float = _quantity(
        1_048_576.0,
        "bytes/s",
        "Bytes that one client may send on all its websockets together; more are read later.",
        gt=0,
    )
    byte_burst: float = _quantity(
        4_194_304.0,
        "bytes",
        "Bytes that may come at once. A websocket that sends more than as many again before its client has "
        "paused is closed.",
        ge=4096,
    )
    max_sockets: int = _quantity(500, "websockets", "Websockets that one client may have open; more are refused.", ge=1)
    max_shows: int = _quantity(
        16, "shows", "The most shows that a page may have open on one websocket; a further one is refused.", ge=1
    )
    request_rate: float = _quantity(
        50.0, "1/s", "Requests for computing and new websockets that one client may make; more are refused.", gt=0
    )
    request_burst: float = _quantity(500.0, "requests", "Such requests that may come at once.", ge=1)
    database_url: str = Field(
        default="sqlite:///data/playground.db",
        description="Where experiments with a short link are kept: sqlite:/// and the path of a file, or an address "
        "that begins with postgresql://.",
    )
    public_url: str = Field(
        default="",
        description="How links to this server begin, such as https://example.org/playground, or only the path under "
        "which a proxy shows it, such as /playground; empty for the address by which it was asked.",
    )
    link_rate: float = _quantity(2.0, "1/s", "Short links that one client may make; more are refused.", gt=0)
    link_burst: float = _quantity(2000.0, "links", "Short links that may be made at once.", ge=1)

    @field_validator("origins", "hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value == "sqlite:///" or not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// and a path, or with postgresql://")
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public(cls, value: str) -> str:
        value = value.rstrip("/")
        scheme, place, path, *rest = urlsplit(value)
        begins = scheme in {"http", "https"} if place else not scheme and not value.startswith("//")
        if not begins or any(rest) or not _PATH.fullmatch(path):
            raise ValueError(
                "must be http:// or https:// and a host name, which may have a path of letters, digits, and . _ ~ - "
                "behind it; or such a path alone, which begins with /"
            )
        if path.removeprefix("/").split("/")[0] in OWN:
            raise ValueError(f"must not have a path that begins as one of the server's own: {', '.join(sorted(OWN))}")
        return value

    @property
    def origin(self) -> str:
        """Scheme and host of links, where they are set."""
        return self.public_url.removesuffix(self.root)

    @property
    def root(self) -> str:
        """The path under which the server is shown, such as "/playground"; empty where it has a host of its own."""
        return urlsplit(self.public_url).path


def read_settings(**given: Any) -> Settings:
    """The settings: those `given`, else the environment's; raises ValueError, with lines to show, on a wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [
            f"setting {fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}; got {fault['input']!r}"
            for fault in error.errors()
        ]
        raise ValueError("\n".join(lines)) from None


def keep_caches_in(folder: str) -> None:
    """Have torch put what it caches into `folder`, here and in processes that are started, unless told where to."""
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", folder)
