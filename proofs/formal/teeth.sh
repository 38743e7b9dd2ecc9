#!/usr/bin/env bash
# Breaks a copy of the proofs in six ways; each must be noticed, with the reason that is expected.
# Exit: 0 all noticed, 1 one was not, 3 no Coq here.
set -euo pipefail
cd "$(dirname "$0")"
command -v coqc >/dev/null || { echo "teeth: no Coq here" >&2; exit 3; }
root="$(cd ../.. && pwd)"
work="$root/target/formal-teeth"
# The build is shared, so that only what a fault touches is compiled anew.
export CREASE_FORMAL_BUILD="$work/build"
mkdir -p "$CREASE_FORMAL_BUILD"
cp -p "$root"/target/formal/* "$CREASE_FORMAL_BUILD/" 2>/dev/null || true

fresh() {
  rm -rf "$work/proofs" "$work/fixtures" "$work/src"
  mkdir -p "$work/proofs" "$work/src"
  cp -r "$root/proofs/formal" "$root/proofs/certificates" "$work/proofs/"
  cp -r "$root/fixtures" "$work/"
  mkdir -p "$work/src/checker"
  cp "$root"/src/checker/*.cert "$work/src/checker/"
  cd "$work/proofs/formal"
}
change() { # FILE OLD NEW: a text that must be there, once
  grep -qF -- "$2" "$1" || { echo "teeth: $1 has no '$2'" >&2; exit 1; }
  OLD="$2" NEW="$3" perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/' "$1"
}
notices() { # NAME REASON
  if ./check.sh >out.txt 2>&1; then echo "teeth: $1 is not noticed" >&2; exit 1; fi
  grep -q -- "$2" out.txt || { echo "teeth: $1 is refused for another reason:" >&2; tail -3 out.txt >&2; exit 1; }
  echo "noticed: $1: $(grep -m1 -- "$2" out.txt)"
}

fresh
change mathematics/Channels.v "by rewrite hom mulrA divfK // gt_eqF." "Admitted. Lemma unused : True. Proof. by []."
notices "an admitted lemma" "Channels.v:.*Admitted"
fresh
change mathematics/Claims.v "(m <= 2 * k)%N" "(m <= 2 * k + 1)%N"
change mathematics/Claims.v "exact: Regions.one_more_unit." \
  "move=> a b; exact: leq_trans (Regions.one_more_unit a b) (leq_addr _ _)."
notices "a weakened statement" "AUDIT is not"
fresh
change AUDIT "Claims.mistake_bound " "Claims.mistake_bound 0"
notices "a wrong digest" "AUDIT is not"
fresh
change checker/Forms.v "(c <=? 0)%Z && is0 r" "(c <=? 1)%Z && is0 r"
notices "an unsound checker" "Forms.v does not compile"
fresh
first="$(grep -l '^certificate 1 regions' "$root"/proofs/certificates/*/*/*.cert "$root"/fixtures/certificates/*.cert "$root"/src/checker/*.cert 2>/dev/null | head -1)"
cp "$first" ../../fixtures/forgeries/planted.cert
notices "a forgery accepted" "accepts the forgery"
fresh
change mathematics/Claims.v "Theorem xor_no_threshold" "Theorem xor_threshold"
notices "a theorem renamed" "AUDIT is not"
