# Two commands do all: `make leaderboard` scores every submission and builds the site,
# `make test` passes the tests. The environment is made on first use.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: leaderboard test site lint clean

leaderboard: .venv/installed
	$(BIN)/cimaise run
	$(BIN)/cimaise show
	$(BIN)/cimaise site

test: .venv/installed-dev
	$(BIN)/python -m pytest -n auto

site: .venv/installed
	$(BIN)/cimaise site

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

clean:
	rm -rf site .cimaise

# Re-installed only when pyproject.toml is newer than the mark.
.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cimaise needs Python 3.11 or newer; say which with: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	@echo "Installing into .venv: about two minutes and 7 GB, most of it torch."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing the tools for tests."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs,demo,dev]'
	touch $@
