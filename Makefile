# Every target does its own set-up; `make help` lists them.
.PHONY: help demo test models lint docs agreement bench throughput proof extraction fuzz build setup
.DEFAULT_GOAL := help

# One file that starts sooner: no Swift libraries are left to find and bind.
BUILD := swift build -c release --static-swift-stdlib

help: ## List these targets.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: build ## Evaluate routers on the synthetic stand-in; writes a report with pictures.
	@.build/release/routerbench demo $(ARGS)

test: ## Set everything up, fetch all-MiniLM-L6-v2, and run the tests.
	@Scripts/setup.sh tests
	@Scripts/fetch-model.sh all-MiniLM-L6-v2
	@Scripts/test.sh

models: setup ## Fetch both encoders that the golden tests know (all-mpnet-base-v2 is 440 MB).
	@Scripts/fetch-model.sh all-MiniLM-L6-v2
	@Scripts/fetch-model.sh all-mpnet-base-v2

lint: ## Check the style of every Swift file.
	@swift format lint --strict -r Sources Tests Snippets Benchmarks Fuzz Package.swift
	@bash -n Scripts/*.sh Benchmarks/*.sh Fuzz/*.sh .ci/run

bench: setup ## Measure our work beside others' in one table: make bench ARGS="hull knn --rounds 3".
	@$(BUILD)
	@Benchmarks/run.sh $(ARGS)

docs: ## Build the documentation in .build/documentation with the toolchain's docc.
	@mkdir -p .build
	@docc convert Sources/RouterBench/RouterBench.docc --output-dir .build/documentation --warnings-as-errors

agreement: ## Compare our learners with scikit-learn's: make agreement DATA=FILE (needs scikit-learn).
	@Benchmarks/needs.sh agreement $(DATA)
	@$(MAKE) --no-print-directory build
	@python3 Benchmarks/agreement.py $(DATA)

throughput: build ## Measure how fast answers are collected from a provider that answers at once.
	@$(BUILD) --product CollectionBenchmark
	@.build/release/CollectionBenchmark .build/release/routerbench $(ARGS)

proof: build ## Collect from two real models on this machine (fetches 350 MB): make proof OUT=FOLDER [DATA=FOLDER].
	@python3 Benchmarks/proof.py --out $(or $(OUT),routerbench-proof) $(if $(DATA),--data $(DATA))

extraction: ## Score published answers anew beside their recorded scores: make extraction DATA=FOLDER.
	@Benchmarks/needs.sh extraction $(or $(DATA),../shared/data)
	@$(MAKE) --no-print-directory setup
	@$(BUILD) --product ExtractionMeasure
	@.build/release/ExtractionMeasure $(or $(DATA),../shared/data) $(ARGS)

fuzz: setup ## Fuzz every reader of foreign bytes for a bounded time: make fuzz ARGS="60 outcomes".
	@Fuzz/run.sh $(ARGS)

build: setup ## Build the optimised command, .build/release/routerbench.
	@$(BUILD) --product routerbench

setup: ## Install what Debian packages are missing (root), or name them.
	@Scripts/setup.sh
