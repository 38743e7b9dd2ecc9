(** The programs in OCaml, with the integers of Zarith. *)
From Coq Require Import ZArith QArith List Extraction ExtrOcamlBasic.
From Crease Require Import OField Network Forms Tree Check Facts LinearRange Spline.
Extract Inductive BinNums.positive => "Zar.t" [ "Zar.xi" "Zar.xo" "Zar.one" ] "Zar.pos_case".
Extract Inductive BinNums.Z => "Zar.t" [ "Zar.zero" "Zar.id" "Zar.neg" ] "Zar.z_case".
Extract Constant Z.add => "Zar.add".
Extract Constant Z.mul => "Zar.mul".
Extract Constant Z.opp => "Zar.neg".
Extract Constant Z.sub => "Zar.sub".
Extract Constant Z.eqb => "Zar.equal".
Extract Constant Z.ltb => "Zar.lt".
Extract Constant Z.leb => "Zar.leq".
Extract Constant Z.gcd => "Zar.gcd".
Extract Constant Z.div => "Zar.div".
Extract Constant Z.abs => "Zar.abs".
Extract Constant Pos.mul => "Zar.mul".
Extract Constant Pos.add => "Zar.add".
Extraction "crease_checker.ml" check check_separation check_factorization check_linear_range
  check_interpolation check_penalised.
