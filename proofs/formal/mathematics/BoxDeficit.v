(** Two filters without a common factor and without a tap of zero, both sides at least two, on a box
    of inputs as large as makes as many positions as taps: all sets of units can be matched with inputs, and all but one are independent. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import Lia.
From Crease Require TwoFilters.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra.
Local Open Scope ring_scope.

(** ** Polynomials over an infinite field *)
Section Zero.
Variable R : realFieldType.
Implicit Types p r : {poly R}.

Lemma zero_everywhere p : (forall y, p.[y] = 0) -> p = 0.
Proof.
move=> z; apply: contraTeq isT => p0.
have := @max_poly_roots _ p [seq i%:R | i <- iota 0 (size p)] p0.
rewrite size_map size_iota ltnn; apply.
  by apply/allP => y _; rewrite /root z.
by rewrite map_inj_uniq ?iota_uniq // => i j /eqP; rewrite eqr_nat => /eqP.
Qed.
Lemma zero_almost p r : r != 0 -> (forall y, r.[y] != 0 -> p.[y] = 0) -> p = 0.
Proof.
move=> r0 h; have /eqP : p * r = 0.
  apply: zero_everywhere => y; rewrite hornerM.
  by have [-> | /h ->] := eqVneq r.[y] 0; rewrite ?mulr0 ?mul0r.
by rewrite mulf_eq0 (negPf r0) orbF => /eqP.
Qed.
Lemma nonzero_somewhere r : r != 0 -> exists y, r.[y] != 0.
Proof.
move=> r0; have : ~~ all (root r) [seq i%:R | i <- iota 0 (size r)].
  apply/negP => h; have un : uniq [seq i%:R : R | i <- iota 0 (size r)].
    by rewrite map_inj_uniq ?iota_uniq // => i j /eqP; rewrite eqr_nat => /eqP.
  by have := max_poly_roots r0 h un; rewrite size_map size_iota ltnn.
by case/allPn => y _ h; exists y.
Qed.

(** The polynomial with given coefficients. *)
Definition pol (A : ringType) n (c : 'I_n -> A) : {poly A} := \sum_(i < n) c i *: 'X^i.
Lemma pol_coef (A : ringType) n (c : 'I_n -> A) i : (pol c)`_i = if insub i is Some k then c k else 0.
Proof.
rewrite /pol coef_sum; case: insubP => [k _ kE | ik].
  rewrite (bigD1 k) //= coefZ coefXn kE eqxx mulr1 big1 ?addr0 // => j jk.
  by rewrite coefZ coefXn -kE eq_sym (inj_eq val_inj) (negPf jk) mulr0.
rewrite big1 // => j _; rewrite coefZ coefXn; case: eqP => [E | _]; last by rewrite mulr0.
by rewrite E ltn_ord in ik.
Qed.
Lemma pol_size (A : ringType) n (c : 'I_n -> A) : (size (pol c) <= n)%N.
Proof. by apply/leq_sizeP => i ni; rewrite pol_coef insubF // ltnNge ni. Qed.
Lemma pol_horner (A : comRingType) n (c : 'I_n -> A) x : (pol c).[x] = \sum_i c i * x ^+ i.
Proof. by rewrite /pol horner_sum; apply: eq_bigr => i _; rewrite hornerZ hornerXn. Qed.
Lemma pol_inj (A : ringType) n (c d : 'I_n -> A) : pol c = pol d -> c =1 d.
Proof. by move=> E i; have := pol_coef c i; rewrite E pol_coef valK. Qed.
End Zero.

(** ** Relations between two filters *)
Section Relation.
Variable R : realFieldType.
Add Field box_field : (o_field R).
Ltac mring := ops R; ring.

(** The value of a filter's polynomial. *)
Definition at_ f1 f2 (w : filter R f1 f2) (x y : R) : R := \sum_k \sum_l w k l * (x ^+ k * y ^+ l).
Lemma at_slice f1 f2 (w : filter R f1 f2) x y : (slice w x).[y] = at_ w x y.
Proof.
rewrite -[slice w x]/(pol _) pol_horner /at_ exchange_big; apply: eq_bigr => l _.
by rewrite mulr_suml; apply: eq_bigr => k _; rewrite mulrA.
Qed.
Lemma at_swap f1 f2 (w : filter R f1 f2) x y : at_ (fun l k => w k l) y x = at_ w x y.
Proof. by rewrite /at_ exchange_big; apply: eq_bigr => k _; apply: eq_bigr => l _; rewrite (mulrC (y ^+ _)). Qed.
Lemma slice_size f1 f2 (w : filter R f1 f2) x : (size (slice w x) <= f2)%N.
Proof. exact: pol_size. Qed.

(** The filter as a polynomial in two variables. *)
Definition both f1 f2 (w : filter R f1 f2) : {poly {poly R}} := pol (fun l => pol (fun k => w k l)).
Lemma both_slice f1 f2 (w : filter R f1 f2) x : map_poly (horner_eval x) (both w) = slice w x.
Proof.
apply/polyP => i; rewrite coef_map /both -[slice w x]/(pol _) !pol_coef.
by case: insubP => [k _ _ | _]; rewrite /= /horner_eval ?pol_horner ?horner0.
Qed.

(** What holds at one value holds at almost all. *)
Lemma coprime_almost f1 f2 (u v : filter R f1 f2) : (0 < f2)%N -> coprime_slices u v ->
  exists2 r : {poly R}, r != 0 & forall x, r.[x] != 0 ->
    [/\ size (slice u x) = f2, size (slice v x) = f2 & coprimep (slice u x) (slice v x)].
Proof.
move=> f20 [x0 [su sv co]].
have full (w : filter R f1 f2) x : size (slice w x) = f2 ->
    size (both w) = f2 /\ horner_eval x (lead_coef (both w)) != 0.
  move=> sw; have sb : size (both w) = f2.
    by apply/eqP; rewrite eqn_leq pol_size -{1}sw -both_slice; exact: size_poly.
  split=> //; have : lead_coef (slice w x) != 0 by rewrite lead_coef_eq0 -size_poly_gt0 sw.
  by rewrite lead_coefE sw -both_slice coef_map (lead_coefE (both w)) sb.
have [bu lu] := full _ _ su; have [bv lv] := full _ _ sv.
have gcd x : horner_eval x (lead_coef (both u)) != 0 -> horner_eval x (lead_coef (both v)) != 0 ->
    (horner_eval x (resultant (both u) (both v)) != 0) = coprimep (slice u x) (slice v x).
  move=> hu hv; rewrite (map_resultant hu hv) !both_slice resultant_eq0 coprimep_def -leqNgt eqn_leq.
  suff -> : (0 < size (gcdp (slice u x) (slice v x)))%N by rewrite andbT.
  rewrite size_poly_gt0 gcdp_eq0 negb_and; apply/orP; left.
  apply: contraNneq hu => z.
  have : (map_poly (horner_eval x) (both u))`_f2.-1 = horner_eval x (both u)`_f2.-1
    by rewrite coef_map.
  by rewrite both_slice z coef0 lead_coefE bu /= => <-.
exists (resultant (both u) (both v) * lead_coef (both u) * lead_coef (both v)).
  have : horner_eval x0 (resultant (both u) (both v) * lead_coef (both u) * lead_coef (both v)) != 0.
    by rewrite !rmorphM !mulf_neq0 // gcd.
  by apply: contraNneq => ->; rewrite rmorph0.
move=> x; rewrite -[_.[x]]/(horner_eval x _) !rmorphM !mulf_eq0 !negb_or => /andP [/andP [res hu] hv].
have size_of (w : filter R f1 f2) : size (both w) = f2 -> horner_eval x (lead_coef (both w)) != 0 -> size (slice w x) = f2.
  by move=> sb hw; rewrite -both_slice size_map_poly_id0.
by rewrite !size_of // -gcd.
Qed.

Section Proportional.
Variables (f1 f2 : nat) (u v a b : filter R f1 f2).
Hypothesis relation : forall x y, at_ a x y * at_ u x y + at_ b x y * at_ v x y = 0.

Lemma slices_proportional x : size (slice v x) = f2 -> coprimep (slice u x) (slice v x) ->
  forall y z, at_ a x y * at_ v x z = at_ a x z * at_ v x y.
Proof.
move=> sv co y z; have E : slice a x * slice u x + slice b x * slice v x = 0.
  by apply: zero_everywhere => t; rewrite hornerD !hornerM !at_slice.
have : slice v x %| slice a x.
  rewrite -(Gauss_dvdpl (slice a x) (_ : coprimep (slice v x) (slice u x))) 1?coprimep_sym //.
  by move/eqP: E; rewrite addr_eq0 => /eqP ->; rewrite -mulNr dvdp_mull.
have [a0 _ | a0 va] := eqVneq (slice a x) 0; first by rewrite -!at_slice a0 !horner0 !mul0r.
have : size (slice v x) == size (slice a x).
  by rewrite eqn_leq dvdp_leq //= sv slice_size.
rewrite dvdp_size_eqp // => /eqpf_eq [c c0 vE].
by rewrite -!at_slice vE !hornerZ mulrCA [in RHS]mulrCA (mulrC (slice a x).[y]).
Qed.
End Proportional.

Lemma proportional f1 f2 (u v a b : filter R f1 f2) : (0 < f1)%N -> (0 < f2)%N ->
  no_common_factor u v ->
  (forall x y, at_ a x y * at_ u x y + at_ b x y * at_ v x y = 0) ->
  exists k, forall x y, at_ a x y = k * at_ v x y.
Proof.
move=> f10 f20 [/(coprime_almost f20) [r r0 hr] /(coprime_almost f10) [s s0 hs]] E.
have rows x y z : r.[x] != 0 -> at_ a x y * at_ v x z = at_ a x z * at_ v x y.
  by case/hr => _ sv co; exact: (slices_proportional E sv co).
have columns x t y : s.[y] != 0 -> at_ a x y * at_ v t y = at_ a t y * at_ v x y.
  case/hs => _ sv co; have E' x' y' : at_ (fun l k => a k l) x' y' * at_ (fun l k => u k l) x' y' +
      at_ (fun l k => b k l) x' y' * at_ (fun l k => v k l) x' y' = 0.
    by rewrite (at_swap a) (at_swap u) (at_swap b) (at_swap v).
  by have := slices_proportional E' sv co x t; rewrite !(at_swap a) !(at_swap v).
have [y' sy] := nonzero_somewhere s0; have [_ sv _] := hs _ sy.
set g := slice _ y' in sv; have g0 : g != 0 by rewrite -size_poly_gt0 sv.
have gE x : g.[x] = at_ v x y' by rewrite at_slice (at_swap v).
have [x' gx] := nonzero_somewhere g0.
exists (at_ a x' y' / at_ v x' y') => x y; apply/eqP; rewrite -subr_eq0; apply/eqP.
pose h := slice (fun l k => a k l) y - (at_ a x' y' / at_ v x' y') *: slice (fun l k => v k l) y.
have hE t : h.[t] = at_ a t y - at_ a x' y' / at_ v x' y' * at_ v t y.
  by rewrite hornerD hornerN hornerZ !at_slice (at_swap a) (at_swap v).
rewrite -hE (_ : h = 0) ?horner0 //; apply: (@zero_almost _ _ (r * g)); first by rewrite mulf_neq0.
move=> t; rewrite hornerM mulf_eq0 negb_or gE => /andP [rt gt]; rewrite hE; apply/eqP; rewrite subr_eq0; apply/eqP.
rewrite gE in gx; have key : at_ a t y * at_ v t y' * at_ v x' y' = at_ a x' y' * at_ v t y' * at_ v t y.
  by rewrite (rows t y y') // mulrAC (columns t x' y').
apply: (mulIf gt); apply: (mulIf gx); rewrite key.
have -> : at_ a x' y' / at_ v x' y' * at_ v t y * at_ v t y' * at_ v x' y' =
    ((at_ v x' y')^-1 * at_ v x' y') * (at_ a x' y' * at_ v t y' * at_ v t y) by mring.
by rewrite mulVf // mul1r.
Qed.

Lemma taps_of f1 f2 (a v : filter R f1 f2) k : (forall x y, at_ a x y = k * at_ v x y) ->
  forall i j, a i j = k * v i j.
Proof.
move=> E i j; have sl x : slice a x = k *: slice v x.
  by apply/eqP; rewrite -subr_eq0; apply/eqP/zero_everywhere => y; rewrite hornerD hornerN hornerZ !at_slice E subrr.
have co x : \sum_i a i j * x ^+ i = k * \sum_i v i j * x ^+ i.
  have := congr1 (fun p : {poly R} => p`_j) (sl x).
  by rewrite coefZ -[slice a x]/(pol _) -[slice v x]/(pol _) !pol_coef valK.
have : pol (fun i => a i j) = pol (fun i => k * v i j).
  apply/eqP; rewrite -subr_eq0; apply/eqP/zero_everywhere => x; rewrite hornerD hornerN !pol_horner co mulr_sumr.
  by apply/eqP; rewrite subr_eq0; apply/eqP; apply: eq_bigr => l _; rewrite mulrA.
by move/pol_inj/(_ i).
Qed.
End Relation.

(** ** Counting sets of units *)
Section Matching.
Variables g1 g2 : nat.

(** The input of its own: the corner of the window where no other unit of the filter has it. *)
Definition own (t : bool) (i j : nat) : nat * nat :=
  if t then if (i == g1.+1) && (j == g2.+1) then (g1.+1, g2.+2) else (i, j)
  else if (i == 0%N) && (j == 1%N) then (0%N, g2.+2) else (i + g1.+1, j + g2.+1)%N.
Lemma own_inj t t' i j i' j' : (i < g1.+2)%N -> (j < g2.+2)%N -> (i' < g1.+2)%N -> (j' < g2.+2)%N ->
  own t i j = own t' i' j' -> [/\ t = t', i = i' & j = j'].
Proof.
move=> /ssrnat.ltP hi /ssrnat.ltP hj /ssrnat.ltP hi' /ssrnat.ltP hj'.
rewrite /own; case: t; case: t'; (do ?[case: eqP => ? /=]); move=> E; move: (congr1 fst E) (congr1 snd E);
  rewrite /= => {E}; change addn with plus in *; move=> *; first [exfalso; lia | split=> //; lia].
Qed.
Lemma all_matched (S : {set bool * ('I_g1.+2 * 'I_g2.+2)}) : matched S.
Proof.
exists (fun s : bool * ('I_g1.+2 * 'I_g2.+2) => own s.1 s.2.1 s.2.2); split.
  move=> [t [i j]] [t' [i' j']] _ _ /= E.
  by have [-> /val_inj -> /val_inj ->] := own_inj (ltn_ord i) (ltn_ord j) (ltn_ord i') (ltn_ord j') E.
move=> [t [i j]] _ /=; rewrite /own; case: t; case: ifP => [/andP [/eqP -> /eqP ->] | _].
- by exists ord0, (Ordinal (isT : (1 < g2.+2)%N)); rewrite /= addn0 addn1.
- by exists ord0, ord0; rewrite /= !addn0.
- by exists ord0, ord_max.
- by exists ord_max, ord_max.
Qed.
End Matching.

Lemma card_units f1 f2 : #|{set bool * ('I_f1 * 'I_f2)}| = (4 ^ (f1 * f2))%N.
Proof. by rewrite -cardsT -powersetT card_powerset cardsT !card_prod card_bool !card_ord expnM. Qed.
Lemma matched_sets f1 f2 : (1 < f1)%N -> (1 < f2)%N -> number (@matched f1 f2) (4 ^ (f1 * f2)).
Proof.
case: f1 f2 => [|[|g1]] [|[|g2]] // _ _; exists (enum [set: {set bool * ('I_g1.+2 * 'I_g2.+2)}]); split.
- exact: enum_uniq.
- by rewrite -cardE cardsT card_units.
- by move=> S; rewrite mem_enum in_setT; split=> // _; exact: all_matched.
Qed.

Section Independent.
Variables (R : realFieldType) (f1 f2 : nat) (u v : filter R f1 f2).
Add Field count_field : (o_field R).
Ltac mring := ops R; ring.
Notation unit := (bool * ('I_f1 * 'I_f2))%type.
Hypotheses (f10 : (0 < f1)%N) (f20 : (0 < f2)%N).
Hypothesis taps0 : forall k l, u k l != 0 /\ v k l != 0.

Lemma split_units (F : unit -> R) :
  \sum_s F s = \sum_i \sum_j F (true, (i, j)) + \sum_i \sum_j F (false, (i, j)).
Proof.
have pairs (I J : finType) (G : I * J -> R) : \sum_s G s = \sum_i \sum_j G (i, j).
  by rewrite pair_bigA; apply: eq_bigr; case.
by rewrite pairs big_bool /= !pairs.
Qed.
Lemma monomials (a w : filter R f1 f2) x y :
  \sum_i \sum_j a i j * unit_at w 0 (fun k l => x ^+ k * y ^+ l) i j = at_ a x y * at_ w x y.
Proof.
rewrite [at_ a x y]/at_ mulr_suml; apply: eq_bigr => i _; rewrite mulr_suml; apply: eq_bigr => j _.
rewrite -mulrA; congr (_ * _); rewrite /unit_at addr0 /at_ mulr_sumr; apply: eq_bigr => k _.
by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite !exprD; mring.
Qed.

Lemma proper_independent (S : {set unit}) : no_common_factor u v -> S != setT -> independent_units u v S.
Proof.
move=> ncf; rewrite -subTset => /subsetPn [s0 _ s0S] c hc rel.
pose a i j := c (true, (i, j)); pose b i j := c (false, (i, j)).
have E x y : at_ a x y * at_ u x y + at_ b x y * at_ v x y = 0.
  by have := rel (fun k l => x ^+ k * y ^+ l); rewrite split_units /= (monomials a u) (monomials b v).
have E' x y : at_ b x y * at_ v x y + at_ a x y * at_ u x y = 0 by rewrite addrC.
have turn (g1 g2 : nat) (p q : filter R g1 g2) : coprime_slices p q -> coprime_slices q p.
  by case=> x [h1 h2 h3]; exists x; rewrite coprimep_sym.
have ncf' : no_common_factor v u by case: ncf => h1 h2; split; exact: turn.
have [k ka] := proportional f10 f20 ncf E; have [k' kb] := proportional f10 f20 ncf' E'.
have kk : k + k' = 0.
  have [r r0 hr] := coprime_almost f20 ncf.1; have [x /hr [su sv _]] := nonzero_somewhere r0.
  have [|y] := @nonzero_somewhere R (slice u x * slice v x).
    by rewrite mulf_neq0 // -size_poly_gt0 ?su ?sv.
  rewrite hornerM !at_slice => uv; apply: (mulIf uv); rewrite mul0r -[RHS](E x y) ka kb; mring.
have A := taps_of ka; have B := taps_of kb.
have k0 : k = 0.
  have := hc s0 s0S; case: (s0) => -[] [i j]; rewrite -1?[c _]/(a i j) -1?[c _]/(b i j) ?A ?B.
    by move/eqP; rewrite mulf_eq0 (negPf (taps0 i j).2) orbF => /eqP.
  move/eqP; rewrite mulf_eq0 (negPf (taps0 i j).1) orbF => /eqP z.
  by move: kk; rewrite z addr0.
have k'0 : k' = 0 by move: kk; rewrite k0 add0r.
by case=> -[] [i j]; [rewrite -[c _]/(a i j) A k0 | rewrite -[c _]/(b i j) B k'0]; rewrite mul0r.
Qed.

Lemma whole_dependent : ~ independent_units u v [set: unit].
Proof.
pose c (s : unit) := if s.1 then v s.2.1 s.2.2 else - u s.2.1 s.2.2.
move/(_ c) => h; have i0 := Ordinal f10; have j0 := Ordinal f20.
have : c (true, (i0, j0)) = 0.
  apply: h => [s | x]; first by rewrite in_setT.
  rewrite split_units /=; have := TwoFilters.commutator_of_filters u v 0 0 x.
  rewrite !mul0r subrr /weighted => E; rewrite -[RHS]E; congr (_ + _).
  rewrite -sumrN; apply: eq_bigr => i _; rewrite -sumrN; apply: eq_bigr => j _; by rewrite mulNr.
by move/eqP; rewrite (negPf (taps0 i0 j0).2).
Qed.
Lemma independent_sets : no_common_factor u v ->
  number (independent_units u v) (4 ^ (f1 * f2)).-1.
Proof.
move=> ncf; exists (enum [set~ [set: unit]]); split.
- exact: enum_uniq.
- by rewrite -cardE cardsC1 card_units.
- move=> S; rewrite mem_enum in_setC1; split=> [| h]; first exact: proper_independent.
  by apply/eqP => E; apply: whole_dependent; rewrite -E.
Qed.
End Independent.

Theorem box_deficit (R : realFieldType) f1 f2 (u v : filter R f1 f2) :
  (1 < f1)%N -> (1 < f2)%N -> (forall k l, u k l != 0 /\ v k l != 0) -> no_common_factor u v ->
  number (@matched f1 f2) (4 ^ (f1 * f2)) /\
  number (independent_units u v) (4 ^ (f1 * f2)).-1.
Proof.
move=> h1 h2 taps0 ncf; split; first exact: matched_sets.
by apply: independent_sets => //; exact: ltnW.
Qed.
