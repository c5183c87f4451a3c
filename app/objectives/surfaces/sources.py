"""The two collections that most surfaces are printed in."""

from app.objectives.surfaces.base import Source


def library(name: str, page: str) -> Source:
    """The function `name` on its page in the library of Surjanovic and Bingham."""
    title = f"Surjanovic and Bingham, Virtual Library of Simulation Experiments: {name}"
    return Source(title, f"https://www.sfu.ca/~ssurjano/{page}.html")


def survey(name: str) -> Source:
    """The function `name` in the survey of Jamil and Yang."""
    title = f"Jamil and Yang (2013), A literature survey of benchmark functions: {name}"
    return Source(title, "https://arxiv.org/abs/1308.4008")
