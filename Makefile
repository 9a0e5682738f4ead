# `make` prints what there is to do. Each environment is made on first use, from its lock, and again when the lock changes.

PYTHON   ?= python3
PORT     ?= 8000
JOBS     ?= 2
VIES     ?= 1000000
LANGUES  := src/permis/affichage/locale
COMPILER  = $(1)/bin/pybabel -q compile --domain django --directory $(LANGUES)
MARQUES  := --no-location --sort-output -k gettext_lazy -k pgettext_lazy:1c,2 -k ngettext_lazy:1,2
FUSION   := --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
GABARITS  = $(shell find src -name '*.html' -print -quit)
CAS       = $(wildcard tests/droit tests/cas)
CERTIFIE := tests/parcours/fournisseur/node_modules/.pret
JAVA      = $(or $(JAVA_HOME),$(shell command -v java))
SPARK     = .venv-spark/bin/python -m pytest tests/national/spark
SANS_JAVA = echo 'Java is missing, the tests on Spark were left out; to have it: apt-get install default-jre-headless'
SANS_BASE := $(addprefix --ignore tests/,droit cas architecture epreuve national)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run national test test-droit check epreuve register bench bench-national messages lock clean

help: ## this list
	@echo 'permis: the French driving licence and its points'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv-run/.pret ## the site on http://127.0.0.1:8000, with its invented people (PORT=… for another port); Ctrl+C stops it
	@$(call COMPILER,.venv-run)
	@export PORT=$(PORT) DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-permis.config.settings.dev}; \
		case $$DJANGO_SETTINGS_MODULE in *.dev) .venv-run/bin/python manage.py semer || exit 1;; esac; \
		exec .venv-run/bin/gunicorn -c python:permis.config.serveur --threads 16 # the invented provider answers on them too

national: .venv-national/.pret ## what `permis national` needs, in .venv-national: columns, the compiled kernel
	@echo '.venv-national/bin/permis national --help'

test: test-droit .venv-test/.pret $(if $(shell command -v npm),$(CERTIFIE)) $(if $(JAVA),.venv-spark/.pret) ## all the tests, on SQLite then on PostgreSQL (what is missing is said in one line)
	@$(call COMPILER,.venv-test)
	$(if $(wildcard tests/epreuve/mutation.py),$(MAKE) --no-print-directory .venv-epreuve/.pret)
	$(if $(wildcard tests/epreuve/mutation.py),.venv-epreuve/bin/python tests/epreuve/mutation.py --echantillon)
	.venv-test/bin/python -m pytest --numprocesses $(JOBS)
	.venv-test/bin/python tests/postgres.py .venv-test/bin/python -m pytest --numprocesses $(JOBS) --base $(SANS_BASE)
	$(if $(JAVA),$(SPARK),@$(SANS_JAVA); test -z "$$CI")

test-droit: .venv-droit/.pret ## the law alone, where Django is not installed; under five seconds
	@# A quarter of the time is to compile the tests: they are compiled once, whatever the environment asks; nothing logs here.
	PYTHONDONTWRITEBYTECODE= PERMIS_DROIT_SEUL=1 .venv-droit/bin/python -m pytest -q -p no:logging --hypothesis-profile bref $(CAS)

check: .venv-test/.pret ## style, types, arrows, templates, migrations, translations, glossary, architecture
	.venv-test/bin/ruff check
	.venv-test/bin/ruff format --check
	.venv-test/bin/mypy src tests manage.py $(shell find bench docs -name "*.py" 2>/dev/null)
	.venv-test/bin/lint-imports --no-logo --no-cache
	$(if $(GABARITS),.venv-test/bin/djlint src --check --lint --quiet)
	DJANGO_SETTINGS_MODULE=permis.config.settings.test .venv-test/bin/python -m django makemigrations --check --dry-run
	@$(call COMPILER,.venv-test)
	.venv-test/bin/python -m pytest -q tests/architecture

epreuve: .venv-epreuve/.pret .venv-test/.pret ## the long campaigns: millions of random files, kills of writers, mutation
	.venv-epreuve/bin/python -m tests.epreuve.millions
	.venv-test/bin/python -m tests.national.million
	.venv-epreuve/bin/python -m pytest --epreuve --hypothesis-profile epreuve -m epreuve $(CAS) $(wildcard tests/epreuve)
	.venv-test/bin/python -m pytest --epreuve -m epreuve tests/registre tests/courriers tests/national
	.venv-test/bin/python tests/postgres.py .venv-test/bin/python -m pytest --epreuve -m epreuve tests/registre tests/courriers
	.venv-test/bin/python -m tests.national.mutation
	$(if $(wildcard tests/epreuve/mutation.py),.venv-epreuve/bin/python tests/epreuve/mutation.py)

register: .venv-test/.pret ## write docs/law/register.md: article, rule, wordings, dates, tests
	.venv-test/bin/python docs/law/generate_register.py

bench: .venv-run/.pret .venv-bench/.pret ## dossiers a second, beside a plain script; « Mon permis », beside a bare view; letters, beside WeasyPrint; a statement, from the click to its signed PDF
	@$(call COMPILER,.venv-run)
	.venv-run/bin/python bench/run.py
	.venv-run/bin/python bench/espace.py
	.venv-run/bin/python bench/documents.py
	.venv-bench/bin/python bench/courriers.py

bench-national: .venv-bench/.pret .venv-test/.pret ## the whole file, 48 million licences (10 GB): beside plain droit, C, DuckDB, Polars, OpenFisca; then a million lives
	@.venv-bench/bin/python -m bench.national
	$(if $(filter-out 0,$(VIES)),.venv-test/bin/python -m tests.national.million --vies $(VIES))

messages: .venv-test/.pret ## gather the strings to translate, then compile the translations
	@mkdir -p var
	.venv-test/bin/pybabel -q extract -F pyproject.toml $(MARQUES) -o var/django.pot src
	.venv-test/bin/pybabel -q update --domain django -i var/django.pot -d $(LANGUES) $(FUSION)
	$(call COMPILER,.venv-test)

lock: .venv-lock/.pret ## pin again every dependency (requirements/*.in to *.txt), with the hashes of every file
	for nom in run droit national test epreuve spark bench lock; do \
		.venv-lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
			--no-config --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
			requirements/$$nom.in -o requirements/$$nom.txt || exit 1; \
	done

clean: ## remove the environments and what tools leave behind
	rm -rf .venv-* $(dir $(CERTIFIE)) build var mutants .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests bench docs -name '__pycache__' -prune -exec rm -rf {} +

# An environment has two stamps: its packages (the lock), then this project in it (pyproject.toml).
.venv-%/.paquets: requirements/%.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'permis needs Python 3.11 or later: "$(PYTHON)" is not (make PYTHON=/path/to/python3.11 …)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo 'Python comes without venv here; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@echo "Making .venv-$* …"
	@rm -rf .venv-$*
	@$(PYTHON) -m venv .venv-$*
	@.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv-%/.pret: .venv-%/.paquets pyproject.toml
	@.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv-lock/.pret: .venv-lock/.paquets
	@touch $@

# The certified identity provider of the end-to-end tests. Where it cannot be installed, the tests say what was left out.
$(CERTIFIE): tests/parcours/fournisseur/package-lock.json
	@echo 'Installing the certified identity provider …'
	@npm ci --prefix $(dir $<) --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@ || test -z "$$CI"

.PRECIOUS: .venv-%/.paquets .venv-%/.pret
