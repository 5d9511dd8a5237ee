#!/usr/bin/env bash
# Runs the tests, optimised, and says at the end which ones could not run and why.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p .build
log=.build/test-output.txt
status=0
swift test -c release -Xswiftc -enable-testing "$@" 2>&1 | tee "$log" || status=$?
skipped=$(sed -n 's/^skipped: //p' "$log" | sort -u)
if [[ -n "$skipped" ]]; then
  echo
  echo "Tests that were skipped, and what they need:"
  sed 's/^/  - /' <<<"$skipped"
fi
exit "$status"
