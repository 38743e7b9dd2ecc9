(** The bound for hyperplanes is attained exactly in general position. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan Arrangement Zaslavsky Regions.
Local Open Scope ring_scope.

Section Independence.
Variable R : realFieldType.
Variables (n : nat) (h : form R n.+1) (j : 'I_n.+1).
Hypothesis hj : h.1 0 j != 0.
Let res := @restrict R n h j.

Lemma comb_cons m (t : R) (c : seq R) (v : 'rV[R]_m) a :
  combination (t :: c) (v :: a) = t *: v + combination c a.
Proof. by rewrite /combination /= big_cons. Qed.
Lemma comb_zero m (c : seq R) (a : seq 'rV[R]_m) : all (fun t => t == 0) c -> combination c a = 0.
Proof.
elim: c a => [|t c IH] [|v a] cz; try by rewrite /combination /= big_nil.
by case/andP: cz => /eqP -> /IH E; rewrite comb_cons scale0r add0r E.
Qed.
(** Forgetting the coordinate [j]. *)
Definition drop_j (v : 'rV[R]_n.+1) : 'rV[R]_n := \row_k v 0 (lift j k).
Lemma drop_comb c (a : seq 'rV[R]_n.+1) : drop_j (combination c a) = combination c (map drop_j a).
Proof.
elim: c a => [|t c IH] [|v a]; rewrite /combination /= ?big_nil; try by apply/rowP => k; rewrite !mxE.
rewrite !big_cons -/(combination c a) -/(combination c (map drop_j a)) -IH.
by apply/rowP => k; rewrite !mxE.
Qed.
Lemma restrict1 f : (res f).1 = drop_j (f.1 - (f.1 0 j / h.1 0 j) *: h.1).
Proof. by apply/rowP => k; rewrite !mxE. Qed.
Lemma combination_res c B : combination c [seq (res f).1 | f <- B] =
  drop_j (combination c [seq f.1 | f <- B] -
    ((combination c [seq f.1 | f <- B]) 0 j / h.1 0 j) *: h.1).
Proof.
have nil0 m (c' : seq R) (a : seq 'rV[R]_m) : zip c' a = [::] -> combination c' a = 0.
  by rewrite /combination => ->; rewrite big_nil.
have z0 : (0 : 'rV[R]_n) = drop_j (0 - ((0 : 'rV[R]_n.+1) 0 j / h.1 0 j) *: h.1).
  by apply/rowP => k; rewrite !mxE mul0r mul0r subrr.
elim: c B => [|t c IH] [|f B]; try by rewrite !nil0 // -z0.
rewrite !map_cons !comb_cons IH restrict1; apply/rowP => k; rewrite !mxE.
by rewrite mulrBr addrACA -opprD; congr (_ - _); rewrite mulrDl mulrDl -!mulrA.
Qed.
Lemma drop_zero (v : 'rV[R]_n.+1) : v 0 j = 0 -> drop_j v = 0 -> v = 0.
Proof.
move=> vj /rowP dv; apply/rowP => i; rewrite [RHS]mxE; case: (unliftP j i) => [k | ] -> //.
by have := dv k; rewrite !mxE.
Qed.
(** [h] and [B] are independent exactly if the restrictions are. *)
Lemma independent_restrict B :
  independent [seq f.1 | f <- h :: B] <-> independent [seq (res f).1 | f <- B].
Proof.
split=> ind c sc.
- rewrite combination_res; set v := combination c _ => dz.
  have vz : v - (v 0 j / h.1 0 j) *: h.1 = 0.
    by apply: drop_zero => //; rewrite !mxE divfK ?subrr.
  have := ind (- (v 0 j / h.1 0 j) :: c); rewrite /= comb_cons -/v scaleNr addrC vz.
  by case/(_ _ erefl)/andP => //; rewrite sc !size_map.
- case: c sc => // t c [sc]; rewrite /= comb_cons; set v := combination c _ => E.
  have vE : v = - (t *: h.1) by apply/eqP; rewrite -addr_eq0 addrC E.
  have cz : all (fun t => t == 0) c.
    apply: ind; first by rewrite sc !size_map.
    rewrite combination_res -/v vE !mxE mulNr mulfK // scaleNr opprK addNr.
    by apply/rowP => k; rewrite !mxE.
  rewrite cz andbT; have v0 : v = 0 by exact: comb_zero.
  move: E; rewrite v0 addr0 => /eqP; rewrite scaler_eq0 => /orP [// | /eqP h0].
  by move: hj; rewrite h0 mxE eqxx.
Qed.

(** The same for points: [n + 2] hyperplanes share a point with [h] exactly if the others share one
    on it. *)
Lemma common_restrict B : (exists x, all (fun f => ev f x == 0) (h :: B)) <->
  exists y, all (fun f => ev f y == 0) [seq res f | f <- B].
Proof.
split=> [[x /andP [/eqP hx ax]] | [y ay]].
- exists (\row_k x 0 (lift j k)); rewrite all_map; apply: sub_all ax => f /=.
  by rewrite ev_restrict // -(embed_onto hj hx).
- exists (embed h j y); rewrite /= ev_embed // eqxx /=; move: ay; rewrite all_map.
  by apply: sub_all => f /=; rewrite ev_restrict.
Qed.
End Independence.

Section Position.
Variable R : realFieldType.

Lemma gp_tail n (h : form R n) A : general_position (h :: A) -> general_position A.
Proof.
by case=> i p; split=> B sB; [apply: i | apply: p]; apply: subseq_trans sB (subseq_cons _ _).
Qed.
Lemma gp_head n (h : form R n.+1) A : general_position (h :: A) -> h.1 != 0.
Proof.
case=> i _; apply: contraT => /negPn /eqP h0.
have sub : subseq [:: h] (h :: A) by rewrite sub1seq mem_head.
have := i [:: h] sub isT [:: 1] erefl; rewrite /= h0 comb_cons comb_zero // scaler0 addr0.
by rewrite oner_eq0; move/(_ erefl).
Qed.
Lemma gp_cons n (h : form R n.+1) A j : h.1 0 j != 0 ->
  general_position (h :: A) <-> general_position A /\ general_position [seq restrict h j f | f <- A].
Proof.
move=> hj; split=> [gp | [gA gr]].
- split; first exact: gp_tail gp.
  case: gp => i p; split=> B' /subseqP [m sm ->] sz; rewrite -map_mask in sz *; rewrite size_map in sz.
  + rewrite -map_comp; apply/(independent_restrict hj); apply: i => //=.
    by rewrite eqxx mask_subseq.
  + move/(common_restrict hj); apply: p; rewrite /= ?sz // eqxx mask_subseq //.
- split=> [[|f B] sB sz | [|f B] sB //].
  + by case=> // _ _.
  + move: sB; rewrite /=; case: eqP => [-> sB | _ sB]; last exact: (gA.1 (f :: B)).
    apply/(independent_restrict hj); rewrite map_comp; apply: gr.1; first exact: map_subseq.
    by rewrite size_map.
  + move=> /= [sz]; move: sB; rewrite /=; case: eqP => [-> sB | _ sB]; last first.
      by apply: (gA.2 (f :: B)) => //=; rewrite sz.
    move/(common_restrict hj); apply: gr.2; first exact: map_subseq.
    by rewrite size_map.
Qed.
Lemma choose_gt0 m k : (0 < choose_up_to m k)%N.
Proof. by rewrite /choose_up_to big_ord_recl bin0. Qed.
Lemma regions_dim0 (A : seq (form R 0)) : regions A = 1%N <-> all (fun f => ev f 0 != 0) A.
Proof.
have le1 : (regions A <= 1)%N.
  by apply: leq_trans (Zaslavsky.zaslavsky_bound A) _; rewrite /choose_up_to big_ord1 bin0.
have x0 (x : 'rV[R]_0) : x = 0 by apply/rowP => -[].
split=> [r1 | a0].
- have : (0 < regions A)%N by rewrite r1.
  rewrite /regions -has_count => /hasP [s _ /nonemptyP [x]].
  by rewrite in_cellE (x0 x) => /andP [].
- apply/eqP; rewrite eqn_leq le1 /regions -has_count; apply/hasP.
  have h : nonempty A (pattern A 0) by apply/nonemptyP; exists 0; rewrite in_cellE eqxx a0.
  by exists (pattern A 0); rewrite // signsP (nonempty_size h).
Qed.
Lemma gp_dim0 (A : seq (form R 0)) : all (fun f => ev f 0 != 0) A <-> general_position A.
Proof.
split=> [a0 | [_ p]].
- split=> [[|f B] sB // _ c /size0nil -> //|]; move=> [|f [|g B]] // sB _ [x].
  have x0 : x = 0 by apply/rowP => -[].
  have fA : f \in A by apply: (mem_subseq sB); exact: mem_head.
  by rewrite /= x0 (negbTE (allP a0 f fA)).
- apply/allP => f fA; apply/negP => z; apply: (p [:: f]); rewrite ?sub1seq //.
  by exists 0; rewrite /= z.
Qed.
Lemma strict_general n (A : seq (form R n)) :
  regions A = choose_up_to (size A) n <-> general_position A.
Proof.
move: {2}(size A) (erefl (size A)) => m; elim: m n A => [|m IH] n A.
  move/size0nil=> ->; split=> _.
    by split=> B; rewrite subseq0 => /eqP -> // _ c /size0nil ->.
  rewrite /regions /= addn0 /choose_up_to big_ord_recl bin0 big1 ?addn0 => [|i _]; last by rewrite bin_small.
  have -> // : nonempty ([::] : seq (form R n)) [::] = true by apply/nonemptyP; exists 0.
case: n A => [|n] A.
  by move=> _; rewrite /choose_up_to big_ord1 bin0 regions_dim0; exact: gp_dim0.
case: A => // h A [sz].
have bA := Zaslavsky.zaslavsky_bound A; rewrite sz in bA.
rewrite /= sz choose_up_toS; have [h0 | hn] := eqVneq h.1 0.
  split=> [E | /gp_head]; last by rewrite h0 eqxx.
  have := leq_trans (regions_constant A h0) bA.
  by rewrite E leqNgt -[X in (X < _)%N]addn0 ltn_add2l choose_gt0.
have [j hj] : exists j, h.1 0 j != 0 by apply/rV0Pn.
have [k num ->] := Arrangement.deletion_restriction A hn.
rewrite (number_unique num (restriction_number hj A)) (gp_cons A hj).
have sr : size [seq restrict h j f | f <- A] = m by rewrite size_map.
have bR := Zaslavsky.zaslavsky_bound [seq restrict h j f | f <- A]; rewrite sr in bR.
rewrite -(IH _ _ sz) -(IH _ _ sr) sz sr; split=> [E | [-> ->] //].
have eA : regions A = choose_up_to m n.+1.
  apply/eqP; rewrite eqn_leq bA /= -(leq_add2r (choose_up_to m n)) -E leq_add2l //.
by split=> //; move/eqP: E; rewrite eA eqn_add2l => /eqP.
Qed.
Theorem general_position_attains n (A : seq (form R n.+1)) m : number (is_region A) m ->
  (m = choose_up_to (size A) n.+1 <-> general_position A).
Proof.
move/regions_of=> ->; have [/allP nz0 | /allPn [f fA /negPn /eqP f0]] := boolP (all (fun f => f != (0, 0)) A).
  have -> : nz A = A by apply/all_filterP/allP.
  exact: strict_general.
split=> [E | [i _]]; exfalso.
- have sz : (size (nz A) < size A)%N.
    rewrite size_filter -(count_predC (fun f => f != (0, 0))) -[X in (X < _)%N]addn0 ltn_add2l -has_count.
    by apply/hasP; exists f; rewrite //= f0 eqxx.
  have lt a : (choose_up_to a n.+1 < choose_up_to a.+1 n.+1)%N.
    by rewrite choose_up_toS -[X in (X < _)%N]addn0 ltn_add2l choose_gt0.
  have mono a b : (a <= b)%N -> (choose_up_to a n.+1 <= choose_up_to b n.+1)%N.
    elim: b => [|b IHb]; first by rewrite leqn0 => /eqP ->.
    by rewrite leq_eqVlt => /orP [/eqP -> // | /IHb /leq_trans]; apply; exact: ltnW.
  have := leq_trans (lt (size (nz A))) (mono _ _ sz).
  by rewrite -E ltnNge Zaslavsky.zaslavsky_bound.
- have sub : subseq [:: f] A by rewrite sub1seq.
  have := i [:: f] sub isT [:: 1] erefl; rewrite /= f0 comb_cons comb_zero // scaler0 addr0.
  by rewrite oner_eq0; move/(_ erefl).
Qed.
End Position.
