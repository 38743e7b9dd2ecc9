(** Regions of a hyperplane arrangement over any ordered field: deletion-restriction, and what follows. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification Gordan.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Arrangement.
Variable R : realFieldType.

Definition side (v : R) (s : bool) := if s then 0 < v else v < 0.
(** [x] lies in the open cell of [A] with the signs [s]. *)
Definition in_cell n (A : seq (form R n)) (s : seq bool) x :=
  (size s == size A) && all (fun t => side (ev t.1 x) t.2) (zip A s).

(** ** Whether a cell is empty is decided by Gordan's alternative in one dimension more. *)
Definition up n (f : form R n) : 'rV[R]_(1 + n) := row_mx (f.2%:M) f.1.
Definition rows n (A : seq (form R n)) (s : seq bool) : seq 'rV[R]_(1 + n) :=
  up (0, 1) :: [seq (if t.2 then up t.1 else - up t.1) | t <- zip A s].
Definition nonempty n (A : seq (form R n)) (s : seq bool) : bool :=
  (size s == size A) && if gordan (rows A s) is inl _ then true else false.

Lemma dot_up n (f g : form R n) : dot (up f) (up g) = f.2 * g.2 + dot f.1 g.1.
Proof.
rewrite /dot big_split_ord big_ord1 /= !row_mxEl !mxE !eqxx !mulr1n; congr (_ + _).
by apply: eq_bigr => i _; rewrite !row_mxEr.
Qed.
Lemma dotNr n (u v : 'rV[R]_n) : dot v (- u) = - dot v u.
Proof. by rewrite -scaleN1r dotZr mulN1r. Qed.
Lemma dotNl n (u v : 'rV[R]_n) : dot (- u) v = - dot u v.
Proof. by rewrite dotC dotNr dotC. Qed.

Lemma nonemptyP n (A : seq (form R n)) s : reflect (exists x, in_cell A s x) (nonempty A s).
Proof.
rewrite /nonempty /in_cell; have [_ /= | _] := eqVneq (size s) (size A); last by constructor=> -[].
case: gordan => [[w sep] | [c van]]; constructor.
- move: sep; rewrite -[w]hsubmxK; set w0 := lsubmx w; set w1 := rsubmx w.
  have -> : row_mx w0 w1 = up (w1, w0 0 0) by rewrite /up /= -mx11_scalar.
  rewrite /separates /= dot_up /= mulr1 dot0r addr0 => /andP [w00 sep].
  exists ((w0 0 0)^-1 *: w1); move: sep; rewrite all_map; apply: sub_all => -[f b] /=.
  have E : dot (up (w1, w0 0 0)) (up f) = w0 0 0 * ev f ((w0 0 0)^-1 *: w1).
    by rewrite dot_up /ev dotZr mulrDr mulrA divff ?gt_eqF // mul1r addrC dotC.
  by case: b; rewrite /side ?dotNr E ?oppr_gt0 ?pmulr_rgt0 ?pmulr_rlt0.
- case=> x cell; apply: (gordan_exclusive (w := up (x, 1)) _ van).
  rewrite /separates /= dot_up /= mulr1 dot0r addr0 ltr01 all_map; apply: sub_all cell => -[f b] /=.
  have E : dot (up (x, 1)) (up f) = ev f x by rewrite dot_up /ev mul1r addrC dotC.
  by case: b; rewrite /side ?dotNr E ?oppr_gt0.
Qed.

(** ** Counting *)
Fixpoint signs m : seq (seq bool) :=
  if m is m'.+1 then map (cons true) (signs m') ++ map (cons false) (signs m') else [:: [::]].
Lemma signsP m s : (s \in signs m) = (size s == m).
Proof.
elim: m s => [|m IH] [|b s] //=; first by rewrite mem_cat; apply/orP => -[] /mapP [].
rewrite mem_cat eqSS -IH; case: b.
  rewrite mem_map => [|? ? []] //; case: (_ \in signs m) => //=; apply/mapP => -[] ? _ //.
by rewrite [X in _ || X]mem_map => [|? ? []] //; case: (_ \in signs m); rewrite ?orbT // orbF; apply/mapP => -[] ? _.
Qed.
Definition regions n (A : seq (form R n)) : nat := count (nonempty A) (signs (size A)).

Lemma number_unique (T : eqType) (P : T -> Prop) k l : number P k -> number P l -> k = l.
Proof.
case=> L [uL <- hL] [M [uM <- hM]]; apply: perm_size; apply: uniq_perm => // s.
by apply/idP/idP => [/hL/hM | /hM/hL].
Qed.
Lemma signs_uniq m : uniq (signs m).
Proof.
elim: m => //= m IH; rewrite cat_uniq !map_inj_uniq => [| ? ? [] | ? ? []] //; rewrite IH /= andbT.
by apply/hasPn => _ /mapP [s _ ->]; apply/mapP => -[].
Qed.
Lemma nonempty_size n (A : seq (form R n)) s : nonempty A s -> size s = size A.
Proof. by case/andP=> /eqP. Qed.
Theorem regions_number n (A : seq (form R n)) : number (fun s => exists x, in_cell A s x) (regions A).
Proof.
exists [seq s <- signs (size A) | nonempty A s]; split; first exact: filter_uniq (signs_uniq _).
  by rewrite size_filter.
move=> s; rewrite mem_filter signsP; split; first by case/andP=> /nonemptyP.
by move/nonemptyP => h; rewrite h (nonempty_size h) eqxx.
Qed.

(** ** One more hyperplane *)
Lemma in_cell_cons n (h : form R n) A b s x : in_cell (h :: A) (b :: s) x = side (ev h x) b && in_cell A s x.
Proof. by rewrite /in_cell /= eqSS andbCA. Qed.
Lemma ev_line n (f : form R n) x y (t : R) : ev f (x + t *: (y - x)) = ev f x + t * (ev f y - ev f x).
Proof. by rewrite /ev dotDr dotZr dotDr dotNr opprD addrACA subrr addr0 addrAC. Qed.
Lemma pos_add (a b : R) : 0 <= a -> 0 < b -> 0 < a + b.
Proof. by move=> a0 b0; apply: (lt_le_trans b0); rewrite -subr_ge0 addrK. Qed.
Lemma side_convex (a b t : R) s : 0 <= t -> t <= 1 -> side a s -> side b s -> side (a + t * (b - a)) s.
Proof.
have E : a + t * (b - a) = (1 - t) * a + t * b by rewrite mulrBr mulrBl mul1r addrA addrAC.
rewrite E => t0; rewrite -subr_ge0 => t1; have [-> | tn] := eqVneq t 0.
  by rewrite subr0 mul1r mul0r addr0.
have tp : 0 < t by rewrite lt0r tn.
case: s => /= a0 b0; first by rewrite pos_add ?mulr_gt0 // mulr_ge0 // ltW.
by rewrite -oppr_gt0 opprD -!mulrN pos_add ?mulr_gt0 ?oppr_gt0 // mulr_ge0 // oppr_ge0 ltW.
Qed.
Lemma cell_convex n (A : seq (form R n)) s x y t : 0 <= t -> t <= 1 -> in_cell A s x -> in_cell A s y ->
  in_cell A s (x + t *: (y - x)).
Proof.
move=> t0 t1 /andP [sz hx] /andP [_ hy]; rewrite /in_cell sz /=; apply/allP => p pz.
by rewrite ev_line side_convex // ?(allP hx) ?(allP hy).
Qed.
(** From a point of a cell a small step in any direction stays in it. *)
Lemma cell_open n (A : seq (form R n)) s x z : in_cell A s x ->
  exists2 e : R, 0 < e & forall e', 0 < e' -> e' <= e -> in_cell A s (x + e' *: z).
Proof.
case/andP=> sz hx; pose sg (t : form R n * bool) := if t.2 then ev t.1 x else - ev t.1 x.
have pos : all (fun t => 0 < sg t) (zip A s).
  by apply: sub_all hx => -[f []]; rewrite /sg /side //= oppr_gt0.
have [e e0 he] := small_step (fun t => if t.2 then dot t.1.1 z else - dot t.1.1 z) pos.
exists e => // e' e'0 le; rewrite /in_cell sz /=; apply: sub_all (he e' e'0 le) => -[f []].
  by rewrite /sg /side /ev /= dotDr dotZr addrAC.
by rewrite /sg /side /ev /= dotDr dotZr mulrN -opprD oppr_gt0 addrAC.
Qed.

Section OneMore.
Variables (n : nat) (h : form R n) (A : seq (form R n)).
Hypothesis is_plane : h.1 != 0.

Definition on_plane s := exists x, ev h x = 0 /\ in_cell A s x.
Lemma on_plane_both s : on_plane s <-> nonempty (h :: A) (true :: s) && nonempty (h :: A) (false :: s).
Proof.
split=> [[x [h0 cell]] | /andP [/nonemptyP [x] + /nonemptyP [y]]].
- have pp := dot_gt0 is_plane.
  have stp e : ev h (x + e *: h.1) = e * dot h.1 h.1 by rewrite /ev dotDr dotZr addrAC -/(ev h x) h0 add0r.
  have [e e0 he] := cell_open h.1 cell; have [d d0 hd] := cell_open (- h.1) cell.
  apply/andP; split; apply/nonemptyP.
    by exists (x + e *: h.1); rewrite in_cell_cons he // stp /side mulr_gt0.
  exists (x + d *: - h.1); rewrite in_cell_cons hd // scalerN -scaleNr stp /side.
  by rewrite mulNr oppr_lt0 mulr_gt0.
- rewrite !in_cell_cons => /andP [/= hx cx] /andP [/= hy cy].
  have d0 : 0 < ev h x - ev h y by rewrite subr_gt0 (lt_trans hy).
  pose t := ev h x / (ev h x - ev h y).
  exists (x + t *: (y - x)); rewrite ev_line -[ev h y - _]opprB mulrN /t divfK ?gt_eqF // subrr; split=> //.
  apply: cell_convex => //; first by rewrite divr_ge0 // ltW.
  rewrite -subr_ge0 /t -[X in X - _](divff (lt0r_neq0 d0)) -mulrBl addrAC subrr add0r.
  by rewrite divr_ge0 ?oppr_ge0 // ltW.
Qed.
Lemma nonempty_either s : nonempty A s = nonempty (h :: A) (true :: s) || nonempty (h :: A) (false :: s).
Proof.
apply/nonemptyP/orP => [[x cell] | [] /nonemptyP [x]]; last first.
- by rewrite in_cell_cons => /andP [_ c]; exists x.
- by rewrite in_cell_cons => /andP [_ c]; exists x.
have [neg | pos | zero] := ltgtP (ev h x) 0.
- by right; apply/nonemptyP; exists x; rewrite in_cell_cons cell andbT.
- by left; apply/nonemptyP; exists x; rewrite in_cell_cons cell andbT.
by left; have /on_plane_both/andP [] : on_plane s by exists x.
Qed.

(** The cells of [A] with [h] are those of [A] and those that [A] cuts [h] into. *)
Theorem deletion_restriction : exists2 k, number on_plane k & regions (h :: A) = (regions A + k)%N.
Proof.
pose both s := nonempty (h :: A) (true :: s) && nonempty (h :: A) (false :: s).
exists (count both (signs (size A))).
  exists [seq s <- signs (size A) | both s]; split; first exact: filter_uniq (signs_uniq _).
    by rewrite size_filter.
  move=> s; rewrite on_plane_both mem_filter signsP; split; first by case/andP.
  move=> B; rewrite /both B /=; case/andP: B => /nonempty_size /= [->] _; exact: eqxx.
rewrite /regions /= count_cat !count_map (eq_count nonempty_either) -count_predUI; congr (_ + _)%N.
Qed.
Corollary one_more_unit : (regions (h :: A) <= 2 * regions A)%N.
Proof.
rewrite /regions /= count_cat !count_map mul2n -addnn leq_add //; apply: sub_count => s /= ne.
  by rewrite nonempty_either ne.
by rewrite nonempty_either ne orbT.
Qed.
End OneMore.
End Arrangement.
