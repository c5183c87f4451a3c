#!/bin/sh
# Sees to it that there is a PostgreSQL for the tests, which start a server of their own: what is there, else Debian's.
set -eu

for program in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres; do
    if [ -x "$program" ]; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's postgresql for the tests."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    exit 0
fi
echo "The tests need PostgreSQL: put initdb and postgres in the path, or install Debian's package postgresql." >&2
exit 1
