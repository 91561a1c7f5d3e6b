# Targets: setup build demo test proof lab bench lint docs. Each works in a fresh clone with Python 3.11+ and make.
PYTHON ?= python3
SIZE ?= full
.DEFAULT_GOAL := demo
.PHONY: setup build demo test proof lab bench lint docs

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/ready

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('safelearn needs Python 3.11 or later; this is ' + sys.version.split()[0] + '. Try: make PYTHON=python3.12 setup') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -c "open('$(READY)', 'w').close()"

build: setup            ## notebooks, templates and bundled cities from their sources
	$(BIN)/python -m safelearn.cli.build

demo: setup             ## diagnose the bundled city
	$(BIN)/safelearn demo

test: setup
	$(BIN)/python -m pytest tests --ignore=tests/proof --ignore=tests/benchmarks --ignore=tests/end_to_end -n 2 --dist loadfile -q
	$(BIN)/python -m pytest src/safelearn --doctest-modules -q

proof: setup            ## the long proofs; SIZE=ci for a short run
	$(BIN)/python tests/proof/run.py --size $(SIZE)

lab: setup
	$(BIN)/safelearn lab

bench: setup
	$(BIN)/python tests/benchmarks/bench.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

docs: setup
	$(BIN)/python docs/build.py
