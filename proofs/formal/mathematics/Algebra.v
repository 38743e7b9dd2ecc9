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

(** What the releases 1 and 2 of MathComp name differently, under the names of release 1. *)
Section Names.
Variable R : realFieldType.
Implicit Types x y z t : R.
Lemma ler_add2l x y z : (x + y <= x + z) = (y <= z).
Proof. by rewrite -[LHS]subr_ge0 -[RHS]subr_ge0 opprD addrACA subrr add0r. Qed.
Lemma ler_addl x y : (x <= x + y) = (0 <= y). Proof. by rewrite -[LHS]subr_ge0 addrAC subrr add0r. Qed.
Lemma ler_addr x y : (x <= y + x) = (0 <= y). Proof. by rewrite -[LHS]subr_ge0 addrK. Qed.
Lemma ltr_addl x y : (x < x + y) = (0 < y). Proof. by rewrite -[LHS]subr_gt0 addrAC subrr add0r. Qed.
Lemma ler_oppl x y : (- x <= y) = (- y <= x).
Proof. by rewrite -[LHS]subr_ge0 -[RHS]subr_ge0 !opprK addrC. Qed.
Lemma ler_subl_addr x y z : (x - y <= z) = (x <= z + y).
Proof. by rewrite -[LHS]subr_ge0 -[RHS]subr_ge0 opprB addrA. Qed.
Lemma ltr_subl_addr x y z : (x - y < z) = (x < z + y).
Proof. by rewrite -[LHS]subr_gt0 -[RHS]subr_gt0 opprB addrA. Qed.
Lemma ler_subr_addl x y z : (x <= y - z) = (z + x <= y).
Proof. by rewrite -[LHS]subr_ge0 -[RHS]subr_ge0 opprD addrA. Qed.
Lemma ltr_subr_addl x y z : (x < y - z) = (z + x < y).
Proof. by rewrite -[LHS]subr_gt0 -[RHS]subr_gt0 opprD addrA. Qed.
Lemma ler_subr_addr x y z : (x <= y - z) = (x + z <= y).
Proof. by rewrite ler_subr_addl addrC. Qed.
Lemma ler_pmul2l x : 0 < x -> forall y z, (x * y <= x * z) = (y <= z).
Proof. by move=> x0 y z; rewrite -subr_ge0 -mulrBr pmulr_rge0 // subr_ge0. Qed.
Lemma ltr_pmul2l x : 0 < x -> forall y z, (x * y < x * z) = (y < z).
Proof. by move=> x0 y z; rewrite -subr_gt0 -mulrBr pmulr_rgt0 // subr_gt0. Qed.
Lemma ler_wpmul2l x : 0 <= x -> forall y z, y <= z -> x * y <= x * z.
Proof. by move=> x0 y z yz; apply: (le_by (mulr_ge0 x0 (le_sub yz))); rewrite mulrBr. Qed.
Lemma ltr_pmulr x y : 0 < y -> (y < y * x) = (1 < x).
Proof. by move=> y0; rewrite -{1}[y]mulr1 ltr_pmul2l. Qed.
Lemma ltr_pdivr_mulr z x y : 0 < z -> (y / z < x) = (y < x * z).
Proof. by move=> z0; rewrite -[RHS](ltr_pmul2l (_ : 0 < z^-1)) ?invr_gt0 // !(mulrC z^-1) mulfK ?gt_eqF. Qed.
Lemma ler_add x y z t : x <= y -> z <= t -> x + z <= y + t.
Proof. by move=> xy zt; apply: (le_by (addr_ge0 (le_sub xy) (le_sub zt))); rewrite opprD addrACA. Qed.
Lemma ltr_add x y z t : x < y -> z < t -> x + z < y + t.
Proof. by move=> xy zt; apply: (lt_by (addr_gt0 (lt_sub xy) (lt_sub zt))); rewrite opprD addrACA. Qed.
Lemma ltr_paddr y x z : 0 <= x -> y < z -> y < z + x.
Proof. by move=> x0 yz; apply: lt_le_trans yz _; rewrite ler_addl. Qed.
Lemma ler_norm_add x y : `|x + y| <= `|x| + `|y|.
Proof.
case: (ger0P (x + y)) => _; first by apply: ler_add; apply: ler_norm.
by rewrite opprD; apply: ler_add; rewrite -normrN ler_norm.
Qed.
Lemma le_minl x y z : (Num.min y z <= x) = (y <= x) || (z <= x).
Proof.
case: (leP y z) => yz; apply/idP/orP => [h | [h | h]] //; first [by left | by right | idtac].
  exact: le_trans yz h.
by apply: le_trans h; apply: ltW.
Qed.
Lemma lt_minl x y z : (Num.min y z < x) = (y < x) || (z < x).
Proof.
case: (leP y z) => yz; apply/idP/orP => [h | [h | h]] //; first [by left | by right | idtac].
  exact: le_lt_trans yz h.
exact: lt_trans yz h.
Qed.
Lemma lt_minr x y z : (x < Num.min y z) = (x < y) && (x < z).
Proof.
case: (leP y z) => yz; apply/idP/andP => [h | []] //; split=> //.
  exact: lt_le_trans h yz.
exact: lt_trans h yz.
Qed.
Lemma le_maxr x y z : (x <= Num.max y z) = (x <= y) || (x <= z).
Proof.
case: (leP y z) => yz; apply/idP/orP => [h | [h | h]] //; first [by left | by right | idtac].
  exact: le_trans h yz.
by apply: le_trans h _; apply: ltW.
Qed.
Lemma le_maxl x y z : (Num.max y z <= x) = (y <= x) && (z <= x).
Proof.
case: (leP y z) => yz; apply/idP/andP => [h | []] //; split=> //.
  exact: le_trans yz h.
by apply: le_trans h; apply: ltW.
Qed.
End Names.
