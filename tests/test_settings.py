"""Settings and limits."""

import pytest
from pydantic import ValidationError

from app import limits
from app.core.problems import Problem
from app.experiment import Experiment, parse
from app.settings import Settings, help_of


def race(steps: int, optimizers: int) -> dict[str, object]:
    rows = [{"name": "sgd", "lr": 0.1}] * optimizers
    return {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": rows, "steps": steps}


def test_every_setting_has_help_and_every_quantity_a_unit() -> None:
    for name, field in Settings.model_fields.items():
        assert str(help_of(name))
        if field.annotation in {int, float} and name != "port":
            assert isinstance(field.json_schema_extra, dict), name
            assert field.json_schema_extra["unit"], name


def test_the_environment_sets_what_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_PORT", "9000")
    monkeypatch.setenv("PLAYGROUND_HOST", "0.0.0.0")
    monkeypatch.setenv("PLAYGROUND_ORIGINS", "https://a.example, https://b.example")
    made = Settings(host="127.0.0.2")
    assert (made.port, made.host, made.origins) == (9000, "127.0.0.2", ("https://a.example", "https://b.example"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("SEND_TIMEOUT", "0"),
        ("LOG_LEVEL", "loud"),
        ("MAX_STEPS", "0"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "mysql://host/name"),
        ("PUBLIC_URL", "play.example"),
        ("PUBLIC_URL", "ftp://play.example"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://play.example/a b"),
        ("PUBLIC_URL", "https://play.example//below"),
        ("PUBLIC_URL", "//play.example"),
        ("PUBLIC_URL", "/below/?x"),
        ("PUBLIC_URL", "below"),
        ("PUBLIC_URL", "https://play.example/api"),
        ("PUBLIC_URL", "/e/below"),
        ("PUBLIC_URL", '/"below'),
        ("PUBLIC_URL", "https://play.example?x"),
    ],
)
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PLAYGROUND_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


@pytest.mark.parametrize(
    ("public", "root"),
    [
        ("", ""),
        ("/", ""),
        ("/below/", "/below"),
        ("/a/b-c", "/a/b-c"),
        ("https://play.example/", ""),
        ("https://play.example:8443/below/", "/below"),
    ],
)
def test_the_path_under_which_a_proxy_shows_the_server_is_a_part_of_its_address(public: str, root: str) -> None:
    made = Settings(public_url=public)
    assert made.root == root
    assert made.public_url == public.rstrip("/")


def refusal(steps: int, optimizers: int, **settings: int) -> str:
    with pytest.raises(Problem) as refused:
        limits.admit_run(parse(race(steps, optimizers)), Settings(**settings))
    (error,) = refused.value.errors
    assert (refused.value.kind, refused.value.status) == ("too-large", 422)
    return f"{error.path} {error.message}"


def test_what_is_too_much_is_refused_with_the_limit_what_came_and_what_fits() -> None:
    assert refusal(51, 1, max_steps=50) == "steps must be at most 50 on this server; got 51."
    assert refusal(5, 3, max_optimizers=2) == "optimizers must be at most 2 on this server; got 3."
    assert "makes 202 entries; one answer holds at most 200. 2 optimizers have room for 99 steps" in refusal(
        100, 2, max_run_entries=200
    )
    # The costs are 1 for each row of gradient descent, and 3 for what rows share.
    message = refusal(100, 2, max_run_cost=450)
    assert "costs 500 " in message
    assert "at most 90 steps fit" in message
    assert refusal(100, 2, max_step_cost=4).startswith("optimizers cost 5 steps of gradient descent at each step;")


def test_what_is_just_within_the_limits_is_let_pass() -> None:
    settings = Settings(
        max_steps=100, max_optimizers=2, max_step_cost=5, max_run_cost=500, max_stream_cost=500, max_run_entries=202
    )
    limits.admit_run(parse(race(100, 2)), settings)
    limits.admit_stream(parse(race(100, 2)), settings)


def test_a_live_run_may_be_larger_than_one_answer() -> None:
    limits.admit_stream(parse(race(100_000, 64)), Settings())
    with pytest.raises(Problem):
        limits.admit_run(parse(race(100_000, 64)), Settings())


def training(steps: int, optimizers: int, hidden: list[int], batch: int | None = None) -> Experiment:
    model = {"name": "mlp", "hidden": hidden}
    objective = {"kind": "model", "model": model, "dataset": {"name": "digits"}, "batch_size": batch}
    return parse({"objective": objective, "optimizers": [{"name": "sgd", "lr": 0.1}] * optimizers, "steps": steps})


def test_a_model_is_priced_by_its_size_before_it_starts() -> None:
    with pytest.raises(Problem, match="at each step; at most 25000") as refused:
        limits.admit_stream(training(10, 64, [64] * 4), Settings())
    fits = int(str(refused.value.errors[0].message).split("About ")[1].split()[0])
    assert 1 < fits < 64
    limits.admit_stream(training(10, fits, [64] * 4), Settings())
    limits.admit_stream(training(10, 64, [64] * 4, batch=16), Settings())
    with pytest.raises(Problem, match="at most 250000000 here, so at most") as refused:
        limits.admit_stream(training(100_000, 8, [64] * 4), Settings())
    fits = int(str(refused.value.errors[0].message).split("so at most ")[1].split()[0])
    limits.admit_stream(training(fits, 8, [64] * 4), Settings())
    with pytest.raises(Problem):
        limits.admit_stream(training(fits + 1, 8, [64] * 4), Settings())


def test_limits_are_told_as_numbers() -> None:
    assert limits.public(Settings(max_steps=5))["steps"] == 5
