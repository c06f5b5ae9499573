# Two commands do everything: `make run` and `make test`. The work is in scripts/setup.py, which
# needs nothing but Python 3.11 or newer and says in one line what is missing.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && echo $$p && break; done)
PORT ?= 8501
BIN = .venv/bin

.PHONY: run test lint setup clean need-python

run: need-python
	@$(PYTHON) scripts/setup.py run
	@$(BIN)/incidents demo --store sample.gpkg --port $(PORT)

test: need-python
	@$(PYTHON) scripts/setup.py test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

setup: need-python
	@$(PYTHON) scripts/setup.py test

clean:
	rm -rf .venv build dist dashboard/assets/vendor tests/browser/vendor geodata/data/gazetteer.sqlite* sample.gpkg*

need-python:
	@test -n "$(PYTHON)" || { echo "Incident Atlas needs Python 3.11 or newer: install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
