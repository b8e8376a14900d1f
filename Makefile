# Every target works from a fresh clone: the first one to run makes .venv with the versions that
# constraints.txt pins. Commands come in pairs: one that writes, one that only looks.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := $(wildcard generator templates tests benchmarks docs)

# What the generator writes is never formatted: the templates print it as it shall be.
WRITTEN := --exclude generated --exclude 'tests/golden/**/expected'

.DEFAULT_GOAL := help
.PHONY: help generate check golden format format-check lint types test bench docs dist fuzz clean

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1:/p' Makefile | awk -F: '{ printf "  make %-13s %s\n", $$1, $$2 }'

generate: $(READY) ## write generated/, the JSON Schemas and the reference pages from schemas/ and templates/
	@$(BIN)/dimsegen generate
	@$(BIN)/dimsegen json-schema
	@$(BIN)/dimsegen docs

check: $(READY) ## say whether they are what schemas/ and templates/ give
	@$(BIN)/dimsegen generate --check
	@$(BIN)/dimsegen json-schema --check
	@$(BIN)/dimsegen docs --check

golden: $(READY) ## write the expected output in tests/golden; `make test` checks it
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/golden

format: $(READY) ## format what is written by hand
	@$(BIN)/ruff check --quiet --select I --fix $(WRITTEN) $(SOURCES)
	@$(BIN)/ruff format $(WRITTEN) $(SOURCES)

format-check: $(READY) ## say whether everything is formatted, what is generated included
	@$(BIN)/ruff format --check .

lint: $(READY) ## look for mistakes with ruff
	@$(BIN)/ruff check .

types: $(READY) ## look for mistakes with mypy
	@$(BIN)/mypy

test: $(READY) ## run the tests; `make test ARGS='-k n_get'` runs some
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

interop-explorer: $(READY) .browser ## look at the matrix explorer in Chromium
	@$(BIN)/python -m pip install --quiet selenium==4.51.0
	@$(BIN)/python -m pytest -m explorer tests/interop/explorer $(ARGS)

bench: $(READY) ## compare speed with pynetdicom and with code written by hand
	@$(BIN)/python -m benchmarks

docs: $(VENV)/.docs ## build the site in docs/_build/html
	@$(BIN)/sphinx-build -q -E -W --keep-going -b html docs docs/_build/html
	@echo 'docs/_build/html/index.html'

$(VENV)/.docs: $(READY)
	@echo 'installing the extra docs into $(VENV)'
	@$(BIN)/python -m pip install --quiet -c constraints.txt --no-build-isolation -e '.[docs]'
	@touch $@

dist: $(READY) ## build and try what is published: sdist, wheel, list of parts
	@$(BIN)/python -m pip install --quiet twine==7.0.0 cyclonedx-bom==7.5.0
	@$(BIN)/python -m tests.release

FUZZ_SECONDS ?= 60
fuzz: $(READY) ## look for bytes that break decode, for FUZZ_SECONDS seconds
	@$(BIN)/python -m pip install --quiet atheris==3.0.0
	@$(BIN)/python tests/fuzz/fuzz_decode.py -max_total_time=$(FUZZ_SECONDS)

clean: ## remove .venv, caches and builds
	@rm -rf $(VENV) build dist docs/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The build back end is installed first and used as it is, so that it is a pinned one, too.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
	    || { echo '$(PYTHON) is missing or older than 3.10: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory .venv-module
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo 'installing what constraints.txt pins into $(VENV)'
	@{ $(BIN)/python -m pip install -c constraints.txt hatchling \
	    && $(BIN)/python -m pip install -c constraints.txt --no-build-isolation -e '.[dev]'; \
	    } >$(VENV)/install.log 2>&1 || { tail -n 30 $(VENV)/install.log >&2; exit 1; }
	@touch $@

# Debian leaves the standard library's venv to a package of its own.
.PHONY: .venv-module
.venv-module:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'installing python3-venv'; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    said=$$({ apt-get update && apt-get install -y python3-venv; } 2>&1) \
	        || { printf '%s\n' "$$said" | tail -n 30 >&2; exit 1; }; \
	fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo '$(PYTHON) cannot make .venv: install its venv module (python3-venv)' >&2; exit 1; }

.PHONY: .browser
.browser:
	@command -v chromedriver >/dev/null && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'installing chromium'; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    said=$$({ apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver; } 2>&1) \
	        || { printf '%s\n' "$$said" | tail -n 30 >&2; exit 1; }; \
	fi; \
	command -v chromedriver >/dev/null \
	    || { echo 'Chromium is missing: install chromium and chromium-driver, or run this as root on Debian' >&2; exit 1; }
