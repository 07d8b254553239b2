# One door to everything that is done to this repository; `make` alone prints the list.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

VENV := $(or $(RENDA_VENV),.venv)
BIN := $(VENV)/bin
SOURCES := core plugins tests tools hatch_build.py $(wildcard benchmarks migrations)
export RENDA_PORT ?= 8000
export PYTHONDONTWRITEBYTECODE ?= $(if $(CI),1,)

.PHONY: help env front demo serve test races check check-min bench bench-ballots mutants attack format docs translations constraints clean check-api

help: ## 列出这些命令 / print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[36mmake %-13s\033[0m %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

env: ## 准备环境与前端文件 / the environment in .venv and the browser's files
	@tools/env
	@$(BIN)/python hatch_build.py

front: env ## 重新构建前端文件 / build the browser's files again
	@$(BIN)/python hatch_build.py --force

demo: env ## 在本机演示十一个区县 / show the demo's districts on 127.0.0.1 (RENDA_PORT, 8000)
	@$(BIN)/renda demo

serve: env ## 启动服务,不生成演示数据 / serve without making demo data
	@$(BIN)/renda serve

test: env ## 全部测试:SQLite、PostgreSQL、浏览器 / every test (ARGS="-k …" for some)
	@tools/tests $(ARGS)

races: env ## 同时办理:每个动作、每项操作,两种数据库 / every action and operation sent at once (ARGS="-k …" for some)
	@RENDA_RACES=all tools/tests tests/races $(ARGS)

check: env ## CI 的全部检查 / everything that CI asks for
	@tools/check

check-api: env ## 以各角色的令牌试遍接口 / schemathesis over all operations with a token of each role
	@$(BIN)/python tools/check_api.py $(ARGS)

check-min: env ## 以最低版本的依赖运行测试 / the tests with the oldest dependencies allowed
	@tools/check-min $(ARGS)

bench: env ## 性能测量 / the measured figures
	@$(BIN)/python -m benchmarks $(ARGS)

bench-ballots: env ## 投票的性能对比 / casting beside a bare handler, pgbench and OpenSlides
	@$(BIN)/python -m benchmarks.ballots

mutants: env ## 变异测试:抽样约五分钟 / mutate the rules, a sample of five minutes (ARGS="--all")
	@$(BIN)/python tools/mutants.py $(ARGS)

attack: env ## 攻击一份新的演示,列出结果 / attack a fresh demo and print what came of it (ARGS="crawl")
	@$(BIN)/python tools/attack $(ARGS)

format: env ## 整理代码格式 / format the sources and mend what ruff can
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

docs: env ## 重写由代码生成的文档 / rewrite the generated documents
	@$(BIN)/renda docs

translations: env ## 更新英文译文文件 / bring the English catalogues up to date
	@$(BIN)/python tools/translations.py

constraints: env ## 重新求解依赖的版本 / solve the pins again (constraints.txt)
	@$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --all-extras --no-emit-index-url \
		--no-header --no-annotate --output-file constraints.txt pyproject.toml

clean: ## 删除生成的文件 / remove what was generated, the environment included
	@rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis node_modules dist \
		htmlcov .coverage .coverage.* core/renda/web/static/dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
