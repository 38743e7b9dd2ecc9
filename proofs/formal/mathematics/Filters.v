(** A chain of expansive convolutions is one, with the product of the filters. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Toeplitz.
Variable R : ringType.
Implicit Types (v w p : {poly R}).

Lemma toeplitzE m n w (i : 'I_m) (k : 'I_n) : toeplitz m n w i k = (w * 'X^k)`_i.
Proof. by rewrite mxE coefMXn ltnNge; case: leq. Qed.
Lemma poly_upto k p : (size p <= k)%N -> \sum_(l < k) p`_l *: 'X^l = p.
Proof.
move=> h; rewrite -poly_def; apply/polyP => i; rewrite coef_poly; case: ltnP => // ki.
by rewrite nth_default // (leq_trans h).
Qed.
(** Two layers; the inner one is wide enough to lose nothing. *)
Lemma toeplitz_mul m k n w v : (n + (size v).-1 <= k)%N ->
  toeplitz m k w *m toeplitz k n v = toeplitz m n (w * v).
Proof.
move=> wide; apply/matrixP => i j; rewrite mxE toeplitzE -mulrA.
have sz : (size (v * 'X^j)%R <= k)%N.
  have [-> | v0] := eqVneq v 0; first by rewrite mul0r size_poly0.
  apply: leq_trans (size_mul_leq _ _) _; rewrite size_polyXn addnS /=; apply: leq_trans wide.
  by rewrite -{1}[size v]prednK ?size_poly_gt0 // addSnnS addnC leq_add2r.
rewrite -(poly_upto sz) mulr_sumr coef_sum; apply: eq_bigr => l _.
by rewrite !toeplitzE -mul_polyC [_%:P * _]commr_polyXn mulrA coefMC.
Qed.
Lemma toeplitz1 d : toeplitz d d (1 : {poly R}) = 1%:M.
Proof.
by apply/matrixP => i j; rewrite toeplitzE mul1r coefXn !mxE -val_eqE; case: eqP.
Qed.
Lemma width_afterE d s (ws : seq {poly R}) : width_after d s ws = (d + size ws * s)%N.
Proof. by elim: ws d => [|w ws IH] d /=; rewrite ?addn0 // IH mulSn addnA. Qed.
(** The matrix of a chain is the Toeplitz matrix of the product, last filter first. *)
Lemma chain_product d s ws : all (fun w : {poly R} => size w <= s.+1)%N ws ->
  chain d s ws = toeplitz (width_after d s ws) d (\prod_(w <- rev ws) w).
Proof.
elim: ws d => [|w ws IH] d /=; first by rewrite big_nil toeplitz1.
case/andP=> sw h; rewrite IH // toeplitz_mul; last first.
  by rewrite leq_add2l; case: (size w) sw.
by rewrite rev_cons -cats1 big_cat big_seq1.
Qed.
End Toeplitz.

Theorem toeplitz_product (R : comRingType) (d s : nat) (ws vs : seq {poly R}) :
  all (fun w : {poly R} => size w <= s.+1)%N ws -> perm_eq ws vs ->
  chain d s ws = toeplitz (width_after d s ws) d (\prod_(w <- vs) w).
Proof.
move=> h vw; rewrite chain_product //; congr toeplitz.
by apply: perm_big; rewrite perm_rev.
Qed.
