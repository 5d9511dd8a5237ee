#!/bin/sh
# Fuzzes the pickle reader, guided by coverage, for a bounded time (seconds; 60 unless told).
#   Fuzz/run.sh [SECONDS] [more libFuzzer options]
# The fixtures of the tests are the seeds; what is found lies in .build/fuzz/.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
out=.build/fuzz
mkdir -p "$out/corpus" "$out/findings"
options="-swift-version 6 -O -enforce-exclusivity=checked -parse-as-library -package-name fuzz \
  -enable-upcoming-feature ExistentialAny -sanitize=fuzzer,address"
# Of the room Files the reader needs kept bytes and the texts in them, and none of its C libraries.
swiftc $options -module-name Files -wmo -emit-module -emit-module-path "$out/Files.swiftmodule" \
  -c Sources/Files/KeptBytes.swift Sources/Files/Text*.swift Sources/Files/JSONEscapes.swift \
  -o "$out/files.o"
swiftc $options -module-name PickleFuzz -I "$out" -use-ld=lld \
  Sources/Pickle/*.swift Fuzz/FuzzPickle.swift "$out/files.o" -o "$out/fuzz-pickle"
echo "Fuzzing the pickle reader for $seconds s ..."
SWIFT_BACKTRACE=enable=no "$out/fuzz-pickle" -max_total_time="$seconds" -max_len=8192 -timeout=10 \
  -rss_limit_mb=2048 -dict=Fuzz/pickle.dict -print_final_stats=1 -verbosity=1 \
  -artifact_prefix="$out/findings/" "$@" "$out/corpus" Tests/PickleTests/Fixtures
