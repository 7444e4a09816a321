# 只需要 python3（3.11 以上）和软件包镜像：每个目标都会先自行准备环境。
# Needs only python3 (3.11+) and the package registries; every target prepares the environment by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# 性能测试的报告份数，由小到大。
SIZES ?= 1000,10000
PACKAGES := documents rules checks audit outputs history flows cli
READY := $(VENV)/.ready

.PHONY: audit test check lint types rules docs accuracy performance clean

audit: $(READY)
	$(BIN)/fazhi-audit audit seeds --out reports_out

test: $(READY)
	$(BIN)/python -m pytest -n 2

check: $(READY)
	$(BIN)/fazhi-audit check seeds --fail-on never

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

rules: $(READY)
	$(BIN)/fazhi-audit rules validate

docs: $(READY)
	$(BIN)/python -m cli.reference

accuracy: $(READY)
	$(BIN)/python -m benchmarks.accuracy --docs

performance: $(READY)
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --group benchmarks
	$(BIN)/python -m benchmarks.scale --reports $(SIZES) --json benchmarks/figures/scale.json
	$(BIN)/python -m benchmarks.peers --json benchmarks/figures/peers.json
	$(BIN)/python -m benchmarks.performance_page

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本（当前：$$($(PYTHON) --version 2>&1)）。可用 make PYTHON=python3.12 指定。"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --compile-bytecode
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@
