"""The two collections that most surfaces are printed in."""

from app.core.references import Reference


def library(name: str, page: str) -> Reference:
    """The function `name` on its page in the library of Surjanovic and Bingham."""
    title = f"Surjanovic and Bingham, Virtual Library of Simulation Experiments: {name}"
    return Reference(title, f"https://www.sfu.ca/~ssurjano/{page}.html")


def survey(name: str) -> Reference:
    """The function `name` in the survey of Jamil and Yang."""
    title = f"Jamil and Yang (2013), A literature survey of benchmark functions: {name}"
    return Reference(title, "https://arxiv.org/abs/1308.4008")
