#!/usr/bin/env bash
# Offers mutants of certificates to the verified checker, of the kinds that it reads, and to
# crease-recheck: which of them are accepted has to be the same.
#   differential.sh [MUTANTS [SEED]]      needs a run of check.sh, and CREASE_RECHECK or target/debug
set -euo pipefail
cd "$(dirname "$0")"
root="$(cd ../.. && pwd)"
verified="${CREASE_VERIFIED:-$root/target/formal/crease-verified}"
rust="${CREASE_RECHECK:-$root/target/debug/crease-recheck}"
for program in "$verified" "$rust"; do
  [ -x "$program" ] || { echo "differential: there is no $program" >&2; exit 1; }
done
work="$root/target/formal-mutants"
rm -rf "$work"
mkdir -p "$work"
find "$root/fixtures/certificates" "$root/src/checker" "$root/proofs/certificates" -name '*.cert' -size -40k \
  -exec grep -laE '^certificate 1 (regions|separation|factorization|linear-range|interpolation|penalised)' {} + | sort >"$work/list"
ocaml mutate.ml "${1:-20000}" "${2:-1}" "$work" <"$work/list"
cd "$work"
# The files that a program does not accept, one a line; what marks them in its messages.
refused() { find . -name 'm*.cert' | sort | xargs -n 500 "$1" 2>&1 >/dev/null | grep -aE "$2" | grep -aoE '^(c )?(\./)?m[0-9]+' | grep -oE '[0-9]+' | sort -u; }
refused "$verified" 'line [0-9]+' >verified.txt || true
refused "$rust" ': (REFUSED|INCOMPLETE)' >rust.txt || true
all="$(find . -name 'm*.cert' | wc -l)"
echo "$all mutants: verified checker refuses $(wc -l <verified.txt), crease-recheck $(wc -l <rust.txt)"
diff verified.txt rust.txt >differences.txt || { head -20 differences.txt; echo "differential: they disagree on $(grep -c '^[<>]' differences.txt)" >&2; exit 1; }
