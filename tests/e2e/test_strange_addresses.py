"""Addresses that no page wrote, in a whole page: each opens, and what could not be used is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import COMPLETE, wait_until
from tests.controls.strange import with_faults
from tests.e2e.scenes import visit
from tests.e2e.test_compare import LEFT, asked, open_comparison
from tests.e2e.test_saved_links import RACE, save
from tests.server import Server

TOLD = re.compile("could( not)? be used")
ROW = "o=sgd;lr=0.02&o=adam;lr=0.4"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("v=1&on=rosenbrock&o=sgd;lr=0.01&utm.source=x", '"utm.source"'),
        ("on=booth&o=sgd;lr=0.05;=1&o=adam;lr=0.1", 'optimizers[0].""'),
        ("on=booth&on.a.b=1&a[]=1&=", 'objective.params."a.b"'),
        ("optimizers=5&o=sgd;schedule=none;betas[0]=1", "optimizers: is no field of an address"),
        ("embed=1&=1", '""'),
        ("&".join(["o=sgd"] * 9000), "too long"),
    ],
    ids=["dot", "nameless", "brackets", "document", "embed", "long"],
)
def test_a_strange_address_opens_and_says_so(page: Page, server: Server, query: str, told: str) -> None:
    visit(page, f"{server.url}/?{query}")
    expect(page.get_by_role("status").filter(has_text=TOLD)).to_contain_text(told)


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_any_address_opens(page: Page, server: Server, seed: int) -> None:
    visit(page, f"{server.url}/?{with_faults(seed)}")


def test_a_short_link_opens_whatever_stands_behind_it(page: Page, server: Server) -> None:
    visit(page, f"{save(server, RACE)}?a[]=1&utm_source=x&=2")
    notice = page.get_by_role("status").filter(has_text=TOLD)
    expect(notice).to_contain_text("a short link holds its experiment")
    expect(notice).not_to_contain_text("utm_source")


@pytest.mark.parametrize("strange", ["a[]=1&{}", "&={}", "__proto__=1&{}&o=sgd;lr.x=1", "a/b=1&{}&o=adam;;=5"])
def test_a_comparison_opens_with_the_rest(page: Page, server: Server, strange: str) -> None:
    """Also again, from the address that it had."""
    right = strange.format(LEFT) + "&seed=4"
    open_comparison(page, server, left=LEFT, right=right)
    expect(page.get_by_role("status").filter(has_text=TOLD)).to_have_count(1)
    wait_until(page, "location.search.includes('seed%3D4')")
    assert asked(page)["left"] == LEFT
    page.reload()
    wait_until(page, COMPLETE)
    expect(page.locator(".side[data-state=shown]")).to_have_count(2)


@pytest.mark.parametrize("seed", range(1010, 1013))
def test_any_comparison_opens(page: Page, server: Server, seed: int) -> None:
    open_comparison(page, server, left=LEFT, right=with_faults(seed))


@pytest.mark.parametrize(
    "query",
    [
        f"v=1&on=booth&start=-8,6&{ROW}&steps=80&fbclid=a.b&utm_source=x&utm_medium=social&gclid=1",
        "v=1&amp;on=booth&amp;start=-8%2C6&amp;o=sgd%3Blr%3D0.02&amp;o=adam%3Blr%3D0.4&amp;steps=8e+1",
        "v%3D1%26on%3Dbooth%26start%3D-8%2C6%26o%3Dsgd%3Blr%3D0.02%26o%3Dadam%3Blr%3D0.4%26steps%3D80",
    ],
    ids=["trackers", "twice", "whole"],
)
def test_an_address_that_others_have_changed_opens_without_a_word(page: Page, server: Server, query: str) -> None:
    visit(page, f"{server.url}/?{query}")
    wait_until(page, f"location.search === '?v=1&on=booth&start=-8,6&{ROW}&steps=80'")
    expect(page.locator("#notices .notice")).to_have_count(0)
