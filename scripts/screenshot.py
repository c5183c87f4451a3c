"""Takes the picture of the page that README.md shows."""

from pathlib import Path

from tests.browser import chromium, open_page
from tests.server import Server

SCENE = (
    "/?v=1&on=himmelblau&start=-0.5,-0.6&o=sgd;lr=0.005&o=sgd;lr=0.005;momentum=0.9&o=rmsprop;lr=0.05&o=adam;lr=0.2"
    "&steps=200"
)
STEP = 46
TARGET = Path("docs/screenshot.png")


def main() -> None:
    """Serves, opens the scene, stops it at a telling step, and writes the picture."""
    server = Server()
    try:
        with chromium() as browser:
            page = open_page(browser, server.url + SCENE, reduced_motion="reduce")
            page.wait_for_timeout(1500)
            page.get_by_role("slider", name="Step", exact=True).fill(str(STEP))
            page.wait_for_timeout(500)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=TARGET)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
