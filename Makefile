# make demo, make test: each sets up what it needs. make help lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
# Dozens of processes start in the tests: none compiles anew what another one has.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test thorough coverage lint docs golden golden-mutants pictures contact-sheets browser lock kills year network clean help
.DEFAULT_GOAL := help

demo: $(VENV)/run.done ## set up, then serve the simulated drill in the dashboard (PORT=8600)
	$(BIN)/floodgauge demo $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.done lint browser ## set up, then run every check and test
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

thorough: $(VENV)/dev.done browser ## the tests again, with ten times the examples where one takes a second
	THOROUGH=1 $(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

coverage: $(VENV)/dev.done browser ## the tests again, with the lines that none of them runs
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

lint: $(VENV)/dev.done ## style, types, import rules, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs --check
	$(BIN)/python .ci/locked_extras.py

docs: $(VENV)/dev.done ## write the generated parts of README and docs again
	$(BIN)/python -m docs

golden: $(VENV)/dev.done ## write anew what the golden histories say, showing the differences
	$(BIN)/python -m tests.golden.write
	GOLDEN_ALL=1 $(BIN)/python -m pytest -q -n 2 tests/golden/test_golden.py -k postgresql

golden-mutants: $(VENV)/dev.done ## make mistakes on purpose, in copies, and see that a test fails for each
	$(BIN)/python -m tests.golden.mutations

kills: $(VENV)/dev.done ## kill -9 two hundred collecting runs and look at what is left
	$(BIN)/python -m tests.kill_collect

year: $(VENV)/dev.done ## a simulated year of hourly runs over ten apps; its result goes to docs/collecting.md
	$(BIN)/python -m tests.simulated_year --write docs/collecting.md

network: $(VENV)/dev.done ## networks at full size: ten million shares, a million texts, nulls, planted groups; into docs/network.md
	$(BIN)/python -m benchmarks.network --write

pictures: $(VENV)/dev.done browser ## take the pictures of the README again
	$(BIN)/python -m docs.pictures

contact-sheets: $(VENV)/dev.done browser ## take every page in every look, into build/pictures
	$(BIN)/python -m docs.pictures --sheet build/pictures

browser: # Debian's chromium, for the browser tests
	@command -v chromium >/dev/null || { \
	  echo "Installing chromium for the browser tests ..."; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium fonts-noto-core >/dev/null; \
	} || echo "No chromium: the browser tests will say so."

lock: $(VENV)/python.done ## pin all versions anew, with hashes
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade --group build --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --group build -c requirements-dev.lock pyproject.toml -o requirements.lock

clean: ## remove what the build made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist build

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/python.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Floodgauge needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.done: $(VENV)/python.done requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
