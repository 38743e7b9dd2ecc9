(** Gordan's alternative over any ordered field, constructively: it decides strict linear systems. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Dot.
Variables (R : realFieldType) (n : nat).
Implicit Types (u v w x : 'rV[R]_n) (k : R) (a : seq 'rV[R]_n).

Lemma dotDl u v w : dot (u + v) w = dot u w + dot v w.
Proof. by rewrite -big_split; apply: eq_bigr => i _; rewrite mxE mulrDl. Qed.
Lemma dotZl k u v : dot (k *: u) v = k * dot u v.
Proof. by rewrite mulr_sumr; apply: eq_bigr => i _; rewrite mxE mulrA. Qed.
Lemma dotC u v : dot u v = dot v u.
Proof. by apply: eq_bigr => i _; rewrite mulrC. Qed.
Lemma dotDr u v w : dot w (u + v) = dot w u + dot w v.
Proof. by rewrite dotC dotDl !(dotC w). Qed.
Lemma dotZr k u v : dot v (k *: u) = k * dot v u.
Proof. by rewrite dotC dotZl dotC. Qed.
Lemma dot0l v : dot 0 v = 0.
Proof. by rewrite -(scale0r (0 : 'rV_n)) dotZl mul0r. Qed.
Lemma dot0r v : dot v 0 = 0.
Proof. by rewrite dotC dot0l. Qed.
Lemma dot_gt0 u : u != 0 -> 0 < dot u u.
Proof.
move=> un0; rewrite lt0r sumr_ge0 => [|i _]; last exact: sqr_ge0.
rewrite andbT; apply: contra un0; rewrite psumr_eq0 => [/allP z | i _]; last exact: sqr_ge0.
apply/eqP/rowP => i; rewrite !mxE; apply/eqP.
by have := z i (mem_index_enum i); rewrite mulf_eq0 orbb.
Qed.

(** A step so small that finitely many positive numbers stay positive. *)
Lemma lin_pos (f g e e' : R) : 0 < f -> 0 < f + e * g -> 0 < e' -> e' <= e -> 0 < f + e' * g.
Proof.
move=> f0 h e0 le; have [g0 | g0] := leP 0 g.
  by apply: (lt_le_trans f0); rewrite -subr_ge0 addrAC subrr add0r mulr_ge0 // ltW.
apply: (lt_le_trans h); rewrite -subr_ge0 opprD addrACA subrr add0r -mulrBl.
by rewrite mulr_le0 // ?subr_le0 // ltW.
Qed.
Lemma small_step (T : Type) (s : seq T) (f g : T -> R) : all (fun t => 0 < f t) s ->
  {e : R | 0 < e & forall e', 0 < e' -> e' <= e -> all (fun t => 0 < f t + e' * g t) s}.
Proof.
elim: s => [|t s IH] /=; first by exists 1 => //; exact: ltr01.
case/andP=> ft /IH [e e0 he]; pose d := 1 + `|g t|.
have d0 : 0 < d by rewrite (lt_le_trans ltr01) // -subr_ge0 addrAC subrr add0r normr_ge0.
have m0 : 0 < f t / d by rewrite mulr_gt0 ?invr_gt0.
have mpos : 0 < f t + f t / d * g t.
  have -> : f t + f t / d * g t = f t / d * (d + g t).
    by rewrite mulrDr divfK // gt_eqF.
  have ng : 0 <= `|g t| + g t by rewrite -[X in _ + X]opprK subr_ge0 -normrN ler_norm.
  by rewrite mulr_gt0 // /d -addrA (lt_le_trans ltr01) // -subr_ge0 addrAC subrr add0r.
have [le | /ltW le] := leP e (f t / d).
  by exists e => // e' e'0 e'e; rewrite he // (lin_pos ft mpos) // (le_trans e'e).
by exists (f t / d) => // e' e'0 e'e; rewrite (lin_pos ft mpos) // he // (le_trans e'e).
Qed.

(** Gordan's alternative for a family of vectors. *)
Definition separates w a := all (fun x => 0 < dot w x) a.
Definition vanishes (c : seq R) a :=
  [&& size c == size a, all (fun t => 0 <= t) c, has (fun t => 0 < t) c & combination c a == 0].

Lemma combination_cons t c x a : combination (t :: c) (x :: a) = t *: x + combination c a.
Proof. by rewrite /combination /= big_cons. Qed.
Lemma dot_combination w c a : dot w (combination c a) = \sum_(t <- zip c a) t.1 * dot w t.2.
Proof.
rewrite /combination; elim: (zip c a) => [|t s IH]; first by rewrite !big_nil dot0r.
by rewrite !big_cons dotDr dotZr IH.
Qed.
Lemma combination_nseq0 m a : combination (nseq m 0) a = 0.
Proof.
rewrite /combination; elim: m a => [|m IH] [|x a] /=; rewrite ?big_nil //.
by rewrite big_cons IH scale0r addr0.
Qed.

Lemma combination_shift c (f : 'rV[R]_n -> R) z a : combination c [seq x + f x *: z | x <- a] =
  (\sum_(t <- zip c a) t.1 * f t.2) *: z + combination c a.
Proof.
rewrite /combination; elim: c a => [|t c IH] [|x a] /=; rewrite ?big_nil ?scale0r ?add0r //.
by rewrite !big_cons IH /= scalerDl scalerDr scalerA addrCA -!addrA [in RHS]addrCA [t *: x + _]addrCA.
Qed.
Lemma weights_ge0 c (f : 'rV[R]_n -> R) a : all (fun t => 0 <= t) c -> all (fun x => 0 <= f x) a ->
  0 <= \sum_(t <- zip c a) t.1 * f t.2.
Proof.
elim: c a => [|t c IH] [|x a] /=; rewrite ?big_nil // => /andP [t0 c0] /andP [x0 a0].
by rewrite big_cons addr_ge0 ?mulr_ge0 ?IH.
Qed.

Lemma weights_gt0 c (f : 'rV[R]_n -> R) a : size c = size a -> all (fun t => 0 <= t) c ->
  has (fun t => 0 < t) c -> all (fun x => 0 < f x) a -> 0 < \sum_(t <- zip c a) t.1 * f t.2.
Proof.
elim: c a => [|t c IH] [|x a] //= /eqP; rewrite eqSS => /eqP sz /andP [t0 c0] tc /andP [x0 a0].
rewrite big_cons /=; have S0 : 0 <= \sum_(j <- zip c a) j.1 * f j.2.
  by apply: weights_ge0 => //; apply: sub_all a0 => y /ltW.
move: tc; have [tp _ | tz /= hc] := ltP 0 t.
  by rewrite (lt_le_trans (mulr_gt0 tp x0)) // -subr_ge0 addrAC subrr add0r.
by rewrite (lt_le_trans (IH a sz c0 hc a0)) // -subr_ge0 addrK mulr_ge0 // ltW.
Qed.

(** Never both. *)
Lemma gordan_exclusive w c a : separates w a -> vanishes c a -> False.
Proof.
move=> sep /and4P [/eqP sz nn ps /eqP z].
have : 0 < dot w (combination c a) by rewrite dot_combination weights_gt0.
by rewrite z dot0r ltxx.
Qed.

(** At least one, and which. *)
Theorem gordan a : {w | separates w a} + {c | vanishes c a}.
Proof.
have [m] := ubnP (size a); elim: m a => // m IH [|z a] /= sz; first by left; exists 0.
case: (IH a sz) => [[w sep] | [c /and4P [cs nn ps cz]]]; last first.
  right; exists (0 :: c); rewrite /vanishes /= eqSS cs nn ps lexx orbT combination_cons scale0r add0r.
  exact: cz.
have [wz | wz | wz] := ltgtP (dot w z) 0; last first.
- (* [w] vanishes at [z]: turn it a little towards [z] *)
  have [z0 | zn] := eqVneq z 0.
    right; exists (1 :: nseq (size a) 0); rewrite /vanishes /= size_nseq eqxx ler01 ltr01 combination_cons.
    by rewrite all_nseq lexx orbT z0 scaler0 add0r combination_nseq0 eqxx.
  have [e e0 he] := small_step (fun x => dot z x) sep.
  left; exists (w + e *: z); rewrite /separates /= dotDl dotZl wz add0r mulr_gt0 ?dot_gt0 //=.
  have := he e e0 (lexx e); rewrite /separates; apply: sub_all => x.
  by rewrite dotDl dotZl.
- by left; exists w; rewrite /separates /= wz.
- (* [w] is negative at [z]: go on along [z] *)
  pose lam x := - (dot w x / dot w z); pose b := [seq x + lam x *: z | x <- a].
  have lam0 x : x \in a -> 0 < lam x.
    by move=> xa; rewrite oppr_gt0 pmulr_rlt0 ?invr_lt0 // (allP sep).
  have bw x : dot w (x + lam x *: z) = 0.
    by rewrite dotDr dotZr /lam mulNr divfK ?lt_eqF // subrr.
  have szb : (size b < m)%N by rewrite size_map.
  have [[w' sep'] | [c /and4P [/eqP cs nn ps /eqP cz]]] := IH b szb.
  + have fpos : all (fun x => 0 < dot w' (x + lam x *: z)) a by move: sep'; rewrite /separates all_map.
    have [e e0 he] := small_step (fun x => - lam x) fpos.
    left; exists (w' + ((e - dot w' z) / dot w z) *: w).
    have wz' : dot (w' + ((e - dot w' z) / dot w z) *: w) z = e.
      by rewrite dotDl dotZl divfK ?lt_eqF // addrC subrK.
    rewrite /separates /= wz' e0 /=; apply/allP => x xa.
    have := allP (he e e0 (lexx e)) x xa.
    have := dotDl w' (((e - dot w' z) / dot w z) *: w) (x + lam x *: z).
    by rewrite dotZl bw mulr0 addr0 dotDr dotZr wz' => <-; rewrite mulrN (mulrC e) addrK.
  + right; exists ((\sum_(t <- zip c a) t.1 * lam t.2) :: c).
    rewrite /vanishes /= -(size_map (fun x => x + lam x *: z) a) -/b cs eqxx nn ps orbT combination_cons.
    rewrite -combination_shift -/b cz eqxx !andbT weights_ge0 //.
    by apply/allP => x /lam0 /ltW.
Qed.
End Dot.

Theorem exactly_one (R : realFieldType) n (zs : seq 'rV[R]_n) :
  let separated := exists w, forall z, z \in zs -> 0 < dot w z in
  let combined := exists c : seq R, [/\ size c = size zs, all (fun t => 0 <= t) c,
    \sum_(t <- c) t = 1 & combination c zs = 0] in
  (separated \/ combined) /\ ~ (separated /\ combined).
Proof.
split.
- case: (gordan zs) => [[w /allP sep] | [c /and4P [/eqP sz nn ps /eqP z]]]; first by left; exists w.
  right; set t := \sum_(a <- c) a.
  have ct : \sum_(p <- zip c zs) p.1 * 1 = t.
    rewrite /t -{2}(unzip1_zip (eq_leq sz)) big_map.
    by apply: eq_bigr => p _; rewrite mulr1.
  have t0 : 0 < t by rewrite -ct (weights_gt0 (f := fun=> 1)) //; apply/allP => ? _; exact: ltr01.
  exists [seq t^-1 * a | a <- c]; split; first by rewrite size_map.
  + by apply/allP => _ /mapP [a ac ->]; apply: mulr_ge0; [rewrite invr_ge0 ltW | exact: (allP nn)].
  + by rewrite big_map -mulr_sumr mulVf // gt_eqF.
  + have scale : forall (l : seq R) (ys : seq 'rV[R]_n),
        combination [seq t^-1 * a | a <- l] ys = t^-1 *: combination l ys.
      elim=> [|a l IH] [|y ys] /=; rewrite /combination /= ?big_nil ?scaler0 //.
      by rewrite !big_cons scalerDr scalerA -/(combination _ ys) IH.
    by rewrite scale z scaler0.
- case=> -[w sep] [c [sz nn c1 z]]; apply: (@gordan_exclusive R n w c zs); first exact/allP.
  rewrite /vanishes sz eqxx nn z eqxx !andbT /=; apply: contraT => /hasPn neg.
  have : \sum_(t <- c) t = 0.
    apply: big1_seq => t /andP [_ tc]; apply/eqP; rewrite eq_le (allP nn t tc) andbT leNgt.
    exact: neg.
  by rewrite c1 => /eqP; rewrite oner_eq0.
Qed.
