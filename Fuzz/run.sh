#!/usr/bin/env bash
# Fuzzes the readers of foreign bytes, guided by coverage, each for a bounded time.
#   Fuzz/run.sh [SECONDS] [READER ...]      30 seconds and all readers unless told
# What is found lies in .build/fuzz/READER/findings; a corpus grows beside it from run to run.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-30}
[[ $# -gt 0 ]] && shift

runtime=$(dirname "$(readlink -f "$(command -v swift)")")/../lib/clang
fuzzer=$(find "$runtime" -name 'libclang_rt.fuzzer_no_main-x86_64.a' | head -n 1)
if [[ -z "$fuzzer" ]]; then
  echo "Fuzzing needs libclang_rt.fuzzer_no_main beside the Swift toolchain, and it was not found there." >&2
  exit 1
fi
export ROUTERBENCH_FUZZ=1
swift build -c release --scratch-path .build/fuzz-build --product FuzzReaders \
  -Xswiftc -sanitize=address -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp \
  -Xswiftc -enforce-exclusivity=checked -Xlinker "$fuzzer" -Xlinker -lstdc++
readers=.build/fuzz-build/release/FuzzReaders

status=0
while read -r name seeds; do
  if [[ $# -gt 0 && " $* " != *" $name "* ]]; then continue; fi
  out=.build/fuzz/$name
  mkdir -p "$out/corpus" "$out/findings" "$out/made"
  dictionary=()
  [[ -f Fuzz/$name.dict ]] && dictionary=(-dict="Fuzz/$name.dict")
  echo "Fuzzing $name for $seconds s ..."
  # Foundation itself leaks where it reads an empty file.
  # shellcheck disable=SC2086
  ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$readers" "$name" "$out/made" -max_total_time="$seconds" -max_len=8192 \
    -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 ${dictionary[@]+"${dictionary[@]}"} \
    -artifact_prefix="$out/findings/" "$out/corpus" "$out/made" $seeds 2>"$out/log.txt" || status=$?
  grep -E '^stat::number_of_executed_units|ERROR|SUMMARY|Fatal error' "$out/log.txt" || true
done < <("$readers" --list)
exit "$status"
