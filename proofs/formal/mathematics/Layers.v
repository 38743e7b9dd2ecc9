(** The regions of a network with several layers: the product over the layers of what each of them
    cuts of the narrowest layer before it. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra Gordan Arrangement Zaslavsky Regions.
Local Open Scope ring_scope.

Section Counting.
Variables (T : Type) (U V : eqType).
(** As many pairs as first entries, times how many second entries each of them has at most. *)
Lemma count_pairs (X : seq T) (f : T -> U) (g : T -> V) a b :
  (size (undup (map f X)) <= a)%N ->
  (forall u, (size (undup (map g [seq x <- X | f x == u])) <= b)%N) ->
  (size (undup (map (fun x => (f x, g x)) X)) <= a * b)%N.
Proof.
move=> ha hb; apply: leq_trans (leq_mul ha (leqnn b)).
pose rows := [seq [seq (u, v) | v <- undup (map g [seq x <- X | f x == u])] | u <- undup (map f X)].
apply: (@leq_trans (size (flatten rows))).
  apply: uniq_leq_size; first exact: undup_uniq.
  move=> p; rewrite mem_undup => hp; apply/flattenP.
  have {hp} [u [v [-> hu hv]]] : exists u v, [/\ p = (u, v), u \in map f X &
      v \in map g [seq x <- X | f x == u]].
    elim: X hp {ha hb rows} => //= x X IH; rewrite inE => /orP [/eqP -> | /IH [u [v [-> hu hv]]]].
      by exists (f x), (g x); rewrite /= eqxx /= !mem_head; split.
    exists u, v; split=> //; first by rewrite inE hu orbT.
    by case: (f x == u) => //=; rewrite inE hv orbT.
  exists [seq (u, v) | v <- undup (map g [seq x <- X | f x == u])].
    by apply: (map_f (fun u => [seq (u, v) | v <- _])); rewrite mem_undup.
  by apply: map_f; rewrite mem_undup.
rewrite size_flatten /shape /rows -map_comp; elim: (undup (map f X)) => //= u l IH.
by rewrite mulSn leq_add // size_map.
Qed.
End Counting.

Section Layers.
Variable R : realFieldType.

(** Patterns of which units are positive, at any points: no more than a layer has cells. *)
Lemma patterns_at_points n (A : seq (form R n)) (Y : seq 'rV[R]_n) :
  (size (undup (map (pattern A) Y)) <= choose_up_to (size A) n)%N.
Proof.
(* lower all forms by so little that what is positive stays so: then nothing is zero *)
have [e [e0 he]] : exists e : R, 0 < e /\ forall f y, f \in A -> y \in Y -> 0 < ev f y -> e < ev f y.
  elim: A => [|f A [e [e0 he]]]; first by exists 1; split=> //; exact: ltr01.
  have [d [d0 hd]] : exists d : R, 0 < d /\ forall y, y \in Y -> 0 < ev f y -> d < ev f y.
    elim: Y {he} => [|y Y [d [d0 hd]]]; first by exists 1; split=> //; exact: ltr01.
    have [pos | neg] := ltP 0 (ev f y).
      exists (Num.min d (ev f y / 2%:R)); split; first by rewrite lt_minr d0 divr_gt0 ?ltr0n.
      move=> z; rewrite inE => /orP [/eqP -> _ | zY zp]; rewrite lt_minl.
        by rewrite orbC ltr_pdivr_mulr ?ltr0n // ltr_pmulr // ltr1n.
      by rewrite hd.
    exists d; split=> // z; rewrite inE => /orP [/eqP -> | zY]; last exact: hd.
    by rewrite ltNge neg.
  exists (Num.min e d); split; first by rewrite lt_minr e0 d0.
  move=> g y; rewrite inE lt_minl => /orP [/eqP -> | gA] yY p; first by rewrite hd ?orbT.
  by rewrite he.
pose B := [seq (f.1, f.2 - e) | f <- A].
have evB f y : ev (f.1, f.2 - e) y = ev f y - e by rewrite /ev addrA.
have same y : y \in Y -> in_cell B (pattern A y) y.
  move=> yY; rewrite in_cellE; suff : forall A', {subset A' <= A} ->
      let B' := [seq (f.1, f.2 - e) | f <- A'] in
      (pattern A' y == pattern B' y) && all (fun f => ev f y != 0) B' by apply.
  elim=> //= f A' IH sub.
  have fA : f \in A by apply: sub; exact: mem_head.
  have /andP [/eqP -> ->] : (pattern A' y == pattern [seq (f.1, f.2 - e) | f <- A'] y) &&
      all (fun f => ev f y != 0) [seq (f.1, f.2 - e) | f <- A'].
    by apply: IH => g gA; apply: sub; rewrite inE gA orbT.
  rewrite evB subr_gt0 eqseq_cons eqxx !andbT; have [p | q] := ltP 0 (ev f y).
    by have l := he f y fA yY p; rewrite l eqxx subr_eq0 gt_eqF.
  have l : ev f y < e by apply: le_lt_trans e0.
  by rewrite ltNge (ltW l) eqxx subr_eq0 lt_eqF.
apply: (@leq_trans (regions B)); last first.
  by have := Zaslavsky.zaslavsky_bound B; rewrite size_map.
rewrite /regions -size_filter; apply: uniq_leq_size; first exact: undup_uniq.
move=> s; rewrite mem_undup => /mapP [y /same h ->]; rewrite mem_filter signsP.
by rewrite !size_map eqxx andbT; apply/nonemptyP; exists y.
Qed.

(** A network reads an affine image of [d] coordinates. *)
Lemma choose0 a : choose_up_to a 0 = 1%N.
Proof. by rewrite /choose_up_to big_ord1 bin0. Qed.
Lemma network_patterns n (N : net R n) d (M : 'M[R]_(d, n)) (c : 'rV[R]_n) (Y : seq 'rV[R]_d) :
  (size (undup (map (fun y => activation N (y *m M + c)) Y)) <= smallest_width_bound d (widths N))%N.
Proof.
elim: N d M c Y => {n} [n v c0 | n m W b rest IH] d M c Y /=.
  apply: (@leq_trans (size [:: [::] : seq (seq bool)])) => //; apply: uniq_leq_size.
    exact: undup_uniq.
  by move=> s; rewrite mem_undup => /mapP [y _ ->]; exact: mem_head.
pose z y := units W b (y *m M + c).
pose first y := codom (fun i => 0 < z y 0 i).
have conspair : forall y, first y :: activation rest (map_mx (@relu R) (z y)) =
    (fun p : seq bool * seq (seq bool) => p.1 :: p.2) (first y, activation rest (map_mx (@relu R) (z y))) by [].
rewrite -(@eq_map _ _ ((fun p : seq bool * seq (seq bool) => p.1 :: p.2) \o
  (fun y => (first y, activation rest (map_mx (@relu R) (z y)))))) // map_comp undup_map_inj; last first.
  by move=> [p1 p2] [q1 q2] /= [-> ->].
rewrite size_map; apply: count_pairs.
- (* the first layer: affine forms of the coordinates *)
  pose A : seq (form R d) := [seq (\row_k (M *m W) k i, (c *m W + b) 0 i) | i <- enum 'I_m].
  have E y : first y = pattern A y.
    rewrite /first /pattern /A codomE -[in RHS]map_comp; apply: eq_map => i /=.
    rewrite /z /units mulmxDl -mulmxA -addrA mxE /ev /dot; congr (0 < _ + _).
    by rewrite [LHS]mxE; apply: eq_bigr => k _; rewrite [in RHS]mxE mulrC.
  rewrite (eq_map E); have := patterns_at_points A Y; rewrite /A size_map size_enum_ord //.
- (* the rest, on the points with one pattern: affine in the coordinates, and in the layer *)
  move=> s; set X := [seq y <- Y | first y == s].
  pose mask : 'rV[R]_m -> 'rV[R]_m := fun u => \row_i (if nth false s i then u 0 i else 0).
  pose D : 'M[R]_m := \matrix_(i, j) (if (i == j) && nth false s i then 1 else 0).
  have hD (u : 'rV[R]_m) : u *m D = mask u.
    apply/rowP => j; rewrite !mxE (bigD1 j) //= mxE eqxx /= big1 ?addr0 => [|i ij]; last first.
      by rewrite mxE (negbTE ij) mulr0.
    by case: ifP; rewrite ?mulr1 ?mulr0.
  have hX y : y \in X -> map_mx (@relu R) (z y) = mask (z y).
    rewrite mem_filter => /andP [/eqP fs _]; apply/rowP => i; rewrite [LHS]mxE [RHS]mxE -fs /first.
    rewrite codomE (nth_map i) ?size_enum_ord // nth_ord_enum /relu.
    by case: ltP.
  have [dm | md] := leqP d m.
    have := IH d (M *m W *m D) ((c *m W + b) *m D) X.
    rewrite (_ : map _ X = [seq activation rest (map_mx (@relu R) (z y)) | y <- X]) //.
    apply/eq_in_map => y /hX ->; rewrite -hD /z /units !mulmxDl !mulmxA addrA //.
  have := IH m D 0 [seq z y | y <- X].
  rewrite -map_comp (_ : map _ X = [seq activation rest (map_mx (@relu R) (z y)) | y <- X]) //.
  by apply/eq_in_map => y /hX -> /=; rewrite hD addr0.
Qed.
Theorem smallest_width_upper_bound n (N : net R n) :
  at_most (fun s => exists x, activation N x = s) (smallest_width_bound n (widths N)).
Proof.
move=> L uL hL; have [Y EY] : exists Y, map (activation N) Y = L.
  elim: L {uL} hL => [|s L IH] h; first by exists [::].
  have [|Y EY] := IH; first by move=> t tL; apply: h; rewrite inE tL orbT.
  by have [x hx] := h s (mem_head _ _); exists (x :: Y); rewrite /= hx EY.
have := network_patterns N 1%:M 0 Y.
rewrite (_ : map _ Y = L) ?undup_id // -EY; apply: eq_map => y.
by rewrite mulmx1 addr0.
Qed.
End Layers.
