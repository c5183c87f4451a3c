#!/bin/sh
# Sees to it that there is a browser for the tests: Debian's Chromium without windows, else with them, else Playwright's.
set -eu
cd "$(dirname "$0")/.."

if command -v chromium-headless-shell >/dev/null; then
    exit 0
fi
# On Ubuntu the package of that name is only a pointer to a snap, so the distribution is asked for.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -q '^ID=debian' /etc/os-release; then
    echo "Installing Debian's chromium-headless-shell for the tests."
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; then
        exit 0
    fi
    echo "That did not work." >&2
fi
if command -v chromium >/dev/null; then
    exit 0
fi
exec .venv/bin/python -m playwright install --only-shell chromium
