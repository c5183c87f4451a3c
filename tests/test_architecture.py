"""The source keeps its rules, and the readers of the rules see a fault where there is one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import browser, python, sentences, sizes, waiting
from tests.architecture.base import Breach, files

ROOT = Path(__file__).parent.parent
Rule = Callable[[Path], list[Breach]]

RULES: tuple[Rule, ...] = (
    python.layers,
    python.packages,
    python.nested_imports,
    python.import_cycles,
    python.environment,
    python.class_names,
    browser.script_imports,
    browser.script_cycles,
    browser.script_words,
    browser.script_heads,
    browser.addresses,
    browser.templates,
    sentences.python_sentences,
    sentences.script_sentences,
    sentences.template_sentences,
    sizes.long_files,
    waiting.fixed_patience,
)

FAULTS: tuple[tuple[Rule, str, str, int], ...] = (
    (python.layers, "app/core/text.py", "import json\nimport app.engine.run", 2),
    (python.layers, "app/core/text.py", "from app.web import api", 1),
    (python.layers, "app/core/text.py", "from app import web", 1),
    (python.layers, "app/core/text.py", "from ..web import api", 1),
    (python.layers, "app/engine/run.py", "from app.limits import price", 1),
    (python.layers, "app/main.py", "from app.settings import Settings\nfrom app.engine.run import advance", 2),
    (python.layers, "app/gadgets/new.py", "", 1),
    (python.packages, "app/engine/run.py", "import torch\nimport asyncio", 2),
    (python.packages, "app/protocol/session.py", "from fastapi import WebSocket", 1),
    (python.packages, "app/catalog.py", "import jinja2.ext", 1),
    (python.packages, "app/core/params.py", "from torch import Tensor", 1),
    (python.packages, "app/settings.py", "import torch", 1),
    (python.packages, "app/protocol/messages.py", "import torch", 1),
    (python.nested_imports, "app/web/api.py", "def answer():\n    import json", 2),
    (python.nested_imports, "app/web/api.py", "class A:\n    async def answer(self):\n        from app import main", 3),
    (python.nested_imports, "app/web/api.py", "import importlib\nx = importlib.import_module('app.main')", 2),
    (python.environment, "app/web/api.py", "import os\nx = os.environ['HOME']", 2),
    (python.environment, "app/web/api.py", "from os import getenv", 1),
    (python.class_names, "app/web/api.py", "x = 1\n\nclass Chunk:\n    pass", 3),
    (browser.script_imports, "static/js/views/a.js", 'import {\n  b,\n} from "../net/b.js";', 3),
    (browser.script_imports, "static/js/views/a.js", 'import "../controls/b.js";', 1),
    (browser.script_imports, "static/js/controls/a.js", 'export { b } from "../views/b.js";', 1),
    (browser.script_imports, "static/js/controls/a.js", '// c\nconst b = await import("../net/b.js");', 2),
    (browser.script_imports, "static/js/main.js", 'import d3 from "d3";', 1),
    (browser.script_words, "static/js/state/a.js", "export const a = 1;\nwindow.a = a;", 2),
    (browser.script_words, "static/js/run/a.js", "const a = `${document.title}`;", 1),
    (browser.script_words, "static/js/net/messages.js", "f(window)", 1),
    (browser.script_words, "static/js/views/surface.js", "await Plotly.react(a);", 1),
    (browser.script_heads, "static/js/main.js", "const a = 1;\n// @ts-check", 1),
    (browser.script_heads, "tests/js/a.test.js", "test();", 1),
    (browser.addresses, "static/js/main.js", '// see https://example.org\nfetch("https://example.org/a.js")', 2),
    (browser.addresses, "static/css/base.css", 'a {}\n@import "https://fonts.example.org/x.css";', 2),
    (browser.addresses, "static/css/base.css", "a { background: url(//example.org/x.png) }", 1),
    (browser.templates, "templates/a.html", "<p>\n<script>go()</script>", 2),
    (browser.templates, "templates/a.html", "{# a\n #}<style>p {}</style>", 2),
    (browser.templates, "templates/a.html", '<p style="color: red">', 1),
    (browser.templates, "templates/a.html", '<button onclick="go()">', 1),
    (browser.templates, "templates/a.html", '<script src="https://cdn.example.org/p.js"></script>', 1),
    (browser.templates, "templates/a.html", '<link rel="stylesheet" href="//example.org/p.css">', 1),
    (sentences.python_sentences, "app/limits.py", '"""What it is."""\nDETAIL = "This is too large."', 2),
    (sentences.python_sentences, "app/limits.py", 'raise Problem("a", f"It must be {most} at most")', 1),
    (sentences.script_sentences, "static/js/main.js", "// it is so\nsetText(el, 'Drag the point');", 2),
    (sentences.script_sentences, "static/js/main.js", "setText(el, `${count} of all steps`);", 1),
    (sentences.template_sentences, "templates/a.html", "{# why #}\n<p>Hello</p>", 2),
    (sentences.template_sentences, "templates/a.html", '<p>{{ say("a") }}</p>\n<a title="Go there">', 2),
    (sizes.long_files, "app/core/text.py", "a = 1\n" * 251, 251),
    (waiting.fixed_patience, "tests/web/test_a.py", "def test_a():\n    run(timeout=12)", 2),
    (waiting.fixed_patience, "tests/e2e/test_a.py", "page.wait_for_timeout(300)", 1),
)

SOUND = {
    "app/__init__.py": "",
    "app/__main__.py": "from app.commands import main",
    "app/commands.py": "from app.main import create_app",
    "app/core/text.py": "import json",
    "app/engine/records.py": "class Chunk:\n    pass",
    "app/engine/run.py": "import torch\nfrom app import __version__\nfrom app.core.text import shorten",
    "app/engine/__init__.py": "from app.engine import run",
    "app/settings.py": "import os\nhome = os.environ",
    "app/web/api.py": "import asyncio\nfrom app.engine.run import advance",
    "tests/browser.py": "page.wait_for_timeout(20)\npage.recv(timeout=0)\npage.goto(timeout=PATIENCE)",
    "static/js/views/plotly.js": '// @ts-check\n/** @typedef {import("../net/a.js").A} A */\nPlotly.react("window");',
    "static/js/state/a.js": '// @ts-check\n// no window here\nconst a = { window: surface.window, b: "document" };',
    "static/js/state/b.js": '// @ts-check\nimport "./a.js";\nconst space = "http://www.w3.org/2000/svg";',
    "templates/a.html": '<a href="https://arxiv.org/a">{{ say("a") }}</a><script type="application/json">{}</script>',
    "templates/b.html": '<script type="module" src="{{ static("js/main.js") }}"></script>',
    "static/css/base.css": "/* https://example.org */ a { background: url(x.svg) }",
}


def write(root: Path, tree: dict[str, str]) -> None:
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.mark.parametrize(("folder", "suffix"), [("app", ".py"), ("static/js", ".js"), ("templates", ".html")])
def test_the_source_is_where_the_rules_look(folder: str, suffix: str) -> None:
    assert list(files(ROOT, folder, suffix))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps(rule: Rule) -> None:
    breaches = rule(ROOT)
    assert not breaches, "\n" + "\n".join(map(str, breaches))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_tree_is_let_pass_by(rule: Rule, tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    assert rule(tmp_path) == []


@pytest.mark.parametrize(("rule", "path", "text", "line"), FAULTS)
def test_a_fault_is_seen_with_file_and_line(rule: Rule, path: str, text: str, line: int, tmp_path: Path) -> None:
    write(tmp_path, SOUND | {path: text})
    assert [(breach.path, breach.line) for breach in rule(tmp_path)] == [(path, line)]


def test_a_cycle_of_imports_is_told_with_the_way_round(tmp_path: Path) -> None:
    write(
        tmp_path, {"app/core/a.py": "from app.core.b import x", "app/core/b.py": "import json\nfrom app.core import a"}
    )
    assert [str(breach) for breach in python.import_cycles(tmp_path)] == [
        "app/core/b.py:2: closes an import cycle: app/core/a.py -> app/core/b.py -> app/core/a.py"
    ]


def test_a_cycle_of_scripts_is_told_with_the_way_round(tmp_path: Path) -> None:
    write(tmp_path, {"static/js/a.js": 'import "./views/b.js";', "static/js/views/b.js": '\nimport "../a.js";'})
    assert [str(breach) for breach in browser.script_cycles(tmp_path)] == [
        "static/js/views/b.js:2: closes an import cycle: static/js/a.js -> static/js/views/b.js -> static/js/a.js"
    ]
