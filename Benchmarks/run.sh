#!/usr/bin/env bash
# Makes an environment of the peers, writes the data once, and prints the table of Benchmarks/bench.py.
set -euo pipefail
cd "$(dirname "$0")/.."

python=.build/bench-python
# An installation that was broken off goes on here.
if ! "$python/bin/python" -c 'import numpy, pandas, scipy, sklearn, faiss' 2>/dev/null; then
  python3 -m venv "$python"
  "$python/bin/pip" install -q numpy pandas scipy scikit-learn faiss-cpu
fi
# Large; the rows of embeddings are left out where it cannot be had.
if [[ "${PEERS:-}" == all ]]; then "$python/bin/pip" install -q torch sentence-transformers; fi
"$python/bin/python" Benchmarks/bench.py "$@"
