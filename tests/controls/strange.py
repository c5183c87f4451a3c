"""Addresses that no page ever wrote: an honest one with faults put in at random places."""

import random
from collections.abc import Callable
from urllib.parse import quote

HONEST = (
    "v=1&on=quadratic&on.condition=30&start=-1,2&o=sgd;lr=0.001;momentum=0.5&o=adam;lr=0.1;schedule=step;schedule.gamma=0.5"
    "&steps=60&noise=0.1",
    "v=1&model=mlp&model.hidden=8,&data=xor&data.noise=0.2&o=adam;lr=0.02&batch_size=8&steps=40",
    "v=1&on=booth&o=rmsprop;lr=0.1;label=a%3Bb&o=adamw;lr=0.1;betas=0.8,0.9&steps=50&seed=3&view=3d",
)
STEMS = ("", "a", "lr", "noise", "utm.source", "o", "on", "__proto__", "constructor", "toString", "hasOwnProperty", "é")
JOINTS = ("", ".", "[]", "[0]", "..", ".b", "[x].y", ".0", "%5B1%5D", " ", '"', "%00", "]", ".__proto__")
VALUES = (
    "",
    "1",
    "x",
    "=",
    "1,2",
    ",",
    "null",
    "true",
    "NaN",
    "1e999",
    "%",
    "%E2%",
    "[]",
    "{}",
    ".",
    "-",
    "a.b",
    "9" * 30,
)
FIELDS = (
    "start",
    "steps",
    "seed",
    "noise",
    "dtype",
    "clip_norm",
    "version",
    "v",
    "view",
    "camera",
    "hide",
    "step",
    "range",
)


def unknown(source: random.Random) -> str:
    """The name of a field that nothing has."""
    name = source.choice(STEMS) + source.choice(JOINTS[1:]) + source.choice(JOINTS)
    return name if source.random() < 0.7 else quote(name)


def value(source: random.Random) -> str:
    return source.choice(VALUES) if source.random() < 0.8 else str(source.uniform(-1e9, 1e9))


def add_field(fields: list[str], source: random.Random) -> None:
    fields.insert(source.randint(0, len(fields)), f"{unknown(source)}={value(source)}")


def add_inner(fields: list[str], source: random.Random) -> None:
    place = source.choice([index for index, field in enumerate(fields) if field.startswith("o=")])
    prefix = source.choice(("", "schedule."))
    fields[place] += f";{prefix}{unknown(source)}={value(source)}"


def add_param(fields: list[str], source: random.Random) -> None:
    owner = "on" if any(field.startswith("on=") for field in fields) else source.choice(("model", "data"))
    fields.append(f"{owner}.{unknown(source)}={value(source)}")


UNKNOWN: tuple[Callable[[list[str], random.Random], None], ...] = (add_field, add_inner, add_param)


def spoil(fields: list[str], source: random.Random) -> None:
    place = source.randrange(len(fields))
    name, _, _ = fields[place].partition("=")
    fields[place] = f"{name}={value(source)}"


def spoil_inner(fields: list[str], source: random.Random) -> None:
    place = source.choice([index for index, field in enumerate(fields) if field.startswith("o=")] or [0])
    parts = fields[place].split(";")
    at = source.randrange(len(parts))
    parts[at] = f"{parts[at].partition('=')[0]}={value(source)}"
    fields[place] = ";".join(parts)


def repeat(fields: list[str], source: random.Random) -> None:
    fields.append(f"{source.choice(FIELDS)}={value(source)}")
    fields.append(fields[source.randrange(len(fields))])


def drop_sign(fields: list[str], source: random.Random) -> None:
    place = source.randrange(len(fields))
    fields[place] = fields[place].replace(source.choice("=;.,"), source.choice(("", "&", ";", "==", "%")))


ANY = (*UNKNOWN, spoil, spoil_inner, repeat, drop_sign)


def with_unknown(seed: int) -> tuple[str, str]:
    """An honest address, and the same with one to three fields that nothing has."""
    source = random.Random(seed)
    honest = source.choice(HONEST)
    fields = honest.split("&")
    for _ in range(source.randint(1, 3)):
        source.choice(UNKNOWN)(fields, source)
    return honest, "&".join(fields)


def with_faults(seed: int) -> str:
    """An address with one to five faults of any kind."""
    source = random.Random(seed)
    fields = source.choice(HONEST).split("&")
    for _ in range(source.randint(1, 5)):
        source.choice(ANY)(fields, source)
    return "&".join(fields)
