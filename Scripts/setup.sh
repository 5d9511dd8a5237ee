#!/usr/bin/env bash
# Makes a fresh Debian 12 with Swift ready: installs what is missing when root, else names it.
#
#   Scripts/setup.sh          what building needs
#   Scripts/setup.sh tests    and the shells and the browser that the tests run
set -euo pipefail

needed=(
  libopenblas-pthread-dev libsqlite3-dev libcurl4-openssl-dev zlib1g-dev libbz2-dev liblzma-dev
  libzstd-dev libssl-dev libyaml-dev pkg-config python3 python3-pip unzip ca-certificates
)
wanted=()
if [[ "${1:-}" == tests ]]; then wanted=(zsh fish chromium); fi

if ! command -v swift >/dev/null; then
  echo "Swift 6.2 or later is needed, and 'swift' was not found; install it from https://www.swift.org/install and put it on PATH." >&2
  exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
major=${version%%.*} minor=${version#*.}
if [[ -z "$version" ]] || ((major < 6 || (major == 6 && minor < 2))); then
  echo "Swift 6.2 or later is needed; 'swift' is ${version:-of an unknown version}. Install a newer one from https://www.swift.org/install." >&2
  exit 1
fi

is_installed() {
  [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" == installed ]]
}

missing=() missed=()
if command -v dpkg-query >/dev/null; then
  for package in "${needed[@]}"; do is_installed "$package" || missing+=("$package"); done
  for package in ${wanted[@]+"${wanted[@]}"}; do
    is_installed "$package" || command -v "$package" >/dev/null || missed+=("$package")
  done
else
  # Not a Debian: ask for the libraries by what pkg-config can see.
  for library in openblas sqlite3 libcurl zlib liblzma libzstd libcrypto yaml-0.1; do
    pkg-config --exists "$library" 2>/dev/null || missing+=("$library")
  done
fi
if ((${#missing[@]} + ${#missed[@]} == 0)); then exit 0; fi

if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} ${missed[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  if ((${#missing[@]})); then apt-get install -qq -y --no-install-recommends "${missing[@]}"; fi
  if ((${#missed[@]})); then
    apt-get install -qq -y --no-install-recommends "${missed[@]}" ||
      echo "Could not install ${missed[*]}; the tests that need them are skipped." >&2
  fi
elif ((${#missing[@]})); then
  echo "Please install ${missing[*]} and run this again (on Debian: sudo apt-get install ${missing[*]})." >&2
  exit 1
else
  echo "Not installed: ${missed[*]}; the tests that need them are skipped." >&2
fi
