"""What a page says of itself where a link to it is pasted: title, description, picture, and the page to embed."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from app.core.words import say
from app.experiment import Experiment
from app.web.saved import Link

NAME = "Optimizer Playground"
MOST_NAMED = 4
PICTURE = (1200, 630)  # px

# What turns the direction of all text after it, also of what is not part of a title.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Tags:
    """title, line: plain text. url, picture, oembed: whole addresses, empty where there is none to tell."""

    title: str = NAME
    line: str = ""
    url: str = ""
    picture: str = ""
    oembed: str = ""


def general(public: str, brand: str) -> Tags:
    """Of any experiment that its address holds; public: how links to this server begin, empty where that is not set;
    brand: the path of a picture, which needs a whole address. There is no other address to tell than the one that was
    pasted.
    """
    return Tags(line=say("tags.general"), picture=f"{public}{brand}" if public else "")


def tags_of(link: Link, base: str) -> Tags:
    """Of a saved experiment; base: how addresses of this server begin."""
    url = f"{base}/e/{link.id}"
    oembed = f"{base}/oembed?format=json&url={quote(url, safe='')}"
    return Tags(title_of(link), line_of(link.experiment), url, f"{url}/preview.png", oembed)


def title_of(link: Link) -> str:
    """The title that was given, or else what is minimised."""
    return plain(link.title).strip() or link.experiment.objective.title


def line_of(experiment: Experiment) -> str:
    """Who races on what: nothing that had to be computed."""
    labels = [plain(choice.label) for choice in experiment.optimizers]
    title, steps = experiment.objective.title, experiment.steps
    return say("tags.line", names=_listed(labels), title=title, n=steps, steps=f"{steps:,}")


def _listed(labels: list[str]) -> str:
    """The labels in a row, the first few of many."""
    if len(labels) > MOST_NAMED:
        return say("tags.more", names=", ".join(labels[:MOST_NAMED]), n=len(labels) - MOST_NAMED)
    *before, last = labels
    return say("tags.both", names=", ".join(before), last=last) if before else last


def plain(text: str) -> str:
    """`text` without the marks that turn the direction of what is written after it."""
    return _TURNS.sub("", text)
