# Everything make does stays inside this folder, except that `make test` installs
# Debian's Chromium when the machine has no browser. Each target says what it does
# in a line, works again when called twice, and is quick the second time: stamps in
# .venv record what is installed there, keyed on the files that say what should be.

.DEFAULT_GOAL := install
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# PYTHON=/path/to/python3 chooses the interpreter; scripts/find-python reads it.
ifdef PYTHON
export PYTHON
endif

# Every file that is installed is named by its hash, so a mirror cannot change it. Twice
# quiet: an extra index in the user's pip settings that lacks a package is no news.
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-input
PINNED := $(PIP) --require-hashes --no-deps

SECONDS ?= 20

# The extra `dense` of the tests, beside the packages that the other tests do without it.
EXTRA := $(VENV)/dense

QUESTION := What are the treatment options for recurrent metastatic cervical cancer?

.PHONY: install dense dev run demo test test-all test-postgresql fuzz lint check bench reference messages lock clean

install:
	@echo "install: set up $(VENV) with the program ($(BIN)/probatum); nothing outside this folder is touched"
	@scripts/make-venv
	@$(MAKE) --silent $(VENV)/.program

dev:
	@echo "dev: set up $(VENV) with the program and what its tests and checks need"
	@scripts/make-venv
	@$(MAKE) --silent $(VENV)/.program $(VENV)/.dev

# Search by meaning and what else the extra brings, with pinned hashes as the rest.
dense:
	@echo "dense: set up $(VENV) with the program and the extra \`dense\`, some 180 MB"
	@$(MAKE) install
	@$(PINNED) -r requirements/dense.txt
	@$(BIN)/python -m pip --disable-pip-version-check check --quiet

run:
	@echo "run: set up, answer one question here, then serve the site (stop it with Ctrl-C)"
	@$(MAKE) install
	@$(BIN)/probatum ask "$(QUESTION)"
	@$(BIN)/probatum serve

# In a folder of its own, so that examples never lie among real articles.
demo:
	@echo "demo: fill a site with examples and serve it (stop it with Ctrl-C)"
	@$(MAKE) install
	@echo "Accounts to sign in with on /login, and their articles:"
	@$(BIN)/probatum users demo --library $(VENV)/demo
	@echo "Try, in the page's question box:"
	@echo "  - $(QUESTION)"
	@echo "  - What was overall survival with cemiplimab against chemotherapy in cervical cancer?"
	@echo "  - Since cemiplimab is FDA-approved for cervical cancer, what dose should I give?"
	@$(BIN)/probatum serve --library $(VENV)/demo

test:
	@echo "test: set up, then lint, types, layers and every test but the slow ones"
	@$(MAKE) check MARKERS="not dense and not slow"

test-all:
	@echo "test-all: set up, then lint, types, layers, every test, the slow ones too, those of the site on PostgreSQL as well, and fuzzing"
	@$(MAKE) check MARKERS="not dense"
	@$(MAKE) test-postgresql
	@$(MAKE) fuzz

# A server of this run (tests/site/postgres.py), or the one whose address PROBATUM_TEST_DATABASE is.
test-postgresql:
	@echo "test-postgresql: set up, then every test of the site, with its accounts and articles in PostgreSQL"
	@$(MAKE) dev
	PROBATUM_TEST_DATABASE="$${PROBATUM_TEST_DATABASE:-postgresql}" $(BIN)/pytest -n 2 tests/site

# Coverage-guided, for SECONDS a format; what it finds is left in fuzz/found.
fuzz:
	@echo "fuzz: feed every parser damaged documents, $(SECONDS) seconds a format"
	@$(MAKE) dev
	@$(BIN)/python -m fuzz.run --seconds $(SECONDS)

lint:
	@echo "lint: formatting, lint, the rooms' layers and types"
	@$(MAKE) dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# Quick checks first, so that a slip shows within seconds.
check: lint
	@$(BIN)/python scripts/ensure-citeproc
	@CHROMIUM="$$(scripts/ensure-chromium)" && export CHROMIUM && set -x && \
		$(BIN)/pytest -n 2 -m "$(MARKERS)"
	@$(MAKE) --silent $(EXTRA)/.installed
	PYTHONPATH=$(EXTRA) $(BIN)/pytest -m dense

bench:
	@echo "bench: measure speed and quality, one benchmark after the other (WRITE=--write keeps the figures)"
	@$(MAKE) dev
	@ls bench/[!_]*.py >/dev/null 2>&1 || { echo "bench: there is no benchmark in bench/" >&2; exit 1; }
	@set -e; for file in bench/[!_]*.py; do \
		name=$$(basename "$$file" .py); echo "bench: $$name"; \
		$(BIN)/python -m "bench.$$name" $(WRITE); \
	done

reference:
	@echo "reference: write docs/reference and the README's counts from the code"
	@$(MAKE) install
	@$(BIN)/python scripts/make-reference

messages:
	@echo "messages: bring the catalogues of the interface's words up to date and compile them (LANGUAGE=fr begins one)"
	@$(MAKE) dev
	@$(BIN)/python scripts/make-messages $(LANGUAGE)

lock:
	@echo "lock: pin requirements/*.in, with hashes, in requirements/*.txt"
	@$(MAKE) dev
	@scripts/lock

clean:
	@echo "clean: remove $(VENV), caches and builds from this folder"
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --no-deps: the pinned files are complete, and pip need not work out what they
# already say. `pip check` then proves that they were.
$(VENV)/.pinned: requirements/main.txt requirements/site.txt
	@echo "  installing the pinned packages (about a minute the first time)"
	@$(PINNED) -r requirements/main.txt -r requirements/site.txt
	@touch $@

$(VENV)/.program: $(VENV)/.pinned pyproject.toml src/probatum/__init__.py
	@echo "  installing the program"
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m pip --disable-pip-version-check check --quiet
	@touch $@

$(VENV)/.dev: $(VENV)/.program requirements/dev.txt
	@echo "  installing what the tests and checks need"
	@$(PINNED) -r requirements/dev.txt
	@touch $@

$(EXTRA)/.installed: $(VENV)/.dev requirements/dense.txt
	@echo "  installing the extra \`dense\` for the tests that need it"
	@rm -rf $(EXTRA)
	@$(PINNED) --target $(EXTRA) -r requirements/dense.txt
	@touch $@
