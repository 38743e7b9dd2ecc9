(** At most [sum_(i <= n) C(m, i)] regions, by deletion-restriction. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification Gordan Arrangement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Restriction.
Variables (R : realFieldType) (n : nat) (h : form R n.+1) (j : 'I_n.+1).
Hypothesis hj : h.1 0 j != 0.

(** The hyperplane as a space of its own: all coordinates but the [j]-th. *)
Definition embed (y : 'rV[R]_n) : 'rV[R]_n.+1 :=
  \row_i (if unlift j i is Some k then y 0 k
          else - (h.2 + \sum_k h.1 0 (lift j k) * y 0 k) / h.1 0 j).
Definition restrict (f : form R n.+1) : form R n :=
  (\row_k (f.1 0 (lift j k) - f.1 0 j / h.1 0 j * h.1 0 (lift j k)), f.2 - f.1 0 j / h.1 0 j * h.2).

Lemma dot_lift (u v : 'rV[R]_n.+1) : dot u v = u 0 j * v 0 j + \sum_k u 0 (lift j k) * v 0 (lift j k).
Proof. by rewrite /dot (bigD1_ord j). Qed.
Lemma embed_lift y k : embed y 0 (lift j k) = y 0 k.
Proof. by rewrite mxE liftK. Qed.
Lemma embed_j y : embed y 0 j = - (h.2 + \sum_k h.1 0 (lift j k) * y 0 k) / h.1 0 j.
Proof. by rewrite mxE unlift_none. Qed.
Lemma ev_restrict f y : ev (restrict f) y = ev f (embed y).
Proof.
rewrite /ev dot_lift; under [in RHS]eq_bigr do rewrite embed_lift.
rewrite embed_j.
have -> : dot (restrict f).1 y = \sum_k f.1 0 (lift j k) * y 0 k -
    f.1 0 j / h.1 0 j * (\sum_k h.1 0 (lift j k) * y 0 k).
  by rewrite mulr_sumr -sumrB; apply: eq_bigr => k _; rewrite mxE mulrBl [in RHS]mulrA.
rewrite [in RHS]mulrA [in RHS]mulrAC mulrN mulrDr opprD /=.
by rewrite addrACA -[RHS]addrA [RHS]addrC [- _ - _]addrC.
Qed.
Lemma ev_embed y : ev h (embed y) = 0.
Proof.
rewrite -ev_restrict /ev /restrict divff // mul1r subrr addr0 /dot /=.
by rewrite big1 // => k _; rewrite mxE mul1r subrr mul0r.
Qed.
Lemma embed_onto x : ev h x = 0 -> x = embed (\row_k x 0 (lift j k)).
Proof.
rewrite /ev dot_lift => E; apply/rowP => i; case: (unliftP j i) => [k | ] ->; first by rewrite embed_lift mxE.
rewrite embed_j; under eq_bigr do rewrite mxE.
apply: (mulIf hj); rewrite divfK //; apply/eqP; rewrite -subr_eq0 opprK mulrC; apply/eqP.
by rewrite [h.2 + _]addrC addrA E.
Qed.
Lemma restriction_number A : number (on_plane h A) (regions [seq restrict f | f <- A]).
Proof.
have [L [uL sL hL]] := regions_number [seq restrict f | f <- A].
exists L; split=> // s; rewrite hL; split.
- case=> y; rewrite /in_cell size_map => /andP [sz cell]; exists (embed y); rewrite ev_embed /in_cell sz; split=> //=.
  elim: A s {L uL sL hL sz} cell => [|f A IH] [|b s] //= /andP [hf /IH ->].
  by rewrite -ev_restrict hf.
- case=> x [/embed_onto E /andP [sz cell]]; exists (\row_k x 0 (lift j k)).
  rewrite /in_cell size_map sz /=.
  elim: A s {L uL sL hL sz} cell => [|f A IH] [|b s] //= /andP [hf /IH ->].
  by rewrite ev_restrict -E hf.
Qed.
End Restriction.

Section Bound.
Variable R : realFieldType.

Lemma choose_up_toS m n : choose_up_to m.+1 n.+1 = (choose_up_to m n.+1 + choose_up_to m n)%N.
Proof.
rewrite /choose_up_to big_ord_recl [in RHS]big_ord_recl !bin0 -addnA; congr (_ + _)%N.
by rewrite -big_split; apply: eq_bigr => i _; rewrite /= binS.
Qed.
Lemma choose_up_to_mono m n : (choose_up_to m n <= choose_up_to m.+1 n)%N.
Proof. by apply: leq_sum => -[[|i] ?] _ //=; rewrite ?bin0 // binS leq_addr. Qed.

Lemma regions_constant n (h : form R n) A : h.1 = 0 -> (regions (h :: A) <= regions A)%N.
Proof.
move=> h0; have evh x : ev h x = h.2 by rewrite /ev h0 dot0l add0r.
rewrite /regions /= count_cat !count_map.
have sub b : (count (preim (cons b) (nonempty (h :: A))) (signs (size A)) <= count (nonempty A) (signs (size A)))%N.
  apply: sub_count => s /nonemptyP [x]; rewrite in_cell_cons => /andP [_ c]; apply/nonemptyP; by exists x.
have none b : ~~ side h.2 b -> count (preim (cons b) (nonempty (h :: A))) (signs (size A)) = 0%N.
  move=> nb; apply/eqP; rewrite -leqn0 leqNgt -has_count; apply/hasP => -[s _ /= /nonemptyP [x]].
  by rewrite in_cell_cons evh (negPf nb).
have [p | p] := ltP 0 h.2.
  by rewrite (none false) ?addn0 ?sub // /side -leNgt ltW.
by rewrite (none true) ?add0n ?sub // /side -leNgt.
Qed.

Theorem zaslavsky_bound n (A : seq (form R n)) : (regions A <= choose_up_to (size A) n)%N.
Proof.
move: {2}(size A) (erefl (size A)) => m; elim: m n A => [|m IH] n A.
  move/size0nil->; rewrite /regions /= addn0 (@leq_trans 1) //; first by case: nonempty.
  by rewrite /choose_up_to big_ord_recl bin0 leq_addr.
case: A => // h A [sz]; have [h0 | hn] := eqVneq h.1 0.
  apply: leq_trans (regions_constant A h0) (leq_trans (IH n A sz) _); exact: choose_up_to_mono.
case: n h A sz hn => [|n] h A sz hn.
  by case/eqP: hn; apply/rowP => -[].
have [j hj] : exists j, h.1 0 j != 0 by apply/rV0Pn.
have [k num ->] := deletion_restriction A hn.
rewrite (number_unique num (restriction_number hj A)) /= choose_up_toS leq_add ?IH //.
by have := IH n [seq restrict h j f | f <- A]; rewrite size_map => /(_ sz).
Qed.
End Bound.
