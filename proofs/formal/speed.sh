#!/usr/bin/env bash
# How many cells a second the verified checker, and crease-recheck, read in certificates of the
# networks of the bench.
#   speed.sh [SECONDS]     what takes `crease` longer to certify than this (10) is left out
# Needs a run of check.sh and a built `crease`. Certificates of few cells are read many times over.
set -euo pipefail
cd "$(dirname "$0")"
root="$(cd ../.. && pwd)"
verified="${CREASE_VERIFIED:-$root/target/formal/crease-verified}"
programs="${CREASE_PROGRAMS:-$root/target/debug}"
for program in "$verified" "$programs/crease" "$programs/crease-recheck"; do
  [ -x "$program" ] || { echo "speed: there is no $program" >&2; exit 1; }
done
work="$root/target/formal-speed"
mkdir -p "$work"
rate() { # PROGRAM CELLS FILE: by the processor's time, so that other programs disturb little
  local times=$((1 + 60000 / $2)) files=() spent
  for ((i = 0; i < times; i++)); do files+=("$3"); done
  spent="$( { TIMEFORMAT='%U %S'; time "$1" "${files[@]}" >/dev/null 2>"$work/said.txt"; } 2>&1 )" \
    || { tail -1 "$work/said.txt" >&2; echo "speed: $1 refuses $3" >&2; exit 1; }
  echo "$spent" | awk -v cells="$(($2 * times))" '{ printf "%d", cells / ($1 + $2 + 0.0005) }'
}
printf '%-26s %9s %12s %12s   cells a second\n' network cells verified recheck
slow=""
for net in "$root"/fixtures/networks/{arr_,cnn,mlp_}*.json; do
  name="$(basename "$net" .json)"
  certificate="$work/$name.cert"
  if ! timeout "${1:-10}" "$programs/crease" count "$net" --certify "$certificate" >/dev/null 2>&1; then
    printf '%-26s %9s\n' "$name" "left out"
    continue
  fi
  cells="$(grep -am1 '^regions ' "$certificate" | cut -d' ' -f2)"
  by_verified="$(rate "$verified" "$cells" "$certificate")"
  by_recheck="$(rate "$programs/crease-recheck" "$cells" "$certificate")"
  printf '%-26s %9d %12d %12d\n' "$name" "$cells" "$by_verified" "$by_recheck"
  [ "$by_verified" -ge 100000 ] || slow="$slow $name"
done
echo "below 100000 a second:${slow:- none}"
