"""Sharing: links, QR code and snippet, by mouse, by keyboard, and without HTTPS."""

import html
import re

import httpx
from playwright.sync_api import Page, Route, expect

from tests.browser import Visitor, wait_painted, wait_until
from tests.e2e.scenes import NO_CLIPBOARD, RACE, card, make_short, picture, share, told, visit
from tests.patience import eventually
from tests.server import Server
from tests.web.qrreader import modules, text_of


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def at_end(page: Page) -> None:
    page.keyboard.press("End")
    page.mouse.move(700, 880)


def test_both_links_open_the_same_picture_elsewhere(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    expect(dialog.get_by_role("button", name="Copy link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(told(dialog)).to_have_text("Link copied.")
    long = clipboard(page)
    assert long.startswith(f"{server.url}/?v=1&on=booth")
    short = make_short(dialog)
    assert clipboard(page) == short
    assert re.fullmatch(re.escape(server.url) + "/e/[2-9a-z]{8}", short)
    page.keyboard.press("Escape")
    at_end(page)
    shown = picture(page)
    for link in (long, short):
        other = stranger.open()
        visit(other, link)
        at_end(other)
        assert eventually(lambda other=other: picture(other) == shown)
        stranger.forget()


def test_the_same_experiment_has_the_same_short_link_and_another_another(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.keyboard.press("End")
    links = []
    for tab in ("2D", "2D", "3D"):
        page.get_by_role("tab", name=tab).click()
        links.append(make_short(share(page)))
        page.keyboard.press("Escape")
    assert links[0] == links[1] != links[2]
    kept = httpx.get(links[2].replace("/e/", "/api/experiments/"), trust_env=False).json()
    assert kept["view"]["tab"] == "3d"
    assert kept["experiment"]["optimizers"][1]["lr"] == 0.4
    dialog = share(page)
    make_short(dialog)
    field = dialog.get_by_role("textbox", name="title of short link and files")
    field.fill("Heavy <b>balls</b>")
    expect(dialog.get_by_role("textbox", name="short link", exact=True)).to_have_value("")
    titled = httpx.get(make_short(dialog).replace("/e/", "/api/experiments/"), trust_env=False).json()
    assert titled == kept | {"id": titled["id"], "title": "Heavy <b>balls</b>", "created": titled["created"]}
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download PyTorch script").click()
    assert download.value.suggested_filename.startswith("Heavy")


def test_it_all_works_by_keyboard_and_keeps_the_focus_inside(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.get_by_role("button", name="Share", exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Share")
    expect(dialog.get_by_role("button", name="Copy link")).to_be_focused()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        outside = page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('dialog')")
        assert not outside
        seen.add(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
        )
    assert {"Copy link", "Make short link", "Show QR code", "Copy snippet", "Download PyTorch script"} <= seen
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()


def test_the_qr_code_is_of_the_shortest_link_there_is(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    short = make_short(dialog)
    drawn: list[bytes] = []

    def look(route: Route) -> None:
        answer = route.fetch()
        drawn.append(answer.body())
        route.fulfill(response=answer)

    page.route("**/api/qr", look)
    dialog.get_by_role("button", name="Show QR code").click()
    shown = page.get_by_role("dialog", name="QR code")
    expect(shown).to_be_visible()
    assert [text_of(modules(svg)) for svg in drawn] == [short]
    box = shown.get_by_role("img", name="QR code of the link").bounding_box()
    assert box
    assert min(box["width"], box["height"]) > 600
    expect(shown).to_contain_text(short)
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(dialog).to_be_visible()


def test_the_snippet_follows_the_choices(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    field = dialog.get_by_role("textbox", name="snippet to embed")
    found = re.fullmatch(r'<iframe src="([^"]*)" width="640" height="480" .*></iframe>', field.input_value())
    assert found
    assert html.unescape(found[1]).startswith(f"{server.url}/?embed=1&v=1&on=booth")
    dialog.get_by_role("checkbox", name="player").uncheck()
    dialog.get_by_role("checkbox", name="curves").check()
    dialog.get_by_role("combobox", name="size").select_option(label="full width, 480 high")
    link = make_short(dialog)
    found = re.fullmatch(r'<iframe src="([^"]*)" width="100%" height="480" .*></iframe>', field.input_value())
    assert found
    assert html.unescape(found[1]) == link.replace("/e/", "/embed/") + "?hide=transport&show=curves"
    dialog.get_by_role("button", name="Copy snippet").click()
    assert clipboard(page) == field.input_value()
    other = stranger.open()
    visit(other, html.unescape(found[1]))
    expect(other.locator("#stage")).to_be_visible()
    expect(other.locator("#transport")).to_be_hidden()
    expect(other.locator("#curves")).to_be_visible()


def test_without_https_it_copies_all_the_same(page: Page, server: Server) -> None:
    page.add_init_script(NO_CLIPBOARD)
    visit(page, server.url + RACE)
    dialog = share(page)
    dialog.get_by_role("button", name="Copy link").click()
    expect(told(dialog)).to_have_text("Link copied.")
    expect(dialog.get_by_role("button", name="Copy link")).to_be_focused()
    field = dialog.get_by_role("textbox", name="snippet to embed")
    field.evaluate("field => { field.readOnly = false; }")
    field.fill("")
    page.keyboard.press("Control+v")
    assert field.input_value() == dialog.get_by_role("textbox", name="link", exact=True).input_value()


def test_where_nothing_can_be_copied_the_text_is_selected_and_it_says_so(page: Page, server: Server) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false;")
    visit(page, server.url + RACE)
    dialog = share(page)
    dialog.get_by_role("button", name="Copy link").click()
    expect(told(dialog)).to_contain_text("copy it with Ctrl+C")
    field = dialog.get_by_role("textbox", name="link", exact=True)
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(field.input_value())


def test_a_short_link_is_never_shown_for_another_title_or_experiment(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    card(page, "Adam").get_by_role("slider", name="learning rate").press("ArrowRight")
    wait_painted(page)
    dialog = share(page)
    title = dialog.get_by_role("textbox", name="title of short link and files")
    field = dialog.get_by_role("textbox", name="short link", exact=True)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/experiments", hold)
    dialog.get_by_role("button", name="Make short link").click()
    expect(field).to_have_attribute("placeholder", "being made…")
    title.fill("Typed too late")
    waiting[0].continue_()
    expect(told(dialog)).to_contain_text("have changed while the short link was made")
    page.unroute("**/api/experiments")
    expect(field).to_have_value("")
    expect(title).to_have_value("Typed too late")
    short = make_short(dialog)
    kept = httpx.get(short.replace("/e/", "/api/experiments/"), trust_env=False).json()
    assert kept["title"] == "Typed too late"
    # Back to the title that it was not made of, and to the one that it was.
    title.fill("Typed too")
    expect(field).to_have_value("")
    title.fill("Typed too late")
    expect(field).to_have_value(short)
    long = dialog.get_by_role("textbox", name="link", exact=True)
    before = long.input_value()
    page.evaluate("history.back()")
    expect(long).not_to_have_value(before)
    expect(field).to_have_value("")
    other = httpx.get(make_short(dialog).replace("/e/", "/api/experiments/"), trust_env=False).json()
    assert other["experiment"]["optimizers"][1]["lr"] == 0.4 != kept["experiment"]["optimizers"][1]["lr"]


def test_a_saved_page_shares_what_it_shows(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    short = make_short(share(page))
    visit(page, short)
    dialog = share(page)
    snippet = html.unescape(dialog.get_by_role("textbox", name="snippet to embed").input_value())
    assert f'src="{short.replace("/e/", "/embed/")}"' in snippet or f'src="{server.url}/?embed=1&v=1' in snippet
    page.keyboard.press("Escape")
    slider = card(page, "Adam").get_by_role("slider", name="learning rate")
    slider.press("ArrowRight")
    wait_painted(page)
    wait_until(page, "location.search !== ''")
    assert make_short(share(page)) != short
