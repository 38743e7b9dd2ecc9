(** Certificates of fits of one input: the least variation of slope of a continuous piecewise linear
    function through points, and the least of loss and variation near them. What that means, the program that checks it, and the proof. *)
From Coq Require Import ZArith QArith Qabs List Bool Lia Field.
From Crease Require Import OField Network Facts.
Import ListNotations.
Open Scope nat_scope.

(** ** What it means *)
Section Meaning.
Variable F : ofield.
Open Scope of_scope.
(** The function [a + b x + sum c relu (x - t)]: [knots] are the pairs of [t] and [c]. *)
Definition bends (knots : list (F * F)) (x : F) : F :=
  fold_right (fun k acc => snd k * relu F (x - fst k) + acc) 0 knots.
Definition spline (a b : F) (knots : list (F * F)) (x : F) : F := a + b * x + bends knots x.
(** The sum of the absolute jumps of the slope; if a knot is listed twice, more. *)
Definition variation (knots : list (F * F)) : F := fold_right (fun k acc => absolute F (snd k) + acc) 0 knots.
Definition through (points : list (Q * Q)) (a b : F) (knots : list (F * F)) : Prop :=
  Forall (fun p : Q * Q => spline a b knots (qr (fst p)) = qr (snd p)) points.
(** Half the squared differences, with weights, and [lambda] times the variation; a point is [x], [y], [w]. *)
Definition loss (points : list (Q * Q * Q)) (a b : F) (knots : list (F * F)) : F :=
  fold_right (fun (p : Q * Q * Q) acc => let '(x, y, w) := p in let d := spline a b knots (qr x) - qr y in
    qr w * (d * d) + acc) 0 points.
