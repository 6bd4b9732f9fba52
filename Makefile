# Everything a user or contributor runs. `make demo` and `make test` do all set-up themselves.
PY ?= python3
BIN = .venv/bin
PIP = $(BIN)/pip install -q --disable-pip-version-check

.PHONY: help demo test soak docs bench fmt lock clean

help:                ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*##/\t/'

.venv/.ok: requirements.lock pyproject.toml
	$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "comity needs Python 3.11 or later: make PY=python3.11 ...")'
	$(PY) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/.ok      ## the main job: a dossier on the draft Convention
	$(BIN)/comity brief imfc --against encoded

test: .venv/.ok      ## every test but the slow ones
	$(BIN)/pytest -n 2

soak: .venv/.ok      ## the slow tests; writes benchmarks/SOAK.md
	$(BIN)/python -m benchmarks.soak

docs: .venv/.ok      ## the documentation, in docs/_build/html
	$(BIN)/python -m docs.generate --check
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

bench: .venv/.ok     ## every benchmark, beside its peer; --write puts the results into the page
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.language
	$(BIN)/python -m benchmarks.prove
	$(BIN)/python -m benchmarks.explain
	$(BIN)/python -m benchmarks.power

fmt: .venv/.ok       ## format the Python, and mend what can be mended by rule
	$(BIN)/ruff format src tests docs benchmarks
	$(BIN)/ruff check --fix src tests docs benchmarks

lock:                ## maintainers only; writes no address
	uv pip compile -q --universal --generate-hashes --no-header --python 3.11 --group dev pyproject.toml -o requirements.lock
	printf 'pyspark>=4.0,<5\n' | uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python 3.11 - -o requirements-spark.lock

clean:               ## everything that the commands above made
	rm -rf .venv build dist dossier docs/_build .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
