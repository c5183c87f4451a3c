"""Every setting once: name, default, unit. The environment variable of `port` is `PLAYGROUND_PORT`, and so on."""

import os
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core.words import Message, message, say

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")

Names = Annotated[tuple[str, ...], NoDecode]


OWN = frozenset({"api", "compare", "e", "embed", "favicon.ico", "healthz", "oembed", "static", "ws"})
"""How paths of the server begin, each with its first segment: no proxy may show it under one of these."""


REFUSED = {
    "int_parsing": "settings.refused.int-parsing",
    "float_parsing": "settings.refused.float-parsing",
    "greater_than": "settings.refused.greater-than",
    "greater_than_equal": "settings.refused.greater-than-equal",
    "less_than_equal": "settings.refused.less-than-equal",
    "literal_error": "settings.refused.literal-error",
}
"""What pydantic calls a fault, and the key of what is said of it."""

PRICE = "gradient-descent-steps"
"""The unit of what computing costs."""


def _quantity(default: float, unit: str, **bounds: Any) -> Any:
    return Field(default=default, json_schema_extra={"unit": unit}, **bounds)


class Settings(BaseSettings):
    """How this server is run. Made in one place, when the server starts; raises ValidationError on a wrong value."""

    model_config = SettingsConfigDict(env_prefix="PLAYGROUND_", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    workers: int = Field(
        default_factory=lambda: max(2, os.cpu_count() or 2), ge=1, le=256, json_schema_extra={"unit": "processes"}
    )
    executor: Literal["processes", "thread"] = "processes"
    origins: Names = ()
    hosts: Names = ()
    trusted_proxies: Names = ()
    max_steps: int = _quantity(100_000, "steps", ge=1, le=100_000)
    max_optimizers: int = _quantity(64, "optimizers", ge=1, le=64)
    max_step_cost: int = _quantity(25_000, PRICE, ge=1)
    max_stream_cost: int = _quantity(250_000_000, PRICE, ge=1)
    max_run_cost: int = _quantity(5_000_000, PRICE, ge=1)
    max_run_entries: int = _quantity(500_000, "entries", ge=1)
    max_batch_rows: int = _quantity(1_000_000, "rows", ge=1, le=1_000_000)
    max_batch_bytes: int = _quantity(268_435_456, "bytes", ge=1024)
    message_bytes: int = _quantity(65_536, "bytes", ge=1024)
    send_timeout: float = _quantity(10.0, "s", gt=0)
    ping_interval: float = _quantity(20.0, "s", gt=0)
    message_rate: float = _quantity(1000.0, "1/s", gt=0)
    message_burst: float = _quantity(4000.0, "frames", ge=1)
    byte_rate: float = _quantity(1_048_576.0, "bytes/s", gt=0)
    byte_burst: float = _quantity(4_194_304.0, "bytes", ge=4096)
    max_sockets: int = _quantity(500, "websockets", ge=1)
    max_shows: int = _quantity(16, "shows", ge=1)
    request_rate: float = _quantity(50.0, "1/s", gt=0)
    request_burst: float = _quantity(500.0, "requests", ge=1)
    database_url: str = "sqlite:///data/playground.db"
    public_url: str = ""
    link_rate: float = _quantity(2.0, "1/s", gt=0)
    link_burst: float = _quantity(2000.0, "links", ge=1)

    @field_validator("origins", "hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value == "sqlite:///" or not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError(say("settings.database-url.wrong"))
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public(cls, value: str) -> str:
        value = value.rstrip("/")
        scheme, place, path, *rest = urlsplit(value)
        begins = scheme in {"http", "https"} if place else not scheme and not value.startswith("//")
        if not begins or any(rest) or not _PATH.fullmatch(path):
            raise ValueError(say("settings.public-url.wrong"))
        if path.removeprefix("/").split("/")[0] in OWN:
            raise ValueError(say("settings.public-url.taken", names=", ".join(sorted(OWN))))
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
            say("settings.wrong", name=fault["loc"][0], told=_told(fault), value=repr(fault["input"]))
            for fault in error.errors()
        ]
        raise ValueError("\n".join(lines)) from None


def help_of(name: str) -> Message:
    """What the setting `name` decides."""
    return message(f"settings.{name.replace('_', '-')}.help")


def _told(fault: ErrorDetails) -> str:
    """What is wrong with a setting; in pydantic's own words where it is something rare."""
    key = REFUSED.get(fault["type"])
    return say(key, **fault.get("ctx", {})) if key else fault["msg"].removeprefix("Value error, ")


def keep_caches_in(folder: str) -> None:
    """Have torch put what it caches into `folder`, here and in processes that are started, unless told where to."""
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", folder)
