(** A network on a line has at most 2^(k-1) (w_1 + 1) w_2 .. w_k pieces. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan.
Local Open Scope ring_scope.

Section Kinks.
Variable R : realFieldType.
Add Field kinks_field : (o_field R).
Ltac mring := ops R; ring.
Implicit Types (f g : R -> R) (x y z t : R) (b : seq R).

(** Slope and value: the other way to be affine. *)
Lemma affineP f x y : x < y -> affine_between f x y <->
  exists k c, forall z, x <= z <= y -> f z = k * z + c.
Proof.
move=> xy; have n0 : y - x != 0 by rewrite subr_eq0 gt_eqF.
split=> [h | [k [c h]] z hz].
- exists ((f y - f x) / (y - x)), (f x - (f y - f x) / (y - x) * x) => z hz.
  apply: (mulIf n0); have E := h z hz.
  have -> : f z * (y - x) = f x * (y - x) + (f y - f x) * (z - x) by rewrite -E; mring.
  by have n0' : y - x <> 0; [apply/eqP | ops R; field].
- by rewrite !h ?lexx ?(ltW xy) //; mring.
Qed.
Lemma free_cat b b' x y : free (b ++ b') x y = free b x y && free b' x y.
Proof. exact: all_cat. Qed.
Lemma breaks_more f b b' : breaks_only_at f b -> breaks_only_at f (b ++ b').
Proof. by move=> h x y xy; rewrite free_cat => /andP [fr _]; exact: h. Qed.

Lemma min_le (a : R) b s : s \in a :: b -> foldr Num.min a b <= s.
Proof.
rewrite inE; elim: b => [|t b IH] /=; first by rewrite orbF => /eqP ->.
rewrite inE orbCA => /orP [/eqP -> | h]; first by rewrite le_minl lexx.
by rewrite le_minl IH ?orbT.
Qed.
Lemma min_gt (a : R) b t : t < a -> all (fun s => t < s) b -> t < foldr Num.min a b.
Proof. by move=> ta; elim: b => [|s b IH] //= /andP [ts h]; rewrite lt_minr ts IH. Qed.

Definition root g (p : R * R) := p.1 - g p.1 * (p.2 - p.1) / (g p.2 - g p.1).
(** Two points of each piece: from [t] upwards, and left of everything. *)
Definition above b t := (t, foldr Num.min (t + 1) [seq s <- b | t < s]).
Definition leftmost b := (foldr Num.min 0 b - 1, foldr Num.min 0 b).
Definition crossings g b := [seq root g p | p <- leftmost b :: map (above b) b].

Lemma t_lt1 t : t < t + 1. Proof. by rewrite ltr_addl ltr01. Qed.
(** The piece that holds [x] and [y], and two points of it. *)
Lemma piece_of b x y : x < y -> free b x y ->
  exists p, [/\ p \in leftmost b :: map (above b) b, p.1 < p.2 & exists lo hi,
    [/\ lo <= x, lo <= p.1, y <= hi, p.2 <= hi & free b lo hi]].
Proof.
move=> xy fr; set low := [seq t <- b | t <= x].
have := erefl low; case: {2}low => [|t0 l0] El.
- exists (leftmost b); split; first exact: mem_head.
    by rewrite /leftmost /= ltr_subl_addr t_lt1.
  set m := foldr Num.min 0 b.
  exists (Num.min x (m - 1)), (Num.max y m); split; rewrite ?le_minl ?le_maxr ?lexx ?orbT //.
  apply/allP => s sb; apply/orP; right; rewrite le_maxl.
  have sx : ~~ (s <= x).
    by apply/negP => sx; have : s \in low; [rewrite mem_filter sx | rewrite El].
  have /orP [h | ->] := allP fr s sb; first by rewrite h in sx.
  by rewrite min_le // inE sb orbT.
