(** Networks on a line: layers that fold the unit interval have exactly as many pieces as the product
    of their folds. How many a network has at most is in [Pieces]. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan.
Local Open Scope ring_scope.

Section Sawtooth.
Variable R : realFieldType.
Add Field sawtooth_field : (o_field R).
Ltac mring := ops R; ring.
Implicit Types (f g : R -> R) (x y z : R).

(** [f] has [N] teeth on [[0, 1]]: up on even pieces, down on odd ones. *)
Definition teeth (N : nat) f := forall (i : nat) x, (i < N)%N -> i%:R <= N%:R * x <= i.+1%:R ->
  f x = if odd i then i.+1%:R - N%:R * x else N%:R * x - i%:R.

(** The layers as functions of one number. *)
Definition fold_unit (p j : nat) (x : R) : R :=
  relu ((if j == 0%N then p%:R else (2 * p)%:R) * x - (2 * j)%:R).
Definition folded (p : nat) (x : R) : R := \sum_(j < p) (-1) ^+ j * fold_unit p j x.
Definition folded_all (ps : seq nat) (x : R) : R := foldl (fun y p => folded p y) x ps.
Lemma folds_value m (read : 'rV[R]_m) ps (x : 'rV[R]_m) : value (folds read ps) x = folded_all ps (dot read x).
Proof.
elim: ps m read x => [|p ps IH] m read x /=; first by rewrite addr0.
rewrite IH; congr foldl; rewrite /dot /folded; apply: eq_bigr => j _; rewrite !mxE; congr (_ * relu _).
rewrite mulr_sumr; congr (_ + _); apply: eq_bigr => i _.
by rewrite mxE mulrC -mulrA; case: eqP.
Qed.
Lemma folds_widths m (read : 'rV[R]_m) ps : widths (folds read ps) = ps.
Proof. by elim: ps m read => //= p ps IH m read; rewrite IH. Qed.

Lemma relu_pos x : 0 <= x -> relu x = x.
Proof. by move=> h; rewrite /relu max_r. Qed.
Lemma relu_neg x : x <= 0 -> relu x = 0.
Proof. by move=> h; rewrite /relu max_l. Qed.

Lemma folded_teeth p : teeth p (folded p).
Proof.
move=> i x ip /andP [lo hi].
(* the units up to [i] are open, the others closed *)
have part k : (k <= i.+1)%N -> \sum_(j < k) (-1) ^+ j * fold_unit p j x =
    if k == 0%N then 0 else if odd k.-1 then k%:R - p%:R * x else p%:R * x - k.-1%:R.
  elim: k => [|k IH] ki; first by rewrite big_ord0.
  rewrite big_ord_recr /= IH ?(ltnW ki) // /fold_unit.
  have kx : k%:R <= p%:R * x by apply: le_trans lo; rewrite ler_nat.
  case: k kx {IH ki} => [|k] kx /=.
    by rewrite muln0 subr0 relu_pos // add0r expr0 mul1r.
  have E : (2 * p)%:R * x - (2 * k.+1)%:R = 2%:R * (p%:R * x - k.+1%:R) :> R.
    by rewrite !natrM mulrBr mulrA.
  rewrite E relu_pos ?mulr_ge0 ?ler0n ?subr_ge0 // -signr_odd /=.
  rewrite ?(mulrS 1 k.+1) ?(mulrS 1 k).
  by case: (odd k) => /=; rewrite ?expr0 ?expr1; mring.
rewrite /folded (bigID (fun j : 'I_p => (j <= i)%N)) /= [X in _ + X]big1 ?addr0; last first.
  move=> j; rewrite -ltnNge => ij; rewrite /fold_unit.
  have jn : (nat_of_ord j == 0%N) = false by case: (nat_of_ord j) ij.
  rewrite jn relu_neg ?mulr0 // natrM natrM -mulrA -mulrBr mulr_ge0_le0 ?ler0n //.
  by rewrite subr_le0 (le_trans hi) // ler_nat.
have -> : \sum_(j < p | (j <= i)%N) (-1) ^+ j * fold_unit p j x =
    \sum_(j < i.+1) (-1) ^+ j * fold_unit p j x.
  by rewrite (big_ord_widen p (fun j : nat => (-1) ^+ j * fold_unit p j x) ip).
by rewrite part //=; case: odd.
Qed.

(** Teeth of a composition. *)
Lemma teeth_comp M p f g : (0 < M)%N -> teeth p f -> teeth M g -> teeth (p * M) (g \o f).
Proof.
move=> M0 hf hg i x ip; rewrite natrM => /andP [lo hi].
set j := (i %/ M)%N; set r := (i %% M)%N.
have Ei : i = (j * M + r)%N by exact: divn_eq.
have rM : (r < M)%N by rewrite ltn_mod.
have jp : (j < p)%N by rewrite ltn_divLR.
have Mp : (0 : R) < M%:R by rewrite ltr0n.
have iE : i%:R = j%:R * M%:R + r%:R :> R by rewrite {1}Ei natrD natrM.
have rle : r.+1%:R <= M%:R :> R by rewrite ler_nat.
have jx : j%:R <= p%:R * x <= j.+1%:R.
  rewrite -(ler_pmul2l Mp) -(ler_pmul2l Mp (p%:R * x)); apply/andP; split.
    apply: (le_by (addr_ge0 (le_sub lo) (ler0n _ r))); rewrite iE; mring.
  apply: (le_by (addr_ge0 (le_sub hi) (le_sub rle))); rewrite mulrS (mulrS 1 i) iE (mulrS 1 r); mring.
have fE := hf j x jp jx; rewrite /comp.
have par : odd i = (odd j && odd M) (+) odd r by rewrite Ei oddD oddM.
case: (boolP (odd j)) fE par => oj fE /= par.
- (* a falling tooth: from the right *)
  have r'M : (M - r.+1 < M)%N by rewrite -subn_gt0 subKn.
  have r'E : (M - r.+1)%:R = M%:R - r%:R - 1 :> R by rewrite natrB // (mulrS 1 r); mring.
  rewrite (hg (M - r.+1)%N) //; last first.
    rewrite (mulrS 1 (M - _)) r'E fE (mulrS 1 j); apply/andP; split.
      by apply: (le_by (le_sub hi)); rewrite (mulrS 1 i) iE; mring.
    by apply: (le_by (le_sub lo)); rewrite iE; mring.
  have -> : odd (M - r.+1) = ~~ odd i.
    by rewrite par oddB //=; case: (odd M); case: (odd r).
  rewrite (mulrS 1 (M - _)) r'E fE (mulrS 1 j) (mulrS 1 i) iE.
  by case: (odd i) => /=; mring.
- rewrite (hg r) //; last first.
    rewrite fE; apply/andP; split.
      by apply: (le_by (le_sub lo)); rewrite iE; mring.
    by apply: (le_by (le_sub hi)); rewrite (mulrS 1 i) (mulrS 1 r) iE; mring.
  rewrite par fE (mulrS 1 i) (mulrS 1 r) iE.
  by case: (odd r) => /=; mring.
Qed.
Lemma sawtooth_teeth ps : all (leq 1) ps -> teeth (\prod_(p <- ps) p) (folded_all ps).
Proof.
elim: ps => [|p ps IH].
  by move=> _ [|i] x; rewrite big_nil //= mul1r subr0.
case/andP=> p0 h; rewrite big_cons; apply: teeth_comp (IH h); last exact: folded_teeth.
by elim: ps h {IH} => [|q ps IH]; rewrite ?big_nil ?big_cons //= => /andP [q0 h]; rewrite muln_gt0 q0 IH.
Qed.

(** A number that is not in [b] is away from it. *)
Lemma away (b : seq R) z (e0 : R) : 0 < e0 -> z \notin b ->
  exists e, [/\ 0 < e, e <= e0 & free b (z - e) (z + e)].
Proof.
move=> e00; elim: b => [|t b IH]; first by move=> _; exists e0; split.
rewrite inE negb_or eq_sym => /andP [tz /IH [e [ep le fr]]].
have dp : 0 < `|t - z| by rewrite normr_gt0 subr_eq0.
exists (Num.min e `|t - z|); split; first by rewrite lt_minr ep dp.
  by rewrite le_minl le.
rewrite /free /=; apply/andP; split.
  have [le1 | le1] := leP t z.
    apply/orP; left; rewrite ler_subr_addr -ler_subr_addl le_minl orbC distrC.
    by rewrite ger0_norm ?lexx // subr_ge0.
  apply/orP; right; rewrite -ler_subr_addl le_minl orbC.
  by rewrite ger0_norm ?lexx // subr_ge0 ltW.
apply/allP => s sb; have /orP [h | h] := allP fr s sb; apply/orP; [left | right].
  by apply: le_trans h _; rewrite ler_add2l ler_oppl opprK le_minl lexx.
by apply: le_trans _ h; rewrite ler_add2l le_minl lexx.
Qed.
(** The tooth below a point. *)
Lemma tooth_of (k : nat) (v : R) : 0 <= v -> v < k%:R -> exists i, [/\ (i < k)%N, i%:R <= v & v < i.+1%:R].
Proof.
move=> v0; elim: k => [|k IH] vk; first by have := le_lt_trans v0 vk; rewrite ltxx.
have [/IH [i [ik l r]] | kv] := ltP v k%:R; first by exists i; rewrite (ltn_trans ik).
by exists k.
Qed.
Lemma teeth_pieces N f : (0 < N)%N -> teeth N f -> pieces_are 0 1 f N.
Proof.
move=> N0 hf; have Np : (0 : R) < N%:R by rewrite ltr0n.
have Nn : (N%:R : R) <> 0 by apply/eqP; rewrite gt_eqF.
pose at_ j : R := j%:R / N%:R; have at_E j : N%:R * at_ j = j%:R by rewrite mulrC divfK // gt_eqF.
pose b := [seq at_ j | j <- iota 1 N.-1].
have ub : uniq b.
  rewrite map_inj_uniq ?iota_uniq // => i j /(congr1 (fun t => N%:R * t)); rewrite !at_E.
  by move/eqP; rewrite eqr_nat => /eqP.
have sb : size b = N.-1 by rewrite size_map size_iota.
split; first exists b => // x y x0 y1 xy fr z /andP [xz zy].
- have xN : N%:R * x < N%:R by rewrite -[X in _ < X]mulr1 ltr_pmul2l // (lt_le_trans xy).
  have [|i [iN lo hi]] := tooth_of _ xN; first by rewrite mulr_ge0 // ltW.
  have yi : N%:R * y <= i.+1%:R.
    have [iN' | ] := ltnP i.+1 N; last first.
      move=> Ni; apply: (@le_trans _ _ N%:R); last by rewrite ler_nat.
      by rewrite -{2}[N%:R]mulr1 ler_pmul2l.
    have /allP/(_ (at_ i.+1)) := fr; rewrite map_f; last by rewrite mem_iota /= add1n prednK.
    move/(_ isT)/orP => [h | h].
      have : N%:R * at_ i.+1 <= N%:R * x by rewrite ler_pmul2l.
      by rewrite at_E leNgt hi.
    by rewrite -(at_E i.+1) ler_pmul2l.
  have inside t : x <= t -> t <= y -> i%:R <= N%:R * t <= i.+1%:R.
    move=> xt ty; rewrite (le_trans lo) ?ler_pmul2l //=.
    by apply: le_trans yi; rewrite ler_pmul2l.
  rewrite !(hf i) ?inside // ?lexx // ?(ltW xy) //.
  by case: (odd i); mring.
- move=> b' hb'; rewrite -sb; apply: uniq_leq_size => // _ /mapP [j + ->].
  rewrite mem_iota => /andP [j1]; rewrite add1n prednK // => jN.
  apply: contraT => out; have Ni : 0 < N%:R^-1 :> R by rewrite invr_gt0.
  have [e [ep le fr]] := away Ni out.
  have Ne : N%:R * e <= 1 by move: le; rewrite -(ler_pmul2l Np) divff // gt_eqF.
  have Ne0 : 0 < N%:R * e by rewrite mulr_gt0.
  set z := at_ j; have zE : N%:R * z = j%:R by exact: at_E.
  have jE : j%:R = j.-1%:R + 1 :> R by rewrite -{1}(prednK j1) (mulrS 1 j.-1) addrC.
  have j0 : 0 <= j.-1%:R :> R by rewrite ler0n.
  have jN1 : j.+1%:R <= N%:R :> R by rewrite ler_nat.
  have zx : 0 <= z - e.
    rewrite -(pmulr_rge0 _ Np); apply: (le_by (addr_ge0 (le_sub Ne) j0)).
    by rewrite mulrBr zE jE; mring.
  have zy : z + e <= 1.
    rewrite -(ler_pmul2l Np); apply: (le_by (addr_ge0 (le_sub Ne) (le_sub jN1))).
    by rewrite mulrDr zE mulr1 (mulrS 1 j); mring.
  have zlt : z - e < z + e by apply: (lt_by (addr_gt0 ep ep)); mring.
  have zin : z - e <= z <= z + e by rewrite ler_subl_addr ler_addl ltW //= ler_addl ltW.
  have := hb' _ _ zx zy zlt fr z zin.
  have xin : j.-1%:R <= N%:R * (z - e) <= j.-1.+1%:R.
    rewrite prednK // mulrBr zE; apply/andP; split.
      by apply: (le_by (le_sub Ne)); rewrite jE; mring.
    by apply: (le_by (ltW Ne0)); mring.
  have yin : j%:R <= N%:R * (z + e) <= j.+1%:R.
    rewrite mulrDr zE (mulrS 1 j); apply/andP; split.
      by apply: (le_by (ltW Ne0)); mring.
    by apply: (le_by (le_sub Ne)); mring.
  have zin' : j%:R <= N%:R * z <= j.+1%:R by rewrite zE lexx ler_nat leqnSn.
  have j1N : (j.-1 < N)%N by apply: leq_ltn_trans (leq_pred _) jN.
  rewrite (hf _ _ j1N xin) (hf _ _ jN yin) (hf _ _ jN zin') prednK // mulrBr mulrDr zE.
  have -> : odd j = ~~ odd j.-1 by rewrite -{1}(prednK j1).
  have pos : 0 < N%:R * e * e + N%:R * e * e by rewrite addr_gt0 ?mulr_gt0.
  rewrite (mulrS 1 j) jE => E; exfalso; move: pos; suff -> : N%:R * e * e + N%:R * e * e = 0 by rewrite ltxx.
  case: (odd j.-1) E => /= /eqP; rewrite -subr_eq0 => /eqP E;
    first (apply/eqP; rewrite -oppr_eq0; apply/eqP); rewrite -[RHS]E; mring.
Qed.
Theorem sawtooth_pieces ps : all (leq 1) ps ->
  widths (sawtooth R ps) = ps /\
  pieces_are 0 1 (fun x => value (sawtooth R ps) (const_mx x)) (\prod_(p <- ps) p).
Proof.
move=> h; split; first exact: folds_widths.
apply: teeth_pieces => [|i x ip lohi].
  by elim: ps h => [|q ps IH]; rewrite ?big_nil ?big_cons //= => /andP [q0 h]; rewrite muln_gt0 q0 IH.
rewrite /sawtooth folds_value /dot big_ord1 !mxE mul1r; exact: (sawtooth_teeth h).
Qed.
End Sawtooth.
