(** Two shared filters on a box of positions as large as they are lose a sign pattern. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Commutator.
Variables (R : comRingType) (P : finType) (X : Type) (read : P -> P -> X).
Hypothesis read_sym : forall p q, read p q = read q p.

(** The unit at position [p]: tap [q] reads [read p q]. *)
Definition unit_over (w : P -> R) (b : P -> R) (x : X -> R) (p : P) : R :=
  \sum_q w q * x (read p q) + b p.

Theorem commutator_identity (u v b c : P -> R) (x : X -> R) :
  \sum_p v p * unit_over u b x p - \sum_p u p * unit_over v c x p =
  \sum_p v p * b p - \sum_p u p * c p.
Proof.
rewrite /unit_over.
under eq_bigr do rewrite mulrDr mulr_sumr.
under [X in _ - X = _]eq_bigr do rewrite mulrDr mulr_sumr.
rewrite !big_split /= opprD addrACA [X in X - _ + _]exchange_big /=.
rewrite (_ : \sum_j \sum_i _ = \sum_p \sum_q u p * (v q * x (read p q))) ?subrr ?add0r //.
by apply: eq_bigr => p _; apply: eq_bigr => q _; rewrite read_sym mulrCA.
Qed.
End Commutator.

Section Missing.
Variables (R : realDomainType) (P : finType) (X : Type) (read : P -> P -> X).
Hypothesis read_sym : forall p q, read p q = read q p.
Variables (u v b c : P -> R).

Definition preact (x : X -> R) (t : bool * P) : R :=
  if t.1 then unit_over read u b x t.2 else unit_over read v c x t.2.
(** A strict sign pattern: no unit is 0. *)
Definition occurs (s : {ffun bool * P -> bool}) (x : X -> R) : Prop :=
  forall t, if s t then 0 < preact x t else preact x t < 0.

Theorem some_pattern_is_missing : (0 < #|P|)%N -> exists s, forall x, ~ occurs s x.
Proof.
case/card_gt0P=> p0 _.
pose K := \sum_p v p * b p - \sum_p u p * c p.
pose s := [ffun t : bool * P => if t.1 then v t.2 < 0 else 0 < u t.2].
have ident x : K = \sum_p (v p * preact x (true, p) - u p * preact x (false, p)).
  by rewrite sumrB /preact /= (commutator_identity read_sym).
have [Kneg | Kpos] := ltP K 0.
- exists [ffun t => ~~ s t] => x occ; have := Kneg; rewrite ltNge (ident x) sumr_ge0 // => p _.
  rewrite subr_ge0 (@le_trans _ _ 0) //.
  + have := occ (false, p); rewrite !ffunE /=.
    by case: (ltP 0 (u p)) => /= h /ltW z; [rewrite mulr_ge0_le0 // ltW | rewrite mulr_le0_ge0].
  + have := occ (true, p); rewrite !ffunE /=.
    by case: (ltP (v p) 0) => /= h /ltW z; [rewrite mulr_le0 // ltW | rewrite mulr_ge0].
have [/forallP zero | /forallPn [p uv]] := boolP [forall p, (u p == 0) && (v p == 0)].
- exists [ffun t => preact (fun=> 0) t <= 0] => x /(_ (true, p0)).
  have -> : preact x (true, p0) = preact (fun=> 0) (true, p0).
    rewrite /preact /unit_over /=; congr (_ + _); apply: eq_bigr => q _.
    by have /andP[/eqP -> _] := zero q; rewrite !mul0r.
  by rewrite ffunE; case: (lerP (preact _ _) 0) => // /ltW h; rewrite ltNge h.
exists s => x occ.
have vz q : v q * preact x (true, q) <= 0.
  have := occ (true, q); rewrite !ffunE /=.
  by case: (ltP (v q) 0) => /= h /ltW z; [rewrite mulr_le0_ge0 // ltW | rewrite mulr_ge0_le0].
have uz q : 0 <= u q * preact x (false, q).
  have := occ (false, q); rewrite !ffunE /=.
  by case: (ltP 0 (u q)) => /= h /ltW z; [rewrite mulr_ge0 // ltW | rewrite mulr_le0].
have nz t : preact x t == 0 = false.
  by have := occ t; case: (s t) => [/lt0r_neq0 | /ltr0_neq0] /negPf.
pose e q := u q * preact x (false, q) - v q * preact x (true, q).
have e_ge0 q : 0 <= e q by rewrite subr_ge0 (le_trans (vz q)).
have e0 : \sum_q e q == 0.
  rewrite eq_le [0 <= _]sumr_ge0 // andbT (_ : \sum_q e q = - K) ?oppr_le0 //.
  by rewrite (ident x) -sumrN; apply: eq_bigr => q _; rewrite opprB.
have {e0} : e p == 0.
  by move: e0; rewrite psumr_eq0 // => /allP/(_ p (mem_index_enum p)).
rewrite subr_eq0 => /eqP E.
have E1 : u p * preact x (false, p) == 0 by rewrite eq_le {1}E vz uz.
have E2 : v p * preact x (true, p) == 0 by rewrite -E.
by move: E1 E2 uv; rewrite !mulf_eq0 !nz !orbF => -> ->.
Qed.

(** Any set of patterns that occur has at most [2^(2 #|P|) - 1] elements. *)
Theorem at_most_all_but_one (S : {set {ffun bool * P -> bool}}) : (0 < #|P|)%N ->
  (forall s, s \in S -> exists x, occurs s x) -> (#|S| <= (2 ^ (2 * #|P|)).-1)%N.
Proof.
move=> Pn occ; have [s miss] := some_pattern_is_missing Pn.
have -> : (2 ^ (2 * #|P|))%N = #|{ffun bool * P -> bool}| by rewrite card_ffun card_prod !card_bool.
rewrite -ltnS prednK; last by apply/card_gt0P; exists s.
have := subset_leq_card (subsetT S); rewrite cardsT leq_eqVlt => /orP [/eqP E | //].
have : S == setT by rewrite eqEcard subsetT cardsT E leqnn.
by move/eqP=> ST; have [|x] := occ s; [rewrite ST inE | move/miss].
Qed.
End Missing.

(** Two shared 2x2 filters on a 3x3 input, with any bias at each of the 8 units. *)
Theorem two_shared_filters_255 (R : realDomainType) (u v : 'I_2 -> 'I_2 -> R) (b c : 'I_2 -> 'I_2 -> R)
    (S : {set {ffun bool * ('I_2 * 'I_2) -> bool}}) :
  (forall s, s \in S -> exists x : 'I_3 -> 'I_3 -> R, forall i j : 'I_2,
     let z w b := \sum_(k < 2) \sum_(l < 2) w k l * x (inord (i + k)) (inord (j + l)) + b i j in
     (if s (true, (i, j)) then 0 < z u b else z u b < 0) /\
     (if s (false, (i, j)) then 0 < z v c else z v c < 0)) ->
  (#|S| <= 255)%N.
Proof.
move=> occ.
pose read (p q : 'I_2 * 'I_2) : 'I_3 * 'I_3 := (inord (p.1 + q.1), inord (p.2 + q.2)).
have sym p q : read p q = read q p by rewrite /read addnC [(p.2 + _)%N]addnC.
have -> : 255%N = (2 ^ (2 * #|{: 'I_2 * 'I_2}|)).-1 by rewrite card_prod card_ord.
apply: (@at_most_all_but_one R _ _ read sym (fun p => u p.1 p.2) (fun p => v p.1 p.2)
          (fun p => b p.1 p.2) (fun p => c p.1 p.2)).
  by rewrite card_prod card_ord.
move=> s /occ [x Hx]; exists (fun t => x t.1 t.2) => [[f [i j]]].
have unitE w d : unit_over read (fun p => w p.1 p.2) (fun p => d p.1 p.2) (fun t => x t.1 t.2) (i, j) =
    \sum_(k < 2) \sum_(l < 2) w k l * x (inord (i + k)) (inord (j + l)) + d i j.
  by rewrite /unit_over -[X in X + _](pair_bigA _ (fun k l => w k l * x (inord (i + k)) (inord (j + l)))).
have [h1 h2] := Hx i j; rewrite /preact; case: f => /=; rewrite unitE; [exact: h1 | exact: h2].
Qed.

(** The same in the words of [Specification]. *)
From Crease Require Import Specification.
Theorem commutator_of_filters (R : comRingType) f1 f2 (u v : filter R f1 f2) (bu bv : R) x :
  weighted v (unit_at u bu x) - weighted u (unit_at v bv x) =
  bu * taps v - bv * taps u.
Proof.
pose read (p q : 'I_f1 * 'I_f2) := ((p.1 + q.1)%N, (p.2 + q.2)%N).
have sym p q : read p q = read q p by rewrite /read addnC [(p.2 + _)%N]addnC.
have := @commutator_identity R _ _ read sym (fun p => u p.1 p.2) (fun p => v p.1 p.2)
  (fun=> bu) (fun=> bv) (fun t => x t.1 t.2).
have unitE (w : filter R f1 f2) d i j :
    unit_over read (fun p => w p.1 p.2) (fun=> d) (fun t => x t.1 t.2) (i, j) =
    unit_at w d x i j.
  by rewrite /unit_over /unit_at -(pair_bigA _ (fun k l => w k l * x (i + k)%N (j + l)%N)).
have sumE (w w' : filter R f1 f2) d :
    \sum_p w' p.1 p.2 * unit_over read (fun p => w p.1 p.2) (fun=> d) (fun t => x t.1 t.2) p =
    weighted w' (unit_at w d x).
  rewrite /weighted (pair_bigA _ (fun i j => w' i j * unit_at w d x i j)).
  by apply: eq_bigr => -[i j] _; rewrite unitE.
have tapsE (w : filter R f1 f2) d : \sum_p w p.1 p.2 * d = d * taps w.
  rewrite mulrC /taps pair_bigA mulr_suml; by apply: eq_bigr => -[].
by rewrite !sumE !tapsE.
Qed.
Theorem at_most_255 (R : realDomainType) (u v b c : 'I_2 -> 'I_2 -> R) :
  at_most (fun s : {ffun bool * ('I_2 * 'I_2) -> bool} =>
    exists x : nat -> nat -> R, forall i j,
      let side (positive : bool) z := if positive then 0 < z else z < 0 in
      side (s (true, (i, j))) (unit_at u (b i j) x i j) /\
      side (s (false, (i, j))) (unit_at v (c i j) x i j)) 255.
Proof.
move=> L uL occ; rewrite -(card_uniqP uL) -cardsE.
apply: (@two_shared_filters_255 R u v b c [set s | s \in L]) => s; rewrite inE => /occ [x h].
exists (fun i j => x i j) => i j; have [h1 h2] := h i j.
have E (w : 'I_2 -> 'I_2 -> R) d :
    \sum_(k < 2) \sum_(l < 2) w k l * x (inord (i + k) : 'I_3) (inord (j + l) : 'I_3) + d =
    unit_at w d x i j.
  congr (_ + _); apply: eq_bigr => k _; apply: eq_bigr => l _.
  have lt3 (p q : 'I_2) : (p + q < 3)%N by have := leq_add (ltn_ord p : (p <= 1)%N) (ltn_ord q); rewrite addnS.
  by rewrite !inordK.
by rewrite /= !E; split.
Qed.
