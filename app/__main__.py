"""`python -m app`: what it does is in app/commands.py."""

import sys

from app.commands import main

if __name__ == "__main__":
    sys.exit(main())
