(** The regions of a layer, as sets that contain a box, are the strict sign patterns of its forms
    that are not zero everywhere; what is known of these carries over. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan Arrangement Zaslavsky.
Local Open Scope ring_scope.

Section Boxes.
Variables (R : realFieldType) (n : nat).
Add Field boxes_field : (o_field R).
Ltac mring := ops R; ring.
Implicit Types (f h : form R n) (A : seq (form R n)) (x y : 'rV[R]_n) (s : seq bool).

Definition size_of f : R := 1 + \sum_i `|f.1 0 i|.
Lemma size_gt0 f : 0 < size_of f.
Proof. by rewrite ltr_paddr ?ltr01 // sumr_ge0. Qed.
Lemma ev_near f e x y : 0 < e -> near e x y -> `|ev f y - ev f x| <= size_of f * e.
Proof.
move=> e0 nr; have -> : ev f y - ev f x = \sum_i f.1 0 i * (y 0 i - x 0 i).
  rewrite /ev opprD addrACA subrr addr0 -sumrB.
  by apply: eq_bigr => i _; rewrite mulrBr.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite /size_of mulrDl mulr_suml mul1r.
apply: (@le_trans _ _ (\sum_i `|f.1 0 i| * e)); last by rewrite ler_addr ltW.
by apply: ler_sum => i _; rewrite normrM ler_wpmul2l // ltW // nr.
Qed.
Lemma near_refl e x : 0 < e -> near e x x.
Proof. by move=> e0 i; rewrite subrr normr0. Qed.
Lemma near_weaken e e' x y : e <= e' -> near e x y -> near e' x y.
Proof. by move=> le h i; apply: lt_le_trans le. Qed.
Lemma near_trans e e' x y z : near e x y -> near e' y z -> near (e + e') x z.
Proof.
move=> h h' i; have -> : z 0 i - x 0 i = (y 0 i - x 0 i) + (z 0 i - y 0 i) by mring.
by apply: le_lt_trans (ler_norm_add _ _) _; rewrite ltr_add.
Qed.

(** Signs that are not zero stay near a point. *)
Lemma signs_open A x : all (fun f => ev f x != 0) A -> exists e, 0 < e /\ forall y, near e x y ->
  all (fun f => ev f y != 0) A /\ pattern A y = pattern A x.
Proof.
elim: A => [|f A IH] /=; first by exists 1; split=> //; exact: ltr01.
case/andP=> f0 /IH [e [e0 he]]; have fp : 0 < `|ev f x| by rewrite normr_gt0.
pose d := `|ev f x| / (size_of f + size_of f).
have ss := addr_gt0 (size_gt0 f) (size_gt0 f).
have d0 : 0 < d by rewrite mulr_gt0 ?invr_gt0.
exists (Num.min e d); split=> [|y nr]; first by rewrite lt_minr e0 d0.
have [|-> ->] := he y; first by apply: near_weaken nr; rewrite le_minl lexx.
have : `|ev f y - ev f x| < `|ev f x|.
  apply: le_lt_trans (ev_near f d0 (near_weaken _ nr)) _; first by rewrite le_minl lexx orbT.
  by rewrite /d mulrA ltr_pdivr_mulr // mulrC ltr_pmul2l // ltr_addl size_gt0.
rewrite ltr_norml => /andP [lo hi].
have [pos | neg | z] := ltgtP (ev f x) 0; last by rewrite z eqxx in f0.
  move: hi; rewrite ltr0_norm // ltr_subl_addr addNr => hy.
  by rewrite lt_eqF // ltNge (ltW hy).
move: lo; rewrite gtr0_norm // ltr_subr_addl subrr => hy.
by rewrite gt_eqF // hy.
Qed.

(** On a hyperplane (or everywhere, [h = 0]) near every point there is one off all others. *)
Lemma step_off f h x e : 0 < e -> ev h x = 0 -> (forall c, f <> (c *: h.1, c * h.2)) ->
  exists y, [/\ near e x y, ev h y = 0 & ev f y != 0].
Proof.
move=> e0 hx nm; have [fx | fx] := eqVneq (ev f x) 0; last by exists x; split=> //; exact: near_refl.
pose c := dot f.1 h.1 / dot h.1 h.1; pose v := f.1 - c *: h.1.
have hv : dot h.1 v = 0.
  rewrite /v dotDr dotNr dotZr /c (dotC h.1 f.1); have [h0 | hn] := eqVneq h.1 0.
    by rewrite h0 !dot0r mulr0 subrr.
  by rewrite divfK ?subrr // gt_eqF // dot_gt0.
have vn : v != 0.
  apply/eqP => v0; have f1 : f.1 = c *: h.1 by apply/eqP; rewrite -subr_eq0 -/v v0.
  apply: (nm c); rewrite [LHS]surjective_pairing f1; congr (_, _).
  move: fx hx; rewrite /ev f1 dotZl => fx hx.
  have -> : h.2 = - dot h.1 x by apply/eqP; rewrite -addr_eq0 addrC hx.
  by apply/eqP; rewrite mulrN -addr_eq0 addrC fx.
have fv : dot f.1 v != 0.
  have E : dot (f.1 - c *: h.1) v = dot f.1 v by rewrite dotDl dotNl dotZl hv mulr0 subr0.
  by rewrite -E gt_eqF //; exact: dot_gt0.
clearbody v; pose m := 1 + \sum_i `|v 0 i|; have m0 : 0 < m by rewrite /m ltr_paddr ?ltr01 // sumr_ge0.
have vm i : `|v 0 i| <= m by rewrite /m (bigD1 i) //= addrCA ler_addl addr_ge0 ?ler01 ?sumr_ge0.
clearbody m; pose t := e / (m + m).
have t0 : 0 < t by apply: divr_gt0 => //; exact: addr_gt0.
exists (x + t *: v); split.
- move=> i; rewrite !mxE addrAC subrr add0r normrM (gtr0_norm t0).
  apply: le_lt_trans (ler_wpmul2l (ltW t0) (vm i)) _; rewrite /t mulrAC ltr_pdivr_mulr ?addr_gt0 //.
  by rewrite ltr_pmul2l // ltr_addl.
- by rewrite /ev dotDr dotZr hv mulr0 addr0.
- by rewrite /ev dotDr dotZr addrAC -/(ev f x) fx add0r mulf_neq0 // lt0r_neq0.
Qed.
Lemma dense h A x e : 0 < e -> ev h x = 0 -> (forall f c, f \in A -> f <> (c *: h.1, c * h.2)) ->
  exists y, [/\ near e x y, ev h y = 0 & all (fun f => ev f y != 0) A].
Proof.
elim: A e => [|f A IHe] e e0 hx nm; first by exists x; split=> //; exact: near_refl.
have e2 : 0 < e / 2%:R by rewrite divr_gt0 ?ltr0n.
have half : e / 2%:R + e / 2%:R = e.
  by have n2 : 2%:R <> 0 :> R; [apply/eqP; rewrite pnatr_eq0 | ops R; field].
have [|y [ny hy ay]] := IHe _ e2 hx; first by move=> g c ga; apply: nm; rewrite inE ga orbT.
have [d [d0 hd]] := signs_open ay.
pose t := Num.min d (e / 2%:R); have t0 : 0 < t by rewrite lt_minr d0 e2.
have [|z [nz hz fz]] := step_off t0 hy (f := f); first by move=> c; apply: nm; exact: mem_head.
exists z; split=> //.
  rewrite -half; apply: near_trans ny (near_weaken _ nz); by rewrite le_minl lexx orbT.
rewrite /= fz; have [|-> //] := hd z; apply: near_weaken nz; by rewrite le_minl lexx.
Qed.
End Boxes.

Section Translation.
Variables (R : realFieldType) (n : nat).
Implicit Types (f h : form R n) (A : seq (form R n)) (x y : 'rV[R]_n) (s : seq bool).

Definition nz A := [seq f <- A | f != (0, 0)].
(** A pattern of [nz A] as one of [A]: forms that are zero everywhere are not positive. *)
Fixpoint fill A s : seq bool :=
  match A with
  | [::] => [::]
  | f :: A' => if f == (0, 0) then false :: fill A' s else head false s :: fill A' (behead s)
  end.
Lemma ev0 x : ev ((0, 0) : form R n) x = 0.
Proof. by rewrite /ev dot0l addr0. Qed.
Lemma pattern_fill A x : pattern A x = fill A (pattern (nz A) x).
Proof.
elim: A => //= f A IH; case: eqVneq => [-> | _] /=; last by rewrite -IH.
by rewrite ev0 ltxx -IH.
Qed.
Lemma fill_inj A s s' : size s = size (nz A) -> size s' = size (nz A) -> fill A s = fill A s' -> s = s'.
Proof.
elim: A s s' => [|f A IH] s s' /=; first by move=> /size0nil -> /size0nil ->.
case: eqVneq => /= _; first by move=> z z' [] /IH ->.
by case: s s' => [|b s] [|b' s'] //= [z] [z'] [->] /IH ->.
Qed.
Lemma in_cellE A s x : in_cell A s x = (s == pattern A x) && all (fun f => ev f x != 0) A.
Proof.
elim: A s => [|f A IH] [|b s] //=; rewrite in_cell_cons IH eqseq_cons.
have -> : side (ev f x) b = (b == (0 < ev f x)) && (ev f x != 0).
  by rewrite /side; case: b; case: (ltgtP (ev f x) 0).
by rewrite -!andbA; congr (_ && _); rewrite andbCA.
Qed.
Lemma region_strict A s : is_region A s <-> exists s', s = fill A s' /\ exists x, in_cell (nz A) s' x.
Proof.
split=> [[x [e [e0 hx]]] | [s' [-> [x]]]].
- have [|y [ny _ ay]] := dense (h := (0, 0)) (A := nz A) e0 (ev0 x).
    move=> f c; rewrite mem_filter => /andP [fn _] E; case/eqP: fn.
    by rewrite E scaler0 mulr0.
  exists (pattern (nz A) y); split; first by rewrite -pattern_fill hx.
  by exists y; rewrite in_cellE eqxx ay.
- rewrite in_cellE => /andP [/eqP -> /signs_open [e [e0 he]]]; exists x, e; split=> // y /he [_ E].
  by rewrite pattern_fill E.
Qed.
Theorem regions_counted A : number (is_region A) (regions (nz A)).
Proof.
have [L [uL sL hL]] := regions_number (nz A).
have szL s : s \in L -> size s = size (nz A) by move/hL=> [x] /andP [/eqP].
exists (map (fill A) L); split; last 1 first.
- move=> s; rewrite region_strict; split; first by case/mapP=> s' /hL h ->; exists s'.
  by case=> s' [-> /hL h]; apply: map_f.
- by rewrite map_inj_in_uniq // => s s' /szL z /szL z'; exact: fill_inj.
- by rewrite size_map.
Qed.
Lemma regions_of A m : number (is_region A) m -> m = regions (nz A).
Proof. by move/number_unique; apply; exact: regions_counted. Qed.

Lemma region_on_strict h A s : (forall f, f \in A -> ~ same_hyperplane f h) ->
  is_region_on h A s <-> exists s', s = fill A s' /\ on_plane h (nz A) s'.
Proof.
move=> new; split=> [[x [e [e0 hx px]]] | [s' [-> [x [hx]]]]].
- have [|y [ny hy ay]] := dense (A := nz A) e0 hx.
    move=> f c; rewrite mem_filter => /andP [fn fA] E.
    have [c0 | cn] := eqVneq c 0; last by apply: (new f fA); exists c.
    by case/eqP: fn; rewrite E c0 scale0r mul0r.
  exists (pattern (nz A) y); split; first by rewrite -pattern_fill px.
  by exists y; rewrite in_cellE eqxx ay.
- rewrite in_cellE => /andP [/eqP -> /signs_open [e [e0 he]]]; exists x, e; split=> // y /he [_ E] _.
  by rewrite pattern_fill E.
Qed.

Theorem regions_exist A : exists m, number (is_region A) m.
Proof. by exists (regions (nz A)); exact: regions_counted. Qed.
Theorem deletion_restriction h A m k l : h.1 != 0 -> (forall f, f \in A -> ~ same_hyperplane f h) ->
  number (is_region (h :: A)) m -> number (is_region A) k -> number (is_region_on h A) l ->
  m = (k + l)%N.
Proof.
move=> hn new /regions_of -> /regions_of -> [L [uL sL hL]].
have h0 : h != (0, 0) by apply: contra hn => /eqP ->.
rewrite /= h0; have [k' [L' [uL' sL' hL']] ->] := Arrangement.deletion_restriction (nz A) hn.
congr addn; rewrite -sL' -sL -(size_map (fill A) L'); apply: perm_size; apply: uniq_perm => //.
  rewrite map_inj_in_uniq // => s s' /hL' [x [_ /andP [/eqP z _]]] /hL' [y [_ /andP [/eqP z' _]]].
  exact: fill_inj.
move=> s; apply/mapP/idP => [[s' /hL' h' ->] | /hL /(region_on_strict _ new) [s' [-> /hL' h']]].
  by apply/hL/(region_on_strict _ new); exists s'.
by exists s'.
Qed.
Theorem one_more_unit h A m k : number (is_region (h :: A)) m -> number (is_region A) k -> (m <= 2 * k)%N.
Proof.
move=> /regions_of -> /regions_of -> /=; case: eqVneq => [_ /= | hz /=]; first by rewrite leq_pmull.
have [h0 | hn] := eqVneq h.1 0; last exact: Arrangement.one_more_unit.
by apply: leq_trans (regions_constant _ h0) _; rewrite leq_pmull.
Qed.
Theorem zaslavsky_bound A m : number (is_region A) m -> (m <= choose_up_to (size A) n)%N.
Proof.
move/regions_of=> ->; apply: leq_trans (Zaslavsky.zaslavsky_bound (nz A)) _.
have : (size (nz A) <= size A)%N by rewrite size_filter count_size.
move: (size A) => a; elim: a => [|a IH]; first by rewrite leqn0 => /eqP ->.
rewrite leq_eqVlt => /orP [/eqP -> // | /IH]; move/leq_trans; apply; exact: choose_up_to_mono.
Qed.
End Translation.
