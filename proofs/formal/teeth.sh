#!/usr/bin/env bash
# Breaks a copy of the proofs in ten ways; each must be noticed, with the reason that is expected.
# Exit: 0 all noticed, 1 one was not, 3 no Coq here.
set -euo pipefail
cd "$(dirname "$0")"
command -v coqc >/dev/null || { echo "teeth: no Coq here" >&2; exit 3; }
root="$(cd ../.. && pwd)"
work="$root/target/formal-teeth"
# Every fault begins with what check.sh compiled, so that only what it touches is compiled anew.
built="${CREASE_FORMAL_BUILD:-$root/target/formal}"
export CREASE_FORMAL_BUILD="$work/build"

fresh() {
  rm -rf "$work/proofs" "$work/fixtures" "$work/src" "$work/build"
  mkdir -p "$work/proofs" "$work/src" "$work/build"
  cp -p "$built"/* "$work/build/" 2>/dev/null || true
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
change checker/Nets.v "Open Scope nat_scope." "Open Scope nat_scope. Definition unused : nat := 0."
notices "a word that a statement about the checker may use" "AUDIT is not"
fresh
first="$(grep -l '^certificate 1 regions' "$root"/proofs/certificates/*/*/*.cert "$root"/fixtures/certificates/*.cert "$root"/src/checker/*.cert 2>/dev/null | head -1)"
cp "$first" ../../fixtures/forgeries/planted.cert
notices "a forgery accepted" "accepts the forgery"
fresh
change mathematics/Claims.v "Theorem xor_no_threshold" "Theorem xor_threshold"
notices "a theorem renamed" "AUDIT is not"
fresh
change mathematics/Claims.v "Theorem zaslavsky_bound" "Section Bounds. Hypothesis small : False.
Theorem zaslavsky_bound"
change mathematics/Claims.v "Proof. exact: Regions.zaslavsky_bound. Qed." "Proof. by case: small. Qed.
End Bounds."
notices "a hypothesis around a theorem" "neither import, nor theorem, nor proof: Section Bounds"
fresh
shadow='Definition is_region (R : realFieldType) n (A : seq (form R n)) (s : seq bool) := False.'
change mathematics/Claims.v "Theorem zaslavsky_bound" "Module Words. $shadow End Words. Import Words.
Theorem zaslavsky_bound"
notices "a word of the specification shadowed" "Claims.v:[0-9]*: Module"
# The same from a file of proofs: only the clean context can see it.
fresh
cat >>mathematics/General.v <<END
$shadow
Lemma nothing (R : realFieldType) n (A : seq (form R n)) m :
  number (is_region A) m -> (m <= choose_up_to (size A) n)%N.
Proof. by case=> [[|s L] [_ <- H]] //; case: ((H s).1 (mem_head s L)). Qed.
END
change mathematics/Claims.v "Theorem zaslavsky_bound" "Import General.
Theorem zaslavsky_bound"
change mathematics/Claims.v "exact: Regions.zaslavsky_bound. Qed." "exact: nothing. Qed.
Import Specification."
notices "a word shadowed by an import" "StatementsClaims.v does not compile"
