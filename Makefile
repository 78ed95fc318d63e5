# Everything a contributor or a curious planner needs; `make help` lists it.
# Needs make and Python 3.11 or newer. Another interpreter: make demo PYTHON=python3.13

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
ARGS =

DEMO_DIR = demo-school
DEMO_SECONDS = 60
LOCALE_DIR = untisopt/locale

# A stamp is newer than the lock it was installed from, or the lock is installed again.
RUN = $(VENV)/.installed-run
DEV = $(VENV)/.installed-dev

# Neighbours share a worker and its fixtures; whoever is done takes over from the others. In one process: ARGS="-n 0".
PYTEST = $(BIN)/python -m pytest --numprocesses auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help demo test lint format docs docs-test screenshots bench lock messages compile-messages clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

demo: $(RUN) ## invent a school with a branch and repair its timetable (about two minutes)
	@$(BIN)/untisopt demo $(DEMO_DIR) --size ong --seed 1 --force
	@$(BIN)/untisopt optimise $(DEMO_DIR)/lesson.txt --time-limit $(DEMO_SECONDS) \
		--out $(DEMO_DIR)/untisopt-result --force

test: $(DEV) ## run all tests on all cores; some of them: make test ARGS="-m 'not slow'"
	@$(PYTEST) $(ARGS)

docs: $(DEV) ## make the pages and outputs that come from the code: docs/rules.md, the tour in README.md
	@$(BIN)/python docs/make_rules.py
	@$(BIN)/python docs/make_readme.py

docs-test: $(DEV) ## run only the tests of the documentation
	@$(PYTEST) tests/docs $(ARGS)

lint: $(DEV) ## check style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV) ## put the code into the agreed form
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

screenshots: $(DEV) ## take the pictures of the HTML pages for README.md; needs Chromium and its driver
	@$(BIN)/python docs/make_screenshots.py

bench: $(RUN) ## run the benchmarks; options: make bench ARGS="..."
	@$(BIN)/python benchmarks/run.py $(ARGS)

# Existing pins stay as they are; newer ones: make lock ARGS=--upgrade
LOCK = $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet $(ARGS)

lock: ## pin the newest versions that pyproject.toml allows
	@$(venv)
	@test -x $(BIN)/uv || $(PIP) install uv
	@$(LOCK) --extra dev --output-file requirements-dev.lock
	@$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock
	@! grep -nE 'https?://|file://' requirements.lock requirements-dev.lock

messages: $(DEV) ## collect the texts to translate into the catalogues
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --no-location --sort-output --width 120 --project untisopt \
		--copyright-holder "the untisopt authors" --output build/untisopt.pot untisopt
	@$(BIN)/pybabel --quiet update --domain untisopt --locale de --input-file build/untisopt.pot \
		--output-dir $(LOCALE_DIR) --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--width 120

compile-messages: $(DEV) ## compile the catalogues
	@$(BIN)/pybabel compile --domain untisopt --directory $(LOCALE_DIR) --statistics

clean: ## remove what the other targets made, except the environment
	rm -rf $(DEMO_DIR) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find untisopt tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environment, too
	rm -rf $(VENV)

PIP = $(BIN)/python -m pip --disable-pip-version-check -qq

# Makes the environment where there is none, or where its interpreter or pip does not run.
define venv
$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "untisopt needs Python 3.11 or newer."; \
		echo "Maybe you have one under another name: make PYTHON=python3.13 ..."; exit 1; }; \
	$(PYTHON) -m venv --clear $(VENV) || { \
		echo "Maybe the module venv is packed separately: apt install python3-venv."; exit 1; }; }
endef

# The lock is complete, so nothing is resolved; the package itself is only linked and needs no network.
define install
echo "Setting up $(VENV) from $(1) ..."; \
$(PIP) install --no-deps --require-hashes -r $(1) && \
$(PIP) install --no-deps --no-build-isolation --no-index -e .
endef

$(RUN): requirements.lock pyproject.toml
	@$(venv)
	@$(call install,requirements.lock)
	@touch $(RUN)

$(DEV): requirements-dev.lock requirements.lock pyproject.toml
	@$(venv)
	@$(call install,requirements-dev.lock)
	@touch $(RUN) $(DEV)
