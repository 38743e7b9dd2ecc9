#!/usr/bin/env bash
# Compiles the proofs, audits what they rest on, builds the verified checker and runs it.
#
#   check.sh [--install] [--audit] [--only-proofs]
#     --install      installs the packages of Debian or Ubuntu first, if they are missing
#     --audit        writes AUDIT anew if all is proved; without it AUDIT is compared
#     --only-proofs  neither builds nor runs the checker
#
# Exit: 0 all proved; 1 something is not, and it is said where; 3 no Coq here, nothing is claimed.
set -euo pipefail
cd "$(dirname "$0")"
PACKAGES="coq ocaml-findlib libzarith-ocaml-dev libcoq-mathcomp-algebra libcoq-mathcomp-real-closed"
# In the order of what they import; a file that is not here is an error.
CHECKER="OField Network Nets Facts LinearRange Spline Forms Tree Check Sound TwoFiltersNet Postcard Certificates Extract"
MATHEMATICS="Specification Algebra Gordan Arrangement Zaslavsky Regions Layers TwoFilters BoxDeficit Perceptron
  Channels Filters Factorization Lines Pieces General
  Claims"

fail() { echo "formal: $*" >&2; exit 1; }
install="" audit="" programs=yes
for word in "$@"; do
  case "$word" in
    --install) install=yes ;;
    --audit) audit=yes ;;
    --only-proofs) programs="" ;;
    *) echo "check.sh: $word is none of --install, --audit, --only-proofs" >&2; exit 2 ;;
  esac
done

is_missing() {
  ! command -v coqc >/dev/null || ! ocamlfind query zarith >/dev/null 2>&1 \
    || ! find "$(coqc -where)" -name complex.vo | grep -q real_closed
}
if [ -n "$install" ] && is_missing; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root=sudo
  if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $PACKAGES; } >/dev/null; then
    echo "formal: cannot install $PACKAGES" >&2
    exit 3
  fi
fi
if is_missing; then
  echo "formal: no Coq with MathComp here, so nothing was checked; check.sh --install gets it" >&2
  exit 3
fi
coqc --version | head -1

# What is compiled is a copy, in a folder that git ignores.
source="$PWD"
build="${CREASE_FORMAL_BUILD:-../../target/formal}"
mkdir -p "$build"
build="$(cd "$build" && pwd)"
present="$(ls checker/*.v mathematics/*.v | sed 's|.*/||; s|\.v$||' | sort)"
listed="$(printf '%s\n' $CHECKER $MATHEMATICS | sort)"
[ "$present" = "$listed" ] || fail "check.sh does not list what there is:" \
  "$(comm -3 <(echo "$present") <(echo "$listed") | tr -s '\t\n' ' ')"
ocaml audit.ml words checker/*.v mathematics/*.v || fail "these words are axioms, or hide one"
ocaml audit.ml claims checker/Certificates.v mathematics/Claims.v \
  || fail "only imports, theorems and proofs may stand where the statements are"
for f in checker/*.v checker/*.ml mathematics/*.v; do
  cmp -s "$f" "$build/${f#*/}" || { cp "$f" "$build/"; rm -f "$build/$(basename "$f" .v).vo"; }
done

cd "$build"
started=$SECONDS
for group in "$CHECKER" "$MATHEMATICS"; do
  stale=""
  for f in $group; do
    # What comes after a file that changed is compiled anew; the groups do not know each other.
    if [ -n "$stale" ] || [ ! -e "$f.vo" ]; then
      stale=yes
      rm -f "$f.vo"
      coqc -w -all -Q . Crease "$f.v" >"$f.out" || fail "$f.v does not compile"
    fi
  done
done
echo "compiled in $((SECONDS - started)) s"

# What the words of the statements mean: the digests cover all that is required here.
preamble() {
  case "$1" in
    Certificates) cat <<'END'
From Coq Require Import ZArith QArith List.
From Crease Require Import OField Network Facts LinearRange Spline.
From Crease Require Tree Check Nets.
Import Tree(token) Check(check) Nets(two_filters_net, front_page).
Import ListNotations.
END
    ;;
    Claims) cat <<'END'
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
END
    ;;
  esac
}

