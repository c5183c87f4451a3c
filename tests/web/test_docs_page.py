"""The page of the API in a real browser, under the content policy."""

from playwright.sync_api import Browser

from tests.web.serving import Backend


def test_calls_can_be_tried_without_any_other_server(browser: Browser, server: Backend) -> None:
    asked, faults = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{server.url}/api/docs")
    for path in ("/healthz", "/api/run", "/api/field"):
        form = page.locator("details", has=page.locator("code", has_text=path))
        form.locator("summary").click()
        form.get_by_role("button", name="Send").click()
        form.get_by_role("status").filter(has_text="200 OK").wait_for()
        assert form.locator("pre").inner_text().startswith("{")
    form = page.locator("details", has=page.locator("code", has_text="/api/field"))
    form.get_by_role("textbox").fill("{}")
    assert faults == []
    form.get_by_role("button", name="Send").click()
    form.get_by_role("status").filter(has_text="422").wait_for()
    page.close()
    assert asked
    assert all(url.startswith(server.url) for url in asked)
