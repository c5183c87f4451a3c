"""`python -m app`: what it does is in app/commands.py."""

import sys
from pkgutil import resolve_name

from app.compute.pool import import_ahead
from app.web.preload import PRELOAD

if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        # Torch takes seconds to import: the process that workers are forked from does so beside this one.
        import_ahead(PRELOAD)
    sys.exit(resolve_name("app.commands:main")())
