"""Every setting once: name, default, unit, help. The environment variable of `port` is `PLAYGROUND_PORT`, and so on."""

import os
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")

Names = Annotated[tuple[str, ...], NoDecode]


def _unit(name: str) -> dict[str, Any]:
    return {"unit": name}


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
        json_schema_extra=_unit("processes"),
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
    max_steps: int = Field(
        default=100_000, ge=1, le=100_000, description="The longest run.", json_schema_extra=_unit("steps")
    )
    max_optimizers: int = Field(
        default=64, ge=1, le=64, description="The most optimizers in one run.", json_schema_extra=_unit("optimizers")
    )
    max_step_cost: int = Field(
        default=25_000,
        ge=1,
        description="The most that one step of all optimizers together may cost; a worker is held for as long.",
        json_schema_extra=_unit("steps of gradient descent"),
    )
    max_stream_cost: int = Field(
        default=250_000_000,
        ge=1,
        description="The most that a live run may cost.",
        json_schema_extra=_unit("steps of gradient descent"),
    )
    max_run_cost: int = Field(
        default=5_000_000,
        ge=1,
        description="The most that a run by POST /api/run may cost.",
        json_schema_extra=_unit("steps of gradient descent"),
    )
    max_run_entries: int = Field(
        default=500_000,
        ge=1,
        description="The most entries of all trajectories together in one answer of POST /api/run.",
        json_schema_extra=_unit("entries"),
    )
    message_bytes: int = Field(
        default=65_536,
        ge=1024,
        description="The longest websocket message and request body that is read.",
        json_schema_extra=_unit("bytes"),
    )
    send_timeout: float = Field(
        default=10.0,
        gt=0,
        description="A client that takes nothing for this long is let go; a request's head and its body must each come "
        "within it.",
        json_schema_extra=_unit("s"),
    )
    ping_interval: float = Field(
        default=20.0,
        gt=0,
        description="How often a quiet websocket is asked whether it lives.",
        json_schema_extra=_unit("s"),
    )
    message_rate: float = Field(
        default=1000.0,
        gt=0,
        description="Websocket frames that one client may send, on all its websockets together, but for the answers to "
        "pings of the server; more are read later.",
        json_schema_extra=_unit("1/s"),
    )
    message_burst: float = Field(
        default=4000.0,
        ge=1,
        description="Such frames that may come at once. A websocket that sends more than as many again before its "
        "client has paused is closed.",
        json_schema_extra=_unit("frames"),
    )
    byte_rate: float = Field(
        default=1_048_576.0,
        gt=0,
        description="Bytes that one client may send on all its websockets together; more are read later.",
        json_schema_extra=_unit("1/s"),
    )
    byte_burst: float = Field(
        default=4_194_304.0,
        ge=4096,
        description="Bytes that may come at once. A websocket that sends more than as many again before its client has "
        "paused is closed.",
        json_schema_extra=_unit("bytes"),
    )
    max_sockets: int = Field(
        default=500,
        ge=1,
        description="Websockets that one client may have open; more are refused.",
        json_schema_extra=_unit("websockets"),
    )
    request_rate: float = Field(
        default=50.0,
        gt=0,
        description="Requests for computing and new websockets that one client may make; more are refused.",
        json_schema_extra=_unit("1/s"),
    )
    request_burst: float = Field(
        default=500.0, ge=1, description="Such requests that may come at once.", json_schema_extra=_unit("requests")
    )
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
    link_rate: float = Field(
        default=2.0,
        gt=0,
        description="Short links that one client may make; more are refused.",
        json_schema_extra=_unit("1/s"),
    )
    link_burst: float = Field(
        default=2000.0, ge=1, description="Short links that may be made at once.", json_schema_extra=_unit("links")
    )

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
        return value

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
