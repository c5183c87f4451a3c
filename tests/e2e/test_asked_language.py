"""An address that asks for a language: it opens as any other, and goes on asking for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import COMPLETE, wait_until
from tests.e2e.scenes import RACE, share, visit
from tests.e2e.test_compare import LEFT, RIGHT, open_comparison
from tests.e2e.test_saved_links import RACE as SAVED
from tests.e2e.test_saved_links import save
from tests.server import Server


def assert_nothing_told(page: Page) -> None:
    expect(page.locator("#notices .notice")).to_have_count(0)


def test_a_language_alone_is_no_experiment(page: Page, server: Server) -> None:
    visit(page, server.url)
    first = page.title(), page.locator("#problem").inner_text(), page.locator("#optimizers").inner_text()
    wait_until(page, "location.search.startsWith('?v=')")
    address = page.evaluate("location.search")
    visit(page, f"{server.url}/?lang=en")
    assert_nothing_told(page)
    assert (page.title(), page.locator("#problem").inner_text(), page.locator("#optimizers").inner_text()) == first
    wait_until(page, f"location.search === '{address}&lang=en'")


@pytest.mark.parametrize("asked", ["/?lang=en&{}", "/?{}&lang=en"])
def test_it_stays_while_the_experiment_changes_and_is_not_shared(page: Page, server: Server, asked: str) -> None:
    race = RACE.removeprefix("/?")
    visit(page, server.url + asked.format(race))
    assert_nothing_told(page)
    page.keyboard.press("2")
    wait_until(page, f"location.search === '?{race}&view=3d&lang=en'")
    link = share(page).get_by_role("textbox", name="link", exact=True)
    expect(link).to_have_value(f"{server.url}/?{race}&view=3d")


def test_a_saved_experiment_keeps_it(page: Page, server: Server) -> None:
    saved = save(server, SAVED)
    visit(page, f"{saved}?lang=en")
    assert_nothing_told(page)
    expect(share(page).get_by_role("textbox", name="link", exact=True)).to_have_value(saved)
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    wait_until(page, "location.pathname === '/' && location.search.endsWith('&view=3d&lang=en')")


def test_a_part_of_another_page_leads_to_the_same_language(page: Page, server: Server) -> None:
    saved = save(server, SAVED)
    visit(page, f"{saved.replace('/e/', '/embed/')}?lang=en")
    assert_nothing_told(page)
    expect(page.locator("#embed-link")).to_have_attribute("href", f"{saved.removeprefix(server.url)}?lang=en")


def test_a_comparison_keeps_it(page: Page, server: Server) -> None:
    open_comparison(page, server, left=f"lang=en&{LEFT}", right=RIGHT, lang="en")
    assert_nothing_told(page)
    page.get_by_role("tab", name="3D", exact=True).click()
    wait_until(page, "location.search.includes('view=3d') && location.search.endsWith('&lang=en')")
    page.reload()
    wait_until(page, COMPLETE)
    expect(page.locator("#right").get_by_role("link")).to_have_attribute("href", f"/?{RIGHT}&lang=en")