Definition objective (points : list (Q * Q * Q)) (lambda : Q) (a b : F) (knots : list (F * F)) : F :=
  qr (1 # 2) * loss points a b knots + qr lambda * variation knots.
End Meaning.

(** ** The programs *)
Definition q_relu (q : Q) : Q := if positive q then q else 0%Q.
Definition q_bends (knots : list (Q * Q)) (x : Q) : Q :=
  fold_right (fun k acc => qadd (qmul (snd k) (q_relu (x - fst k))) acc) 0%Q knots.
(** The constant of the function that has this slope before all knots and goes through a point. *)
Definition constant (points : list (Q * Q)) (slope : Q) (knots : list (Q * Q)) : Q :=
  match points with [] => 0%Q | (x, y) :: _ => qadd y (- qadd (qmul slope x) (q_bends knots x)) end.
Definition q_spline (a b : Q) (knots : list (Q * Q)) (x : Q) : Q := qadd a (qadd (qmul b x) (q_bends knots x)).
Definition equal (a b : Q) : bool := (Qnum (a - b) =? 0)%Z.
(** The jumps of the slope of the function that has the dual values at the points, 0 beyond. *)
Fixpoint dual_jumps (before : Q) (points : list (Q * Q)) (dual : list Q) : list Q :=
  match points, dual with
  | (x, _) :: (((x', _) :: _) as points'), d :: ((d' :: _) as dual') =>
      let after := reduce ((d' - d) / (x' - x)) in qadd after (- before) :: dual_jumps after points' dual'
  | _, _ => [(- before)%Q]
  end.
Definition sum_of (gs : list Q) (values : list Q) : Q := qinner gs values.
(** The dual function at [t], by its jumps at points to the right. *)
Definition q_dual (gs xs : list Q) (t : Q) : Q := sum_of gs (map (fun x => q_relu (x - t)) xs).
Definition check_interpolation (points : list (Q * Q)) (value slope : Q) (knots : list (Q * Q)) (dual : list Q) : bool :=
  let a := constant points slope knots in
  let xs := map fst points in
  let gs := dual_jumps 0 points dual in
  forallb (fun p : Q * Q => equal (q_spline a slope knots (fst p)) (snd p)) points
  && (equal (hd 0%Q dual) 0 && equal (last dual 0%Q) 0)
  && equal (qdistance [] (map snd knots)) value
  && equal (sum_of gs (map (fun _ => 1%Q) xs)) 0 && equal (sum_of gs xs) 0
  && forallb (fun x => Qle_bool (Qabs (q_dual gs xs x)) 1) xs
  && equal (sum_of gs (map snd points)) value.

(** The chords through the values: their slope before all knots, and the inner jumps. *)
Definition chords (xs values : list Q) : Q * list (Q * Q) :=
  let gs := dual_jumps 0 (combine xs values) values in
  (hd 0%Q (removelast gs), removelast (tl (combine xs gs))).
Definition q_loss (points : list (Q * Q * Q)) (a b : Q) (knots : list (Q * Q)) : Q :=
  fold_right (fun (p : Q * Q * Q) acc => let '(x, y, w) := p in let d := reduce (q_spline a b knots x - y) in
    qadd (qmul w (qmul d d)) acc) 0%Q points.
(** The least of the Lagrangian: for each point [g y - g^2 / (2 w)]. *)
Fixpoint q_low (points : list (Q * Q * Q)) (gs : list Q) : Q :=
  match points, gs with
  | (_, y, w) :: points', g :: gs' => qadd (reduce (g * y - g * g / (2 * w))) (q_low points' gs')
  | _, _ => 0%Q
  end.
Definition check_penalised (points : list (Q * Q * Q)) (lambda lower upper : Q) (values dual : list Q) : bool :=
  let xs := map (fun p : Q * Q * Q => fst (fst p)) points in
  let '(slope, knots) := chords xs values in
  let a := constant (combine xs values) slope knots in
  let gs := dual_jumps 0 (combine xs values) dual in
  positive lambda && forallb (fun p : Q * Q * Q => positive (snd p)) points
  && Qle_bool (qadd (qmul (1 # 2) (q_loss points a slope knots)) (qmul lambda (qdistance [] (map snd knots)))) upper
  && (equal (hd 0%Q dual) 0 && equal (last dual 0%Q) 0)
  && equal (sum_of gs (map (fun _ => 1%Q) xs)) 0 && equal (sum_of gs xs) 0
  && forallb (fun x => Qle_bool (Qabs (q_dual gs xs x)) lambda) xs
  && Qle_bool lower (q_low points gs).

(** ** The proof *)
Section Soundness.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).
Notation relu := (relu F). Notation absolute := (absolute F). Notation bends := (bends F).

Lemma equal_qr a b : equal a b = true -> qr a = qr b :> F.
Proof.
  intro H. apply Z.eqb_eq in H. apply (qr_zero F) in H. rewrite qr_sub in H.
  replace (qr a : F) with (qr a - qr b + qr b : F) by ring. rewrite H. ring.
Qed.
Lemma qr_q_relu q : qr (q_relu q) = relu (qr q).
Proof.
  unfold q_relu, Network.relu. destruct (positive q) eqn:P.
  - apply (qr_positive F) in P. destruct (lt_or_ge F 0 (qr q)) as [_ | L]; trivial. now destruct (lt_not_ge F _ _ P L).
  - rewrite qr_0. destruct (lt_or_ge F 0 (qr q)) as [L | _]; trivial. exfalso.
    apply Z.ltb_ge in P. assert (N : (0 : F) <= qr (- q)) by (apply qr_nonneg; cbn; lia).
    rewrite qr_opp in N. apply (lt_not_ge F _ _ L). destruct N as [N | N]; [left; now apply neg_pos | right].
    replace (qr q : F) with (- - qr q : F) by ring. rewrite <- N. ring.
Qed.
Definition pairs_in (knots : list (Q * Q)) : list (F * F) := map (fun k => (qr (fst k), qr (snd k))) knots.
Lemma qr_bends knots x : qr (q_bends knots x) = bends (pairs_in knots) (qr x).
Proof.
  induction knots as [| [t c] knots IH]; [apply qr_0 |]. cbn [q_bends pairs_in map Spline.bends fold_right fst snd].
  fold (q_bends knots x). rewrite qr_qadd, qr_qmul, qr_q_relu, qr_sub, IH. reflexivity.
Qed.
Lemma qr_spline a b knots x : qr (q_spline a b knots x) = spline F (qr a) (qr b) (pairs_in knots) (qr x).
Proof. unfold q_spline, spline. rewrite !qr_qadd, qr_qmul, qr_bends. ring. Qed.
Lemma qr_variation knots : qr (qdistance [] (map snd knots)) = variation F (pairs_in knots).
Proof.
  cbn [qdistance]. induction knots as [| [t c] knots IH]; [apply qr_0 |].
  cbn [map fold_right pairs_in variation fst snd]. rewrite qr_qadd, qr_abs, IH. reflexivity.
Qed.

(** The dual function, and its least facts. *)
Definition dual_at (gs : list Q) (xs : list Q) (t : F) : F := inner F (map (fun x => relu (qr x - t)) xs) gs.
Lemma relu_split y : relu y = y /\ 0 <= y \/ relu y = 0 /\ y <= 0.
Proof. unfold Network.relu. destruct (lt_or_ge F 0 y) as [L | L]; [left; split; trivial; now left | now right]. Qed.
Lemma le_sub_iff (x y : F) : x <= y <-> 0 <= y - x.
Proof.
  split; intros [H | H].
  - left. now apply sub_pos.
  - right. subst. ring.
  - left. now apply lt_sub.
  - right. replace y with (y - x + x) by ring. rewrite <- H. ring.
Qed.
Lemma relu_pos y : 0 <= y -> relu y = y.
Proof. intro H. destruct (relu_split y) as [[E _] | [E L]]; trivial. rewrite E. now apply le_antisym. Qed.
Lemma relu_neg y : y <= 0 -> relu y = 0.
Proof. intro H. destruct (relu_split y) as [[E L] | [E _]]; trivial. rewrite E. now apply le_antisym. Qed.
Lemma sub_nonpos (x y : F) : x <= y -> x - y <= 0.
Proof.
  intro H. apply le_sub_iff in H. destruct H as [H | H]; [left; apply neg_pos | right].
  - replace (- (x - y)) with (y - x) by ring. exact H.
  - replace (x - y) with (- (y - x)) by ring. rewrite <- H. ring.
Qed.
(** Between two points with none inside it is affine. *)
Lemma dual_affine gs xs p q t : p <= t -> t <= q -> Forall (fun x => qr x <= p \/ q <= qr x) xs ->
  (q - p) * dual_at gs xs t = (q - t) * dual_at gs xs p + (t - p) * dual_at gs xs q.
Proof.
  intros P Q H. revert gs. induction H as [| x xs X _ IH]; intros [| g gs]; unfold dual_at in *; cbn [map inner]; try ring.
  specialize (IH gs).
  assert (E : (q - p) * relu (qr x - t) = (q - t) * relu (qr x - p) + (t - p) * relu (qr x - q)).
  { destruct X as [X | X].
    - assert (T := le_trans F _ _ _ X P). assert (U := le_trans F _ _ _ T Q).
      rewrite !relu_neg by now apply sub_nonpos. ring.
    - assert (T := le_trans F _ _ _ Q X). assert (U := le_trans F _ _ _ P T).
      rewrite !relu_pos by now apply -> le_sub_iff. ring. }
  transitivity ((q - p) * relu (qr x - t) * qr g + (q - p) * inner F (map (fun x => relu (qr x - t)) xs) gs); [ring |].
  rewrite IH, E. ring.
Qed.
(** To the left of all points, and to the right. *)
Lemma dual_left gs xs t : Forall (fun x => t <= qr x) xs ->
  dual_at gs xs t = qr (sum_of gs xs) - t * qr (sum_of gs (map (fun _ => 1%Q) xs)).
Proof.
  intro H. revert gs. unfold sum_of. induction H as [| x xs X _ IH]; intros [| g gs]; unfold dual_at in *;
    cbn [map inner qinner]; rewrite ?qr_0; try ring.
  rewrite IH, !qr_qadd, !qr_qmul, qr_1, relu_pos by now apply -> le_sub_iff. ring.
Qed.
Lemma dual_right gs xs t : Forall (fun x => qr x <= t) xs -> dual_at gs xs t = 0.
Proof.
  intro H. revert gs. induction H as [| x xs X _ IH]; intros [| g gs]; unfold dual_at in *; cbn [map inner]; try ring.
  rewrite IH, relu_neg by now apply sub_nonpos. ring.
Qed.
Lemma nearest (xs : list Q) (t : F) :
  Forall (fun x => t <= qr x) xs \/ Forall (fun x => qr x <= t) xs \/
  exists p q, In p xs /\ In q xs /\ qr p <= t /\ t <= qr q /\ Forall (fun x => (qr x : F) <= qr p \/ (qr q : F) <= qr x) xs.
Proof.
  assert (B : Forall (fun x => t < qr x) xs \/
    exists p, In p xs /\ qr p <= t /\ Forall (fun x => qr x <= t -> (qr x : F) <= qr p) xs).
  { induction xs as [| x xs IH]; [left; constructor |].
    destruct (lt_or_ge F t (qr x)) as [L | L], IH as [IH | (p & I & P & IH)].
    - left. now constructor.
    - right. exists p. split; [now right | split; trivial]. constructor; trivial.
      intro Z. now destruct (lt_not_ge F _ _ L Z).
    - right. exists x. split; [now left | split; trivial]. constructor; [intros _; apply le_refl |].
      apply Forall_impl with (2 := IH). intros y Y Z. now destruct (lt_not_ge F _ _ Y Z).
    - right. destruct (lt_or_ge F (qr p) (qr x)) as [M | M].
      + exists x. split; [now left | split; trivial]. constructor; [intros _; apply le_refl |].
        apply Forall_impl with (2 := IH). intros y Y Z. left. now apply le_lt_trans with (1 := Y Z).
      + exists p. split; [now right | split; trivial]. now constructor. }
  assert (C : Forall (fun x => qr x < t) xs \/
    exists q, In q xs /\ t <= qr q /\ Forall (fun x => t <= qr x -> (qr q : F) <= qr x) xs).
  { clear B. induction xs as [| x xs IH]; [left; constructor |].
    destruct (lt_or_ge F (qr x) t) as [L | L], IH as [IH | (p & I & P & IH)].
    - left. now constructor.
    - right. exists p. split; [now right | split; trivial]. constructor; trivial.
      intro Z. now destruct (lt_not_ge F _ _ L Z).
    - right. exists x. split; [now left | split; trivial]. constructor; [intros _; apply le_refl |].
      apply Forall_impl with (2 := IH). intros y Y Z. now destruct (lt_not_ge F _ _ Y Z).
    - right. destruct (lt_or_ge F (qr x) (qr p)) as [M | M].
      + exists x. split; [now left | split; trivial]. constructor; [intros _; apply le_refl |].
        apply Forall_impl with (2 := IH). intros y Y Z. left. now apply lt_le_trans with (2 := Y Z).
      + exists p. split; [now right | split; trivial]. now constructor. }
  destruct B as [B | (p & Ip & Lp & B)].
  { left. apply Forall_impl with (2 := B). intros x X. now left. }
  destruct C as [C | (q & Iq & Lq & C)].
  { right. left. apply Forall_impl with (2 := C). intros x X. now left. }
  right. right. exists p, q. repeat split; trivial. apply Forall_forall. intros x I.
  rewrite Forall_forall in B, C. destruct (lt_or_ge F t (qr x)) as [L | L].
  - right. apply C; trivial. now left.
  - left. now apply B.
Qed.

(** It lies between [- m] and [m] if it does at the points. *)
Lemma le_mul_l (a x y : F) : 0 <= a -> x <= y -> a * x <= a * y.
Proof.
  intros A L. apply le_sub_iff. replace (a * y - a * x) with (a * (y - x)) by ring.
  apply mul_nonneg; trivial. now apply -> le_sub_iff.
Qed.
Definition within (m y : F) := - m <= y /\ y <= m.
Lemma within_absolute m y : absolute y <= m -> within m y.
Proof.
  unfold Facts.absolute, within. destruct (lt_or_ge F y 0) as [L | L]; intro H.
  - assert (M : 0 <= m) by (apply le_trans with (- y); trivial; left; now apply neg_pos). split.
    + apply le_sub_iff. replace (y - - m) with (m - - y) by ring. now apply -> le_sub_iff.
    + apply le_trans with 0; trivial. now left.
  - split; trivial. assert (M := le_trans F _ _ _ L H). apply le_sub_iff.
    replace (y - - m) with (y + m) by ring. now apply add_nonneg.
Qed.
Lemma within_between (m p q t y yp yq : F) : p <= t -> t <= q -> within m yp -> within m yq -> (p = q -> within m y) ->
  (q - p) * y = (q - t) * yp + (t - p) * yq -> within m y.
Proof.
  intros P Q [A B] [C D] S E. destruct (lt_or_ge F p q) as [L | L].
  - apply sub_pos in L. apply le_sub_iff in P, Q.
    assert (U1 := le_mul_l _ _ _ Q B). assert (U2 := le_mul_l _ _ _ P D).
    assert (L1 := le_mul_l _ _ _ Q A). assert (L2 := le_mul_l _ _ _ P C).
    apply le_sub_iff in U1, U2, L1, L2.
    split; apply le_sub_iff.
    + apply (mul_pos_ge_0 F (q - p)); trivial. replace ((q - p) * (y - - m)) with ((q - p) * y + (q - p) * m) by ring.
      rewrite E. replace ((q - t) * yp + (t - p) * yq + (q - p) * m) with
        (((q - t) * yp - (q - t) * - m) + ((t - p) * yq - (t - p) * - m)) by ring. now apply add_nonneg.
    + apply (mul_pos_ge_0 F (q - p)); trivial. replace ((q - p) * (m - y)) with ((q - p) * m - (q - p) * y) by ring.
      rewrite E. replace ((q - p) * m - ((q - t) * yp + (t - p) * yq)) with
        (((q - t) * m - (q - t) * yp) + ((t - p) * m - (t - p) * yq)) by ring. now apply add_nonneg.
  - apply S. apply (le_antisym F); trivial. now apply le_trans with t.
Qed.
Lemma dual_within m gs xs t : 0 <= m -> qr (sum_of gs xs) = 0 :> F -> qr (sum_of gs (map (fun _ => 1%Q) xs)) = 0 :> F ->
  Forall (fun x => within m (dual_at gs xs (qr x))) xs -> within m (dual_at gs xs t).
Proof.
  intros M M0 M1 H. assert (Z : within m 0).
  { split; trivial. apply le_sub_iff. now replace (0 - - m) with m by ring. }
  destruct (nearest xs t) as [N | [N | (p & q & Ip & Iq & P & Q & N)]].
  - rewrite dual_left, M0, M1 by trivial. now replace (0 - t * 0) with (0 : F) by ring.
  - now rewrite dual_right.
  - rewrite Forall_forall in H. apply (within_between m (qr p) (qr q) t _ _ _ P Q (H p Ip) (H q Iq)).
    + intro E. replace t with (qr p : F); [now apply H |]. apply (le_antisym F); trivial. now rewrite E.
    + now apply dual_affine.
Qed.
Lemma qr_dual gs xs t : qr (q_dual gs xs t) = dual_at gs xs (qr t).
Proof.
  unfold q_dual, dual_at, sum_of. revert gs. induction xs as [| x xs IH]; intros [| g gs]; cbn [map inner qinner];
    rewrite ?qr_0; trivial. rewrite qr_qadd, qr_qmul, IH, qr_q_relu, qr_sub. ring.
Qed.

(** Every function through the points has the sum of its jumps times the dual function there. *)
Lemma sum_inner gs values : qr (sum_of gs values) = inner F (map qr values) gs.
Proof.
  unfold sum_of. revert gs. induction values as [| y values IH]; intros [| g gs]; cbn [map inner qinner]; rewrite ?qr_0; trivial.
  rewrite qr_qadd, qr_qmul, IH. ring.
Qed.
Section Linear.
Variables (A : Type) (l : list A).
Lemma inner_add (f g : A -> F) gs : inner F (map (fun p => f p + g p) l) gs = inner F (map f l) gs + inner F (map g l) gs.
Proof. revert gs. induction l as [| p m IH]; intros [| q gs]; cbn [map inner]; try ring. rewrite IH. ring. Qed.
Lemma inner_mul c (f : A -> F) gs : inner F (map (fun p => c * f p) l) gs = c * inner F (map f l) gs.
Proof. revert gs. induction l as [| p m IH]; intros [| q gs]; cbn [map inner]; try ring. rewrite IH. ring. Qed.
End Linear.
Lemma paired a b knots xs gs : inner F (map (fun x => spline F a b knots (qr x)) xs) gs =
  a * qr (sum_of gs (map (fun _ => 1%Q) xs)) + b * qr (sum_of gs xs) +
  fold_right (fun k acc => snd k * dual_at gs xs (fst k) + acc) 0 knots.
Proof.
  rewrite !sum_inner, !map_map.
  assert (E : map (fun x => spline F a b knots (qr x)) xs =
    map (fun x : Q => a * 1 + (b * qr x + bends knots (qr x))) xs).
  { apply map_ext. intro x. unfold spline. ring. }
  rewrite E, inner_add, inner_mul, inner_add, inner_mul.
  assert (O : map (fun _ : Q => qr 1%Q) xs = map (fun _ => 1 : F) xs) by (apply map_ext; intro; apply qr_1).
  rewrite O. assert (K : inner F (map (fun x : Q => bends knots (qr x)) xs) gs =
    fold_right (fun k acc => snd k * dual_at gs xs (fst k) + acc) 0 knots).
  { clear. induction knots as [| [t c] knots IH]; cbn [bends fold_right fst snd].
    - revert gs. induction xs as [| x xs IHx]; intros [| g gs]; cbn [map inner]; trivial. rewrite IHx. ring.
    - rewrite <- IH. unfold dual_at. rewrite <- inner_mul, <- inner_add. reflexivity. }
  rewrite K. ring.
Qed.
Lemma le_add2 (a b c d : F) : a <= b -> c <= d -> a + c <= b + d.
Proof.
  intros H K. apply le_sub_iff in H, K. apply le_sub_iff. replace (b + d - (a + c)) with ((b - a) + (d - c)) by ring.
  now apply add_nonneg.
Qed.
Lemma jump_le m c y : within m y -> c * y <= m * absolute c.
Proof.
  intros [A B]. unfold Facts.absolute. apply le_sub_iff in A, B. apply le_sub_iff. destruct (lt_or_ge F c 0) as [L | L].
  - replace (m * - c - c * y) with (- c * (y - - m)) by ring. apply mul_nonneg; trivial. left. now apply neg_pos.
  - replace (m * c - c * y) with (c * (m - y)) by ring. now apply mul_nonneg.
Qed.
Lemma bends_le m gs xs knots : (forall t, within m (dual_at gs xs t)) ->
  fold_right (fun k acc => snd k * dual_at gs xs (fst k) + acc) 0 knots <= m * variation F knots.
Proof.
  intro D. induction knots as [| k knots IH]; cbn [fold_right variation]; [right; ring |].
  fold (variation F knots). apply le_trans with (m * absolute (snd k) + m * variation F knots).
  - apply le_add2; trivial. now apply jump_le.
  - right. ring.
Qed.
(** What the programs check of the dual. *)
Lemma dual_checked m gs xs : (0 : F) <= qr m ->
  equal (sum_of gs (map (fun _ => 1%Q) xs)) 0 = true -> equal (sum_of gs xs) 0 = true ->
  forallb (fun x => Qle_bool (Qabs (q_dual gs xs x)) m) xs = true ->
  forall a b knots, inner F (map (fun x => spline F a b knots (qr x)) xs) gs <= qr m * variation F knots.
Proof.
  intros M M0 M1 U a b knots. apply equal_qr in M0, M1. rewrite qr_0 in M0, M1. rewrite paired, M0, M1.
  replace (a * 0 + b * 0 + fold_right (fun k acc => snd k * dual_at gs xs (fst k) + acc) 0 knots)
    with (fold_right (fun k acc => snd k * dual_at gs xs (fst k) + acc) 0 knots) by ring.
  apply bends_le. intro t. apply dual_within; trivial. apply Forall_forall. intros x I. rewrite forallb_forall in U.
  specialize (U x I). apply (qr_le F) in U. rewrite qr_abs, qr_dual in U. now apply within_absolute.
Qed.
Lemma one_nonneg : (0 : F) <= qr 1. Proof. rewrite qr_1. left. apply lt_0_1. Qed.

Theorem interpolation_sound points value slope knots dual :
  check_interpolation points value slope knots dual = true ->
  (exists a b ks, through F points a b ks /\ variation F ks = qr value) /\
  (forall a b ks, through F points a b ks -> qr value <= variation F ks).
Proof.
  unfold check_interpolation. cbv zeta. set (gs := dual_jumps 0 points dual). clearbody gs. set (xs := map fst points).
  intro H. repeat (apply andb_prop in H; destruct H as [H ?X]). rename X into V, X0 into U, X1 into M1, X2 into M0, X3 into W.
  apply equal_qr in V, W. split.
  - exists (qr (constant points slope knots)), (qr slope), (pairs_in knots). split.
    + apply Forall_forall. intros p I. rewrite forallb_forall in H. specialize (H p I). apply equal_qr in H.
      now rewrite qr_spline in H.
    + now rewrite <- qr_variation.
  - intros a b ks T. rewrite <- V, sum_inner, map_map.
    replace (map (fun p : Q * Q => qr (snd p)) points) with (map (fun x => spline F a b ks (qr x)) xs).
    + replace (variation F ks) with (qr 1 * variation F ks) by (rewrite qr_1; ring).
      now apply dual_checked; [apply one_nonneg | ..].
    + unfold xs. rewrite map_map. apply map_ext_in. intros p I. unfold through in T. rewrite Forall_forall in T. now apply T.
Qed.

Lemma qr_loss points a b knots : qr (q_loss points a b knots) = loss F points (qr a) (qr b) (pairs_in knots).
Proof.
  induction points as [| [[x y] w] points IH]; [apply qr_0 |]. cbn [q_loss loss fold_right].
  fold (q_loss points a b knots) (loss F points (qr a) (qr b) (pairs_in knots)).
  now rewrite qr_qadd, !qr_qmul, qr_reduce, qr_sub, qr_spline, IH.
Qed.
Lemma square_nonneg (x : F) : 0 <= x * x.
Proof.
  destruct (lt_or_ge F x 0) as [L | L]; [| now apply mul_nonneg].
  replace (x * x) with (- x * - x) by ring. apply mul_nonneg; left; now apply neg_pos.
Qed.
Lemma low_le points gs a b ks : forallb (fun p : Q * Q * Q => positive (snd p)) points = true ->
  qr (q_low points gs) <= qr (1 # 2) * loss F points a b ks +
    inner F (map (fun x => spline F a b ks (qr x)) (map (fun p : Q * Q * Q => fst (fst p)) points)) gs.
Proof.
  assert (H2 : qr (1 # 2) + qr (1 # 2) = 1 :> F).
  { rewrite <- qr_add. rewrite <- qr_1. apply qr_eq. reflexivity. }
  assert (P2 : (0 : F) <= qr (1 # 2)) by now apply qr_nonneg.
  revert gs. induction points as [| [[x y] w] points IH]; intros gs W.
  - cbn [q_low loss fold_right map inner]. rewrite qr_0. right. ring.
  - apply andb_prop in W. destruct W as [W0 W]. cbn [snd] in W0. apply (qr_positive F) in W0.
    cbn [loss fold_right map fst]. fold (loss F points a b ks). set (f := spline F a b ks (qr x)).
    destruct gs as [| g gs].
    + assert (I := IH [] W). cbn [q_low] in *. destruct points as [| p points]; cbn [q_low map inner] in *.
      * rewrite qr_0. apply le_trans with (0 + 0); [right; ring |]. 
        replace (qr (1 # 2) * (qr w * ((f - qr y) * (f - qr y)) + loss F [] a b ks) + 0)
          with (qr (1 # 2) * (qr w * ((f - qr y) * (f - qr y))) + 0) by (cbn [loss fold_right]; ring).
        apply le_add2; [| apply le_refl]. apply mul_nonneg; trivial. apply mul_nonneg; [now left | apply square_nonneg].
      * destruct p as [[x' y'] w']. cbn [q_low] in I. 
        replace (qr (1 # 2) * (qr w * ((f - qr y) * (f - qr y)) + loss F ((x', y', w') :: points) a b ks) + 0)
          with (qr (1 # 2) * (qr w * ((f - qr y) * (f - qr y))) + (qr (1 # 2) * loss F ((x', y', w') :: points) a b ks + 0)) by ring.
        rewrite qr_0 in *. apply add_nonneg; trivial. apply mul_nonneg; trivial. apply mul_nonneg; [now left | apply square_nonneg].
    + cbn [q_low inner]. rewrite qr_qadd, qr_reduce.
      apply le_trans with ((qr (1 # 2) * (qr w * ((f - qr y) * (f - qr y))) + f * qr g) +
        (qr (1 # 2) * loss F points a b ks + inner F (map (fun x => spline F a b ks (qr x)) (map (fun p : Q * Q * Q => fst (fst p)) points)) gs));
        [| right; ring].
      apply le_add2; [| now apply IH].
      assert (WN : qr w <> 0 :> F) by (intro Z; rewrite Z in W0; now apply (lt_irrefl F) in W0).
      assert (E : qr (g * y - g * g / (2 * w)) = qr g * qr y - qr (1 # 2) * (qr g * qr g * inv (qr w)) :> F).
      { rewrite qr_sub, !qr_mul. f_equal. unfold Qdiv. rewrite !qr_mul.
        assert (I : qr (/ (2 * w)) = qr (1 # 2) * inv (qr w) :> F).
        { assert (J : qr (/ (2 * w)) * (qr 2 * qr w) = 1 :> F).
          { rewrite <- !qr_mul, <- qr_1. apply qr_eq. field. intro Z. apply (qr_eq F) in Z. now rewrite qr_0 in Z. }
          assert (T : qr (1 # 2) * qr 2 = 1 :> F) by (rewrite <- qr_mul, <- qr_1; apply qr_eq; reflexivity).
          transitivity (qr (/ (2 * w)) * (qr 2 * qr w) * (qr (1 # 2) * inv (qr w)) : F).
          - transitivity (qr (/ (2 * w)) * (qr (1 # 2) * qr 2) : F); [rewrite T; ring | field; trivial].
          - rewrite J. ring. }
        rewrite I. ring. }
      rewrite E. apply le_sub_iff. set (h := qr (1 # 2) : F) in *.
      replace (h * (qr w * ((f - qr y) * (f - qr y))) + f * qr g - (qr g * qr y - h * (qr g * qr g * inv (qr w))))
        with (h * (qr w * ((f - qr y + qr g * inv (qr w)) * (f - qr y + qr g * inv (qr w)))) + (1 - (h + h)) * (qr g * (f - qr y))).
      * rewrite H2. apply add_nonneg; [| right; ring].
        apply mul_nonneg; trivial. apply mul_nonneg; [now left | apply square_nonneg].
      * field. exact WN.
Qed.
Theorem penalised_sound points lambda lower upper values dual :
  check_penalised points lambda lower upper values dual = true ->
  (exists a b ks, objective F points lambda a b ks <= qr upper) /\
  (forall a b ks, qr lower <= objective F points lambda a b ks).
Proof.
  unfold check_penalised. cbv zeta. set (xs := map (fun p : Q * Q * Q => fst (fst p)) points).
  destruct (chords xs values) as [slope knots]. set (a := constant (combine xs values) slope knots). clearbody a.
  set (gs := dual_jumps 0 (combine xs values) dual). clearbody gs.
  intro H. repeat (apply andb_prop in H; destruct H as [H ?X]).
  rename X into L, X0 into U, X1 into M1, X2 into M0, X4 into P, X5 into W.
  apply (qr_le F) in L, P. apply (qr_positive F) in H. split.
  - exists (qr a), (qr slope), (pairs_in knots). rewrite qr_qadd, !qr_qmul, qr_loss, qr_variation in P. exact P.
  - intros a' b' ks. apply le_trans with (1 := L). apply le_trans with (1 := low_le points gs a' b' ks W).
    unfold objective. apply le_add2; [apply le_refl |].
    apply dual_checked; trivial. now left.
Qed.
End Soundness.
