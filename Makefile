# One command for each thing. `make help` lists them.
PYTHON ?= python3
PY := .venv/bin/python

# Tests wait for servers and pages, so one more than there are processors; each may take 3 GiB.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 4 ? n + 1 : 4)))

export PYTHON
.DEFAULT_GOAL := help
.PHONY: help serve test check format bench lock installed installed-dev

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16
	@echo "Variables: PORT=8000 HOST=127.0.0.1 WORKERS=3 (of make test) PYTHON=python3"
	@echo "           TORCH_INDEX=URL (extra package index for torch)"

serve: installed ## install what is missing and serve http://127.0.0.1:8000
	@$(PY) -m app serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: installed-dev ## every test, in a real browser too
	@scripts/browser.sh
	@scripts/postgres.sh
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadgroup

check: installed-dev ## formatter, linter, types, architecture: seconds
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m pytest -q --noconftest tests/test_architecture.py

format: installed-dev ## rewrite the code in its one format
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: installed-dev ## measurements: a table here, JSON in bench-results/
	@$(PY) -m tests.bench

lock: installed-dev ## pin the newest versions that pyproject.toml allows
	@$(PY) scripts/lock.py

installed:
	@scripts/setup.sh requirements.lock

installed-dev: installed
	@scripts/setup.sh requirements-dev.lock
