"""Addresses that were written by any version so far open to the trajectories that they had."""

from playwright.sync_api import Page

from app.experiment import parse
from tests.e2e.scenes import visit
from tests.golden import assert_same, read_links, values_of
from tests.golden.page import read_addresses, read_views
from tests.server import Server


def test_addresses_open_to_their_trajectories_and_views(page: Page, server: Server) -> None:
    links = read_links()
    visit(page, server.url)
    opened = read_addresses(page, [link["address"] for link in links])
    views = read_views(page, [link["view"] for link in links])
    assert len(opened) == len(links) > 70
    for link, found, view in zip(links, opened, views, strict=True):
        assert found["problems"] == [], link["name"]
        assert found["view"] == view, link["name"]
        assert_same(values_of(parse(found["document"]), link["at"]), link["values"])
