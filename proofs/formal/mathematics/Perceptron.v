(** The perceptron makes at most R^2 |u|^2 / margin^2 mistakes, where R^2 is [r]; no threshold unit computes XOR, and
    one ReLU unit misses it by one half. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan.
Local Open Scope ring_scope.

Section Mistakes.
Variables (R : realFieldType) (n : nat).
Add Field mistakes_field : (o_field R).
Ltac mring := ops R; ring.
Implicit Types (u w z : 'rV[R]_n).

Lemma dot_ge0 u : 0 <= dot u u.
Proof. by rewrite sumr_ge0 // => i _; rewrite -expr2 sqr_ge0. Qed.
Lemma cauchy u w : dot u w ^+ 2 <= dot u u * dot w w.
Proof.
have [u0 | un] := eqVneq (dot u u) 0.
  have -> : u = 0; last by rewrite !dot0l mul0r expr0n.
  by apply/eqP; apply: contraT => /dot_gt0; rewrite u0 ltxx.
have up : 0 < dot u u by rewrite lt0r un dot_ge0.
have := dot_ge0 (dot u u *: w + (- dot u w) *: u).
rewrite !(dotDl, dotDr, dotZl, dotZr) (dotC w u).
set a := dot u u; set b := dot u w; set c := dot w w => h.
rewrite -(ler_pmul2l up); apply: (le_by h); rewrite /a; mring.
Qed.

(** After [k] mistakes the weights have grown along [u], and not much in length. *)
Lemma grown u margin radius zs : 0 <= radius ->
  all (fun z => (margin <= dot u z) && (dot z z <= radius)) zs ->
  forall w k, k%:R * margin <= dot u w -> dot w w <= k%:R * radius ->
  exists w', (k + mistakes w zs)%:R * margin <= dot u w' /\ dot w' w' <= (k + mistakes w zs)%:R * radius.
Proof.
move=> r0; elim: zs => [|z zs IH] /=; first by move=> _ w k g l; exists w; rewrite addn0.
case/andP=> /andP [mz rz] h w k g l; case: ifP => [wz | _]; last exact: IH.
have [w' [g' l']] : exists w', (k.+1 + mistakes (w + z) zs)%:R * margin <= dot u w' /\
    dot w' w' <= (k.+1 + mistakes (w + z) zs)%:R * radius.
  apply: (IH h (w + z) k.+1).
    apply: (le_by (addr_ge0 (le_sub g) (le_sub mz))); rewrite dotDr mulrSr; mring.
  have wz' : 0 <= - dot w z by rewrite oppr_ge0.
  apply: (le_by (addr_ge0 (addr_ge0 (le_sub l) (le_sub rz)) (addr_ge0 wz' wz'))).
  rewrite !(dotDl, dotDr) (dotC z w) mulrSr; mring.
by exists w'; rewrite addnS -addSn.
Qed.
Theorem mistake_bound u margin r zs : 0 < margin -> 0 <= r ->
  (forall z, z \in zs -> margin <= dot u z /\ dot z z <= r) ->
  (mistakes 0 zs)%:R * margin ^+ 2 <= r * dot u u.
Proof.
move=> m0 r0 h; have h' : all (fun z => (margin <= dot u z) && (dot z z <= r)) zs.
  by apply/allP => z /h [-> ->].
have [||w] := grown r0 h' (w := 0) (k := 0%N); rewrite ?mul0r ?dot0r //.
rewrite add0n; set k := mistakes 0 zs => -[g l].
have [k0 | kn] := posnP k; first by rewrite k0 mul0r mulr_ge0 ?dot_ge0.
have kp : (0 : R) < k%:R by rewrite ltr0n.
rewrite -(ler_pmul2l kp).
have km : 0 <= k%:R * margin by rewrite mulr_ge0 // ltW.
have sq : (k%:R * margin) ^+ 2 <= dot u w ^+ 2.
  by apply: (le_by (mulr_ge0 (le_sub g) (addr_ge0 (le_trans km g) km))); mring.
have := le_trans sq (cauchy u w).
have := ler_wpmul2l (dot_ge0 u) l => l' s'.
apply: (le_by (le_sub (le_trans s' l'))); mring.
Qed.
End Mistakes.

(** ** XOR *)
Section Xor.
Variable R : realFieldType.
Add Field xor_field : (o_field R).
Ltac mring := ops R; ring.
Implicit Types (v b c : R).

(** A bit as a number. *)
Definition bit (s : bool) : R := if s then 1 else 0.
Lemma bitE s : bit s = s%:R. Proof. by case: s. Qed.

Lemma no_threshold (w1 w2 b : R) :
  exists x y : bool, (0 < w1 * bit x + w2 * bit y + b) != (x (+) y).
Proof.
pose z x y := w1 * bit x + w2 * bit y + b.
have E : z false true + z true false = z false false + z true true by rewrite /z /bit; mring.
case a00: (0 < z false false); first by exists false, false; rewrite -/(z _ _) a00.
case a11: (0 < z true true); first by exists true, true; rewrite -/(z _ _) a11.
case a01: (0 < z false true); last by exists false, true; rewrite -/(z _ _) a01.
case a10: (0 < z true false); last by exists true, false; rewrite -/(z _ _) a10.
move/negbT: a00; move/negbT: a11; rewrite -!leNgt => a11 a00.
have := addr_gt0 a01 a10; rewrite E ltNge; case/negP.
by rewrite -oppr_ge0 opprD addr_ge0 ?oppr_ge0.
Qed.

Lemma relu_mono (x y : R) : x <= y -> relu x <= relu y.
Proof.
move=> xy; rewrite /relu le_maxl !le_maxr lexx /= xy orbT //.
Qed.
Lemma one_relu_unit (v w1 w2 b c : R) :
  exists x y : bool, 2%:R^-1 <= `|v * relu (w1 * bit x + w2 * bit y + b) + c - bit (x (+) y)|.
Proof.
pose t x y := w1 * bit x + w2 * bit y + b; pose f x y := v * relu (t x y) + c.
have h0 : (0 : R) < 2%:R^-1 by rewrite invr_gt0 ltr0n.
have [/existsP [x /existsP [y h]] | none] :=
  boolP [exists x : bool, exists y : bool, 2%:R^-1 <= `|f x y - bit (x (+) y)|]; first by exists x, y.
have lt x y : `|f x y - bit (x (+) y)| < 2%:R^-1.
  by rewrite ltNge; apply: contra none => h; apply/existsP; exists x; apply/existsP; exists y.
have half : 2%:R^-1 + 2%:R^-1 = 1 :> R.
  have n2 : 2%:R <> 0 :> R by apply/eqP; rewrite pnatr_eq0.
  by ops R; field.
have low x : f x x < 2%:R^-1.
  have := lt x x; rewrite addbb /bit subr0; exact: le_lt_trans (ler_norm _).
have high x : 2%:R^-1 < f x (~~ x).
  have := lt x (~~ x); rewrite addbN addbb /bit distrC => /(le_lt_trans (ler_norm _)) l.
  by apply: (lt_by (lt_sub l)); move: half; set h := 2%:R^-1 => <-; mring.
have up x y : f x x < f y (~~ y) by apply: lt_trans (low x) (high y).
(* the unit is monotone in its argument *)
have [v0 | /ltW v0] := leP 0 v.
- have mono x y x' y' : f x y < f x' y' -> t x y < t x' y'.
    rewrite !ltNge; apply: contra => le; rewrite /f; have := ler_wpmul2l v0 (relu_mono le) => l.
    by apply: (le_by (le_sub l)); mring.
  have := mono _ _ _ _ (up true false); have := mono _ _ _ _ (up false true).
  rewrite /t /bit /= => a1 a2; exfalso; have := addr_gt0 (lt_sub a1) (lt_sub a2).
  by rewrite (_ : _ + _ = 0) ?ltxx //; mring.
- have mono x y x' y' : f x y < f x' y' -> t x' y' < t x y.
    rewrite !ltNge; apply: contra => le; rewrite /f; have := relu_mono le => l.
    have := mulr_ge0 (_ : 0 <= - v) (le_sub l); rewrite oppr_ge0 => /(_ v0) l'.
    by apply: (le_by l'); mring.
  have := mono _ _ _ _ (up true false); have := mono _ _ _ _ (up false true).
  rewrite /t /bit /= => a1 a2; exfalso; have := addr_gt0 (lt_sub a1) (lt_sub a2).
  by rewrite (_ : _ + _ = 0) ?ltxx //; mring.
Qed.

Theorem xor_no_threshold (w1 w2 b : R) :
  exists x y : bool, (0 < w1 * x%:R + w2 * y%:R + b) != (x (+) y).
Proof. by have [x [y h]] := no_threshold w1 w2 b; exists x, y; rewrite -!bitE. Qed.
Theorem xor_one_relu_unit (v w1 w2 b c : R) :
  exists x y : bool, 2%:R^-1 <= `|v * relu (w1 * x%:R + w2 * y%:R + b) + c - (x (+) y)%:R|.
Proof. by have [x [y h]] := one_relu_unit v w1 w2 b c; exists x, y; rewrite -!bitE. Qed.
End Xor.
