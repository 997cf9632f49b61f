# Plain pip: only pip finds the CPU build of torch that constraints.txt pins.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test clean

demo: .venv/.installed
	ASSISTANT_HOME=.demo $(BIN)/assistant demo

test: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

clean:
	rm -rf .venv .demo build *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e .
	touch $@

.venv/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	touch .venv/.installed $@
