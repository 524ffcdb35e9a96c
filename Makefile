# `make help` lists what there is.
PRESET ?= release
BUILD := build/$(PRESET)
export CCACHE_MAXSIZE ?= 5G

.DEFAULT_GOAL := help
.PHONY: help setup build demo test test-s3-other unit lint tidy fmt bench bench-gallery previews crash erasure outage sim asan fuzz try-fresh clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install every system package that building and testing needs
	@tools/setup test

$(BUILD)/build.ninja: CMakeLists.txt CMakePresets.json
	@cmake --preset $(PRESET) >$(PRESET)-configure.log 2>&1 || (cat $(PRESET)-configure.log; exit 1)
	@rm -f $(PRESET)-configure.log

build: $(BUILD)/build.ninja ## build the programs (PRESET=release|dev|asan|tsan)
	@ninja -C $(BUILD) aisha aisha-imager aisha-sandbox

demo: ## install what is missing, build, start; prints the chat page's URL
	@tools/setup build
	@$(MAKE) --no-print-directory build
	@exec $(BUILD)/aisha demo $(ARGS)

test: ## install what is missing, build, run every test
	@tools/setup test
	@$(MAKE) --no-print-directory $(BUILD)/build.ninja
	@ninja -C $(BUILD)
	@tools/run_tests --build $(BUILD)

test-s3-other: $(BUILD)/build.ninja ## the tests of the S3 store on another server than MinIO
	@tools/setup test
	@ninja -C $(BUILD) contract_blobs
	@tools/servers versitygw -- $(BUILD)/contract_blobs

unit: $(BUILD)/build.ninja ## unit tests only (seconds)
	@ninja -C $(BUILD)
	@tools/run_tests --build $(BUILD) --only unit

lint: ## layers, sizes, co_await statements, paths in pages, formatting
	@tools/check_layers && tools/check_sizes && tools/check_coawait && tools/check_docs && tools/check_format

tidy: $(BUILD)/build.ninja ## clang-tidy over every source of the programs (a quarter of an hour)
	@command -v run-clang-tidy-19 >/dev/null || { echo "make tidy: apt-get install clang-tidy-19" >&2; exit 1; }
	@ninja -C $(BUILD)
	@run-clang-tidy-19 -quiet -p $(BUILD) '/(src|sandbox|apps)/.*cpp'

fmt: ## format every C++ source
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 -i

bench: $(BUILD)/build.ninja ## every benchmark in a short form (tools/run_benchmarks)
	@ninja -C $(BUILD)
	@tools/run_benchmarks $(BUILD)

previews: build ## make the styles' previews that data/previews lacks, in the sandbox's studio (ARGS=--force: all)
	@tools/make_previews --build $(BUILD) $(ARGS)

N ?= 500
DB ?= sqlite
RESTARTS ?= 0
FREEZES ?= 0
bench-gallery: $(BUILD)/build.ninja ## the gallery's screens at size, on both engines (ROWS=10000000)
	@tools/setup test
	@ninja -C $(BUILD) aisha bench_gallery
	@tools/servers --fsync postgres -- tools/bench_gallery --build $(BUILD) --rows $(or $(ROWS),10000000)

crash: build ## kill -9 the product N times (N=500; DB=postgres: 3 processes, RESTARTS=10 of the server, FREEZES=10 past the leases, REQUESTS=2000)
	@ninja -C $(BUILD) aisha-faultproxy
	@node tests/e2e/crash_loop.mjs --build $(BUILD) --kills $(N) --db $(DB) --restarts $(RESTARTS) --freezes $(FREEZES) --requests "$(REQUESTS)"

PICTURES ?= 1000
erasure: build ## erase a person with many pictures, kill -9 on the way (PICTURES=1000)
	@node tests/e2e/erasure_loop.mjs --build $(BUILD) --pictures $(PICTURES)

SECONDS ?= 60
outage: $(BUILD)/build.ninja ## every outage of a neighbour under load, a minute each (SECONDS=60)
	@ninja -C $(BUILD)
	@AISHA_OUTAGE_SECONDS=$(SECONDS) tools/run_tests --build $(BUILD) --only e2e --match outage

SEEDS ?= 100000
sim: $(BUILD)/build.ninja ## the simulator on many seeds (SEEDS=100000)
	@ninja -C $(BUILD) sim_world
	@$(BUILD)/sim_world --seeds $(SEEDS)

asan: ## unit, contract and simulator tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory PRESET=asan build/asan/build.ninja
	@ninja -C build/asan
	@tools/run_tests --build build/asan --only unit,contract,sim

SECONDS ?= 60
fuzz: ## search SECONDS (60) for each parser of outside text for bytes that break it
	@$(MAKE) --no-print-directory PRESET=fuzz build/fuzz/build.ninja
	@ninja -C build/fuzz fuzz_parsers
	@tools/fuzz build/fuzz/fuzz_parsers $(SECONDS)

try-fresh: ## bare Debian 12 and 13 in folders: the README's two commands (root, ~1 h)
	@tools/try-fresh 12 13

clean: ## remove every build
	@rm -rf build
