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
.PHONY: help generate check editions diff golden format format-check lint types test interop interop-peers interop-record interop-pynetdicom interop-explorer interop-cluster bench docs dist fuzz fuzz-pdu clean

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | awk '{ \
	    line = sprintf("  make %-19s", $$1); \
	    for (i = 2; i <= NF; i++) { \
	        if (length(line " " $$i) > 79) { print line; line = sprintf("%26s", "") } \
	        line = line " " $$i } \
	    print line }'

generate: $(READY) ## write generated/, the JSON Schemas and the reference pages from schemas/ and templates/
	@$(BIN)/dimsegen generate
	@$(BIN)/dimsegen json-schema
	@$(BIN)/dimsegen docs

check: $(READY) ## say whether they are what schemas/ and templates/ give
	@$(BIN)/dimsegen generate --check
	@$(BIN)/dimsegen json-schema --check
	@$(BIN)/dimsegen docs --check

EDITIONS ?= docbook
editions: $(READY) ## write docs/editions from a folder of editions in DocBook: EDITIONS=FOLDER
	@$(BIN)/dimsegen editions $(EDITIONS)

BASE ?=
diff: $(READY) ## say whom the change of schemas/ breaks; `make diff BASE=v1.0` since v1.0
	@$(BIN)/dimsegen diff $(BASE)

golden: $(READY) ## write the expected output in tests/golden; `make test` checks it
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/golden

format: $(READY) ## format what is written by hand, the schemas included
	@$(BIN)/ruff check --quiet --select I --fix $(WRITTEN) $(SOURCES)
	@$(BIN)/ruff format $(WRITTEN) $(SOURCES)
	@$(BIN)/dimsegen fmt

format-check: $(READY) ## say whether everything is formatted, what is generated included
	@$(BIN)/ruff format --check .
	@$(BIN)/dimsegen fmt --check

lint: $(READY) ## look for mistakes with ruff, in the schemas with dimsegen
	@$(BIN)/ruff check .
	@$(BIN)/dimsegen lint

types: $(READY) ## look for mistakes with mypy
	@$(BIN)/mypy

test: $(READY) ## run the tests; `make test ARGS='-k n_get'` runs some
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

interop: interop-peers interop-pynetdicom interop-explorer interop-cluster ## exchange messages with other software, and run its tests

interop-pynetdicom: $(READY) ## run all tests of pynetdicom with our classes, and with our codec
	@$(BIN)/python -m tests.interop.suite $(ARGS)

PEERS := build/peers
interop-peers: $(READY) .peers ## exchange every service with DCMTK and Orthanc
	@$(BIN)/python -m pytest -m peers tests/interop/peers --peers-seen $(PEERS)
	@$(BIN)/python -m tests.interop.peers check $(PEERS)

interop-record: $(READY) .peers ## the same, and keep it: the corpus and docs/peers.md
	@$(BIN)/python -m pytest -m peers tests/interop/peers --peers-seen $(PEERS)
	@$(BIN)/python -m tests.interop.peers record $(PEERS)

interop-explorer: $(READY) .browser ## look at the matrix explorer and a page of audit in Chromium
	@$(BIN)/python -m pip install --quiet selenium==4.51.0
	@$(BIN)/python -m pytest -m explorer tests/interop/explorer $(ARGS)

interop-cluster: $(READY) ## audit captures on a Dask scheduler with workers
	@$(BIN)/python -m pip install --quiet distributed==2026.8.0
	@$(BIN)/python -m pytest -m cluster tests/interop/cluster $(ARGS)

bench: $(READY) .peers ## compare speed with pynetdicom, with DCMTK and with code written by hand
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

fuzz-pdu: $(READY) ## look for bytes that break decode_pdu, for FUZZ_SECONDS seconds
	@$(BIN)/python -m pip install --quiet atheris==3.0.0
	@$(BIN)/python tests/fuzz/fuzz_decode_pdu.py -max_total_time=$(FUZZ_SECONDS)

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

# Other software to talk to. Orthanc is a server: Debian puts it where only root's PATH looks.
.PHONY: .peers .browser
.peers .browser: export PATH := $(PATH):/usr/sbin:/usr/local/sbin
.peers:
	$(call needs,echoscu Orthanc tcpdump,dcmtk orthanc tcpdump)

.browser:
	$(call needs,chromedriver,chromium chromium-driver)

# $(call needs,COMMANDS,PACKAGES): where a command is missing, install the packages of Debian.
define needs
@has() { for command in $(1); do command -v $$command >/dev/null || return 1; done; }; \
has && exit; \
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    echo 'installing $(2)'; \
    export DEBIAN_FRONTEND=noninteractive; \
    said=$$({ apt-get update && apt-get install -y --no-install-recommends $(2); } 2>&1) \
        || { printf '%s\n' "$$said" | tail -n 30 >&2; exit 1; }; \
fi; \
has || { echo 'missing one of $(1): install $(2), or run this as root on Debian' >&2; exit 1; }
endef