# The digested texts, read where nothing but the preamble can give them a meaning, say what is
# proved: the module of the theorems has to match the module type that is made of these texts.
statements() { # MODULE FILE
  { preamble "$1"
    echo "Module Type Digested."
    (cd "$source" && ocaml audit.ml statements "$2")
    echo "End Digested."
    echo "From Crease Require $1."
    echo "Module Proved <: Digested := Crease.$1."
  } >"Statements$1.v"
  coqc -w -all -Q . Crease "Statements$1.v" >"Statements$1.out" 2>&1 \
    || { cat "Statements$1.out" >&2; fail "Statements$1.v does not compile: $1.v does not prove what its text says"; }
}
statements Certificates checker/Certificates.v
statements Claims mathematics/Claims.v

# What every theorem rests on. The gate shows first that it would see an axiom.
is_closed() { # the file of questions, the number of them
  coqc -w -all -Q . Crease "$1" >answers.txt || return 1
  [ "$(grep -c '^Closed under the global context$' answers.txt)" = "$2" ]
}
printf 'Axiom planted : False.\nTheorem t : 1 = 2. Proof. destruct planted. Qed.\nPrint Assumptions t.\n' >Drill.v
if is_closed Drill.v 1; then fail "the gate does not see an axiom"; fi
printf 'Theorem t : 1 = 2. Proof. Admitted.\nPrint Assumptions t.\n' >Drill.v
if is_closed Drill.v 1; then fail "the gate does not see an admitted proof"; fi
digests() {
  (cd "$source" &&
    preamble Certificates | ocaml audit.ml digests checker/Certificates.v | sed 's/^/Certificates./' &&
    preamble Claims | ocaml audit.ml digests mathematics/Claims.v | sed 's/^/Claims./')
}
digests >digests.txt || fail "the statements cannot be read"
: >audit.txt
printf '%-36s %-18s %s\n' theorem digest "rests on"
for m in Certificates Claims; do echo "From Crease Require $m."; done >Questions.v
while read -r name digest; do
  echo "Print Assumptions $name." >>Questions.v
  printf '%s %s closed\n' "$name" "$digest" >>audit.txt
  printf '%-36s %-18s %s\n' "$name" "$digest" "no axiom"
done <digests.txt
if ! is_closed Questions.v "$(wc -l <digests.txt)"; then
  grep -v '^Closed' answers.txt >&2 || true
  fail "a theorem of the table is not there, or rests on what is printed above"
fi
echo "$(wc -l <audit.txt) theorems are closed under the global context"
if [ -n "$audit" ]; then
  cp audit.txt "$source/AUDIT"
else
  diff "$source/AUDIT" audit.txt >&2 || fail "AUDIT is not what was found here (<: AUDIT, >: here);" \
    "read the statements that changed, then check.sh --audit"
fi
[ -n "$programs" ] || exit 0

# The program, on every certificate and every forgery of the kinds that it reads.
ocamlfind ocamlopt -package zarith -linkpkg -inline 100 -w -a \
  zar.ml crease_checker.mli crease_checker.ml recheck.ml -o crease-verified \
  || fail "the verified checker does not compile"
root="$source/../.."
accepted=0 refused=0
is_verified() { head -2 "$1" | grep -aqE '^certificate 1 (regions|separation|factorization|linear-range|interpolation|penalised)'; }
# 0 is accepted, 5 and 6 are refused; another exit is a crash, which refuses nothing.
verdict() { local code=0; ./crease-verified "$1" >/dev/null 2>verdict.txt || code=$?; echo "$code"; }
while read -r f; do
  is_verified "$f" || continue
  case "$(verdict "$f")" in
    0) accepted=$((accepted + 1)) ;;
    *) cat verdict.txt >&2; fail "the verified checker refuses $f" ;;
  esac
done < <(find "$root/proofs/certificates" "$root/fixtures/certificates" "$root/src/checker" -name '*.cert' | sort)
while read -r f; do
  is_verified "$f" || continue
  case "$(verdict "$f")" in
    0) fail "the verified checker accepts the forgery $f" ;;
    5 | 6) refused=$((refused + 1)) ;;
    *) cat verdict.txt >&2; fail "the verified checker crashes on the forgery $f" ;;
  esac
done < <(find "$root/fixtures/forgeries" -name '*.cert' | sort)
[ "$accepted" -gt 0 ] && [ "$refused" -gt 0 ] || fail "no certificate, or no forgery, was found"
echo "verified checker: $accepted certificates accepted, $refused forgeries refused"

# Where crease-recheck is built, the two have to agree on mutants.
if [ -x "${CREASE_RECHECK:-$root/target/debug/crease-recheck}" ]; then
  CREASE_VERIFIED="$build/crease-verified" "$source/differential.sh" || fail "the two checkers do not agree"
fi
