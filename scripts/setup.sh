#!/bin/sh
# Makes .venv and installs one lock file into it; does nothing when exactly that was done before.
#   PYTHON=python3     the interpreter to use
#   TORCH_INDEX=URL    one more package index, such as the one with torch for the CPU alone
set -eu
cd "$(dirname "$0")/.."
lock=$1
python=${PYTHON:-python3}
done_mark=.venv/$lock

# The mark is a copy of the lock, written last: an interrupted installation has none and is taken up again.
if cmp -s "$lock" "$done_mark" && .venv/bin/python -c ''; then
    exit 0
fi

if ! .venv/bin/python -c '' 2>/dev/null; then
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "Python 3.11 or newer is needed, and $python is not that. Name another one: make PYTHON=python3.12 ..." >&2
        exit 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "$python cannot make virtual environments: its venv module is missing (on Debian: apt install python3-venv)." >&2
        exit 1
    fi
    "$python" -m venv --clear .venv
fi

echo "Installing $lock into .venv; the first time this takes minutes."
.venv/bin/python -m pip install --disable-pip-version-check --quiet \
    ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -r "$lock"
cp "$lock" "$done_mark"