- (* the largest number of [b] that is not above [x] *)
  pose t := foldr Num.max t0 l0.
  have tl : t \in low.
    rewrite El /t; elim: l0 t0 {El t} => [|s l IH] t0 /=; first exact: mem_head.
    have := IH t0; rewrite !inE /Num.max; case: ifP => _.
      by case/orP=> ->; rewrite ?orbT.
    by rewrite eqxx orbT.
  have tm s : s \in low -> s <= t.
    rewrite El /t inE; elim: l0 {El t tl} => [|s' l IH] /=; first by rewrite orbF => /eqP ->.
    rewrite inE orbCA => /orP [/eqP -> | h]; first by rewrite le_maxr lexx.
    by rewrite le_maxr IH ?orbT.
  move: tl; rewrite mem_filter => /andP [tx tb].
  exists (above b t); split; first by rewrite inE map_f ?orbT.
    by rewrite /above /= min_gt ?t_lt1 //; apply/allP => s; rewrite mem_filter => /andP [].
  exists t, (Num.max y (above b t).2); split; rewrite ?le_maxr ?lexx ?orbT //.
  apply/allP => s sb; have [// | ts] := leP s t; rewrite le_maxl /=.
  have sx : ~~ (s <= x).
    apply/negP => sx; have /tm : s \in low by rewrite mem_filter sx.
    by rewrite leNgt ts.
  have /orP [h | ->] := allP fr s sb; first by rewrite h in sx.
  by rewrite min_le // inE mem_filter ts sb orbT.
Qed.
Lemma relu_breaks g b : breaks_only_at g b -> breaks_only_at (fun x => relu (g x)) (b ++ crossings g b).
Proof.
move=> hg x y xy; rewrite free_cat => /andP [fr fr'].
have [k [c h]] := (affineP g xy).1 (hg x y xy fr).
have hx : g x = k * x + c by rewrite h ?lexx ?ltW.
have hy : g y = k * y + c by rewrite h ?lexx ?ltW.
(* no change of sign *)
have same : (0 <= g x) && (0 <= g y) || (g x <= 0) && (g y <= 0).
  apply: contraT => bad.
  have k0 : k != 0.
    by apply: contra bad => /eqP k0; rewrite hx hy k0 !mul0r !add0r !andbb le_total.
  have [[p1 p2] [pin /= p12 [lo [hi [lx lp yh ph frl]]]]] := piece_of xy fr.
  have lohi : lo < hi by apply: le_lt_trans lp (lt_le_trans p12 ph).
  have [k' [c' h']] := (affineP g lohi).1 (hg lo hi lohi frl).
  have inl z : x <= z <= y -> lo <= z <= hi.
    by case/andP=> xz zy; rewrite (le_trans lx) ?(le_trans zy).
  have E1 : k * x + c = k' * x + c' by rewrite -hx h' // inl // lexx ltW.
  have E2 : k * y + c = k' * y + c' by rewrite -hy h' // inl // lexx ltW.
  have kk : k' = k.
    have n0 : y - x != 0 by rewrite subr_eq0 gt_eqF.
    apply: (mulIf n0).
    have -> : k' * (y - x) = (k' * y + c') - (k' * x + c') by mring.
    by rewrite -E1 -E2; mring.
  have cc : c' = c by move: E1; rewrite kk => /addrI.
  have r : root g (p1, p2) = - c / k.
    rewrite /root /= (h' p1) ?(h' p2) ?kk ?cc ?lp ?ph ?(le_trans (ltW p12)) ?(le_trans lp (ltW p12)) //.
    have k0' : k <> 0 by apply/eqP.
    have d0 : p2 - p1 <> 0 by apply/eqP; rewrite subr_eq0 gt_eqF.
    have -> : k * p2 + c - (k * p1 + c) = k * (p2 - p1) by mring.
    by ops R; field; split.
  have := allP fr' (root g (p1, p2)); rewrite map_f // => /(_ isT).
  rewrite r => /orP rr.
  have v0 z : k * z + c = k * (z - - c / k).
    by have k0' : k <> 0; [apply/eqP | ops R; field].
  move: bad; rewrite hx hy !v0; set q := - c / k in rr *.
  have xq : (0 <= x - q) && (0 <= y - q) || (x - q <= 0) && (y - q <= 0).
    rewrite !subr_ge0 !subr_le0; case: rr => h1; apply/orP; [left | right].
      by rewrite h1 (le_trans h1) // ltW.
    by rewrite h1 (le_trans _ h1) // ltW.
  have [kp | kn | k00] := ltgtP k 0; last by rewrite k00 eqxx in k0.
    by rewrite !nmulr_rge0 // !nmulr_rle0 // orbC xq.
  by rewrite !pmulr_rge0 // !pmulr_rle0 // xq.
apply/(affineP _ xy); case/orP: same => /andP [gx gy].
- exists k, c => z hz; rewrite -h // /relu max_r // h //.
  case/andP: hz => xz zy; move: gx gy; rewrite hx hy => gx gy.
  have [k0 | /ltW k0] := leP 0 k.
    apply: (le_by (addr_ge0 gx (mulr_ge0 k0 (le_sub xz)))); mring.
  rewrite -oppr_ge0 in k0; apply: (le_by (addr_ge0 gy (mulr_ge0 k0 (le_sub zy)))); mring.
- exists 0, 0 => z hz; rewrite mul0r add0r /relu max_l // h //.
  case/andP: hz => xz zy; move: gx gy; rewrite hx hy -!oppr_ge0 => gx gy.
  have [k0 | /ltW k0] := leP 0 k.
    apply: (le_by (addr_ge0 gy (mulr_ge0 k0 (le_sub zy)))); mring.
  rewrite -oppr_ge0 in k0; apply: (le_by (addr_ge0 gx (mulr_ge0 k0 (le_sub xz)))); mring.
Qed.
Lemma crossings_size g b : size (crossings g b) = (size b).+1.
Proof. by rewrite !size_map /= size_map. Qed.

(** A layer on common breaks. *)
Lemma sum_breaks (I : Type) (s : seq I) (F : I -> R -> R) (w : I -> R) (c : R) b :
  (forall i, breaks_only_at (F i) b) -> breaks_only_at (fun x => \sum_(i <- s) F i x * w i + c) b.
Proof.
move=> h x y xy fr z hz; elim: s => [|i s IH]; first by rewrite !big_nil; mring.
rewrite !big_cons; have := h i x y xy fr z hz => Hi.
have -> : F i z * w i + \sum_(j <- s) F j z * w j + c - (F i x * w i + \sum_(j <- s) F j x * w j + c)
  = (F i z - F i x) * w i + (\sum_(j <- s) F j z * w j + c - (\sum_(j <- s) F j x * w j + c)) by mring.
by rewrite mulrDl mulrAC Hi IH; mring.
Qed.
Lemma net_breaks n (N : net R n) (F : R -> 'rV[R]_n) b :
  (forall i, breaks_only_at (fun x => F x 0 i) b) ->
  exists b', (size b').+1 = ((size b).+1 * \prod_(w <- widths N) w.+1)%N /\
    breaks_only_at (fun x => value N (F x)) b'.
Proof.
elim: N F b => {n} [n v c | n m W d rest IH] F b h /=.
  exists b; rewrite big_nil muln1; split=> // x y xy fr.
  have := sum_breaks (index_enum _) (fun i => v 0 i) c h xy fr.
  by move=> H z hz; have := H z hz; rewrite /dot; under eq_bigr do rewrite mulrC;
    under [X in (_ - (X + _)) * _]eq_bigr do rewrite mulrC;
    under [X in _ = (X + _ - _) * _]eq_bigr do rewrite mulrC;
    under [X in _ = (_ - (X + _)) * _]eq_bigr do rewrite mulrC.
pose G (i : 'I_m) x := units W d (F x) 0 i.
have hG i : breaks_only_at (G i) b.
  move=> x y xy fr z hz; have := sum_breaks (index_enum _) (fun j => W j i) (d 0 i) h xy fr hz.
  by rewrite /G /units !mxE.
pose b' := b ++ flatten [seq crossings (G i) b | i <- enum 'I_m].
have sb' : (size b').+1 = ((size b).+1 * m.+1)%N.
  have fl (s : seq 'I_m) : size (flatten [seq crossings (G i) b | i <- s]) = (size s * (size b).+1)%N.
    by elim: s => //= i s IHs; rewrite size_cat !size_map IHs mulSn.
  by rewrite size_cat fl size_enum_ord -addSn -mulSn mulnC.
have [|b2 [s2 h2]] := IH (fun x => map_mx (@relu R) (units W d (F x))) b'.
  move=> i; have hi := relu_breaks (hG i).
  move=> x y xy; rewrite free_cat => /andP [fr fr2].
  have frc : free (b ++ crossings (G i) b) x y.
    rewrite free_cat fr; apply/allP => s sc; apply: (allP fr2).
    by apply/flattenP; exists (crossings (G i) b) => //; apply: map_f; rewrite mem_enum.
  by move=> z hz; have := hi x y xy frc z hz; rewrite /G !mxE.
exists b2; split=> //; rewrite s2 sb' big_cons mulnA //.
Qed.
Theorem line_pieces (w : nat) (ws : seq nat) (N : net R 1) :
  widths N = w :: ws -> all (leq 1) (w :: ws) ->
  pieces_at_most (fun x => value N (const_mx x)) (2 ^ size ws * (w.+1 * \prod_(v <- ws) v)).
Proof.
move=> Ew /andP [_ ws0].
have [|b [sb hb]] := @net_breaks 1 N (fun x => const_mx x) [::].
  by move=> i x y xy _ z hz; rewrite !mxE; mring.
exists b => //; rewrite sb Ew mul1n big_cons mulnCA leq_mul2l /=.
elim: ws ws0 {Ew sb} => [|v vs IH] /=; first by rewrite !big_nil.
case/andP=> v0 /IH h; rewrite !big_cons expnS mulnACA; apply: leq_mul h.
by rewrite mul2n -addnn -addn1 leq_add2l.
Qed.
End Kinks.
