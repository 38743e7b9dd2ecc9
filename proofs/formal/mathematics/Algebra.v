(** [ring] and [field] for ordered fields of MathComp, and small steps with inequalities. *)
From Coq Require Export Ring_theory Field_theory Field.
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Ops.
Variable R : realFieldType.
Definition o_zero : R := 0.
Definition o_one : R := 1.
Definition o_add (x y : R) : R := x + y.
Definition o_mul (x y : R) : R := x * y.
Definition o_sub (x y : R) : R := x - y.
Definition o_opp (x : R) : R := - x.
Definition o_inv (x : R) : R := x^-1.
Definition o_div (x y : R) : R := x / y.
Definition o_natmul (x : R) (n : nat) : R := x *+ n.
Definition o_exp (x : R) (n : nat) : R := x ^+ n.
Lemma o_field : field_theory o_zero o_one o_add o_mul o_sub o_opp o_div o_inv eq.
Proof.
split; [ | exact/eqP/oner_neq0 | done | by move=> x /eqP h; exact: mulVf].
split=> *; rewrite /o_add /o_mul /o_zero /o_one /o_sub /o_opp ?add0r ?mul1r ?subrr //; 
  [exact: addrC | exact: addrA | exact: mulrC | exact: mulrA | exact: mulrDl].
Qed.
End Ops.
(** [ring] and [field] know one set of operations; these tactics write the goal in it. *)
Ltac ops_once R :=
  match goal with
  | |- context [@GRing.add ?Z ?a ?b] => change (@GRing.add Z a b) with (@o_add R a b)
  | |- context [@GRing.mul ?Z ?a ?b] => change (@GRing.mul Z a b) with (@o_mul R a b)
  | |- context [@GRing.opp ?Z ?a] => change (@GRing.opp Z a) with (@o_opp R a)
  | |- context [@GRing.inv ?Z ?a] => change (@GRing.inv Z a) with (@o_inv R a)
  | |- context [@GRing.natmul ?Z ?a 2] => change (@GRing.natmul Z a 2) with (@o_add R a a)
  | |- context [@GRing.exp ?Z ?a 2] => change (@GRing.exp Z a 2) with (@o_mul R a a)
  | |- context [@GRing.natmul ?Z ?a ?n] => change (@GRing.natmul Z a n) with (@o_natmul R a n)
  | |- context [@GRing.exp ?Z ?a ?n] => change (@GRing.exp Z a n) with (@o_exp R a n)
  | |- context [@GRing.zero ?Z] => change (@GRing.zero Z) with (@o_zero R)
  | |- context [@GRing.one ?Z] => change (@GRing.one Z) with (@o_one R)
  end.
Ltac ops R := repeat ops_once R; match goal with |- @eq _ ?a ?b => change (@eq (Num.RealField.sort R) a b) end.

Section Order.
Variable R : realFieldType.
Add Field order_field : (o_field R).
(** To prove an inequality, exhibit the difference. *)
Lemma le_by (x y d : R) : 0 <= d -> y - x = d -> x <= y.
Proof. by move=> d0 E; rewrite -subr_ge0 E. Qed.
Lemma lt_by (x y d : R) : 0 < d -> y - x = d -> x < y.
Proof. by move=> d0 E; rewrite -subr_gt0 E. Qed.
Lemma le_sub (x y : R) : x <= y -> 0 <= y - x. Proof. by rewrite subr_ge0. Qed.
Lemma lt_sub (x y : R) : x < y -> 0 < y - x. Proof. by rewrite subr_gt0. Qed.
End Order.
