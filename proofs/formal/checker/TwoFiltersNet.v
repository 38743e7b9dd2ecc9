(** The claim about networks as certificates state them: two shared 2x2 filters on a 3x3 input. *)
From Coq Require Import ZArith QArith List Lia Field.
From Crease Require Import OField Network Nets Forms.
Import ListNotations.
Open Scope nat_scope.

Section Claim.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).

Lemma lin_filter ts vs : lin F (filter (fun t => negb (Qeq_bool (snd t) 0)) ts) vs = lin F ts vs.
Proof.
  induction ts as [| [i q] ts IH]; trivial. cbn [filter snd]. destruct (Qeq_bool q 0) eqn:E.
  - cbn [negb]. rewrite IH. unfold lin. cbn [fold_right fst snd]. apply Qeq_bool_eq in E.
    rewrite (qr_eq F _ _ E), qr_0. ring.
  - cbn [negb]. unfold lin in *. cbn [fold_right fst snd]. now rewrite IH.
Qed.

Definition bit (z : F) : nat := if lt_or_ge F 0 z then 1%nat else 0%nat.
Definition z_at (b : Q) (w : Q * Q * Q * Q) (x0 x1 x2 x3 : F) : F :=
  let '(w0, w1, w2, w3) := w in qr b + (qr w0 * x0 + qr w1 * x1 + qr w2 * x2 + qr w3 * x3).

Lemma relu_line i vs : value_of F (Relu i) vs = relu F (val F vs i) /\ branch F (Relu i) vs = bit (val F vs i).
Proof.
  split.
  - unfold Relu. cbn [value_of]. unfold bend. cbn [kinks]. rewrite !qr_0, qr_sub, qr_1, qr_0.
    replace (0 - 0) with (0 : F) by ring.
    replace (val F vs i - 0) with (val F vs i) by ring.
    assert (R : relu F 0 = 0) by (unfold relu; now destruct (lt_or_ge F 0 0)). rewrite R. ring.
  - cbn. rewrite qr_0. reflexivity.
Qed.

Lemma run_sum b w i net vs x y z t : val F vs 0 = 1 -> val F vs (1 + i) = x -> val F vs (2 + i) = y ->
  val F vs (4 + i) = z -> val F vs (5 + i) = t ->
  run F (unit_line b w i :: net) vs = run F net (z_at b w x y z t :: vs).
Proof.
  destruct w as [[[w0 w1] w2] w3]. intros V0 V1 V2 V3 V4. unfold unit_line. cbn [run chosen value_of].
  rewrite lin_filter. unfold lin. cbn [fold_right fst snd]. rewrite V0, V1, V2, V3, V4.
  do 2 f_equal. unfold z_at. ring.
Qed.
Lemma run_relu i net vs z : val F vs i = z -> run F (Relu i :: net) vs = bit z :: run F net (relu F z :: vs).
Proof. intros <-. destruct (relu_line i vs) as [A B]. rewrite <- A, <- B. reflexivity. Qed.

Lemma choices_are_bits u v b0 b1 b2 b3 c0 c1 c2 c3 x1 x2 x3 x4 x5 x6 x7 x8 x9 :
  choices F (two_filters_net u v (b0, b1, b2, b3) (c0, c1, c2, c3)) [x1; x2; x3; x4; x5; x6; x7; x8; x9] =
  map bit [z_at b0 u x1 x2 x4 x5; z_at b1 u x2 x3 x5 x6; z_at b2 u x4 x5 x7 x8; z_at b3 u x5 x6 x8 x9;
           z_at c0 v x1 x2 x4 x5; z_at c1 v x2 x3 x5 x6; z_at c2 v x4 x5 x7 x8; z_at c3 v x5 x6 x8 x9].
Proof.
  unfold choices, two_filters_net, start. cbn [app rev map seq].
  rewrite (run_sum b0 u 0 _ _ x1 x2 x4 x5) by reflexivity. generalize (z_at b0 u x1 x2 x4 x5) as z1; intro.
  rewrite (run_sum b1 u 1 _ _ x2 x3 x5 x6) by reflexivity. generalize (z_at b1 u x2 x3 x5 x6) as z2; intro.
  rewrite (run_sum b2 u 3 _ _ x4 x5 x7 x8) by reflexivity. generalize (z_at b2 u x4 x5 x7 x8) as z3; intro.
  rewrite (run_sum b3 u 4 _ _ x5 x6 x8 x9) by reflexivity. generalize (z_at b3 u x5 x6 x8 x9) as z4; intro.
  rewrite (run_sum c0 v 0 _ _ x1 x2 x4 x5) by reflexivity. generalize (z_at c0 v x1 x2 x4 x5) as z5; intro.
  rewrite (run_sum c1 v 1 _ _ x2 x3 x5 x6) by reflexivity. generalize (z_at c1 v x2 x3 x5 x6) as z6; intro.
  rewrite (run_sum c2 v 3 _ _ x4 x5 x7 x8) by reflexivity. generalize (z_at c2 v x4 x5 x7 x8) as z7; intro.
  rewrite (run_sum c3 v 4 _ _ x5 x6 x8 x9) by reflexivity. generalize (z_at c3 v x5 x6 x8 x9) as z8; intro.
  rewrite (run_relu 10 _ _ z1) by reflexivity. generalize (relu F z1) as r1; intro.
  rewrite (run_relu 11 _ _ z2) by reflexivity. generalize (relu F z2) as r2; intro.
  rewrite (run_relu 12 _ _ z3) by reflexivity. generalize (relu F z3) as r3; intro.
  rewrite (run_relu 13 _ _ z4) by reflexivity. generalize (relu F z4) as r4; intro.
  rewrite (run_relu 14 _ _ z5) by reflexivity. generalize (relu F z5) as r5; intro.
  rewrite (run_relu 15 _ _ z6) by reflexivity. generalize (relu F z6) as r6; intro.
  rewrite (run_relu 16 _ _ z7) by reflexivity. generalize (relu F z7) as r7; intro.
  rewrite (run_relu 17 _ _ z8) by reflexivity. generalize (relu F z8) as r8; intro.
  reflexivity.
Qed.

(** ** The pattern that is missing *)
Fixpoint scalar (a z : list F) : F :=
  match a, z with x :: a', y :: z' => x * y + scalar a' z' | _, _ => 0 end.
Lemma bit_0 (z : F) : bit z = 0%nat -> z <= 0.
Proof. unfold bit. now destruct (lt_or_ge F 0 z). Qed.
Lemma bit_1 (z : F) : bit z = 1%nat -> 0 < z.
Proof. unfold bit. now destruct (lt_or_ge F 0 z). Qed.
Lemma bit_pos (z : F) : 0 < z -> bit z = 1%nat.
Proof. unfold bit. intro H. destruct (lt_or_ge F 0 z); trivial. now destruct (lt_not_ge F _ _ H). Qed.
Lemma bit_neg (z : F) : z <= 0 -> bit z = 0%nat.
Proof. unfold bit. intro H. destruct (lt_or_ge F 0 z) as [K |]; trivial. now destruct (lt_not_ge F _ _ K H). Qed.
Lemma opp_le (x : F) : x <= 0 -> 0 <= - x.
Proof. intros [H | ->]; [left; now apply neg_pos | right; ring]. Qed.

Lemma like_pattern a z : map bit z = map bit a ->
  0 <= scalar a z /\ (Exists (fun x => 0 < x) a -> 0 < scalar a z).
Proof.
  revert a. induction z as [| y z IH]; intros [| x a] E; try discriminate E.
  - split; [apply le_refl | intro H; inversion H].
  - cbn [map] in E. injection E as E E'. destruct (IH a E') as [P Q]. cbn [scalar].
    destruct (lt_or_ge F 0 x) as [H | H].
    + rewrite (bit_pos x H) in E. apply bit_1 in E. assert (T := lt_mul F _ _ H E).
      split; [left | intros _]; now apply add_pos_nonneg.
    + rewrite (bit_neg x H) in E. apply bit_0 in E.
      assert (T : 0 <= x * y).
      { replace (x * y) with (- x * - y) by ring. apply mul_nonneg; now apply opp_le. }
      split; [now apply add_nonneg |]. intro X. apply Exists_cons in X. destruct X as [X | X].
      * now destruct (lt_not_ge F _ _ X H).
      * apply add_nonneg_pos; auto.
Qed.
Lemma unlike_pattern a z : map bit z = map (fun x => bit (- x)) a ->
  scalar a z <= 0 /\ (Exists (fun x => x < 0) a -> scalar a z < 0).
Proof.
  intro E. assert (N : scalar (map (fun x => - x) a) z = - scalar a z).
  { clear E. revert z. induction a as [| x a IH]; intros [| y z]; cbn [map scalar]; try ring. rewrite IH. ring. }
  rewrite <- (map_map (fun x => - x) bit) in E. destruct (like_pattern _ _ E) as [P Q]. rewrite N in P, Q. split.
  - replace (scalar a z) with (- - scalar a z) by ring.
    destruct P as [P | P]; [left | rewrite <- P; right; ring]. apply neg_pos. now replace (- - - scalar a z) with (- scalar a z) by ring.
  - intro X. apply neg_pos, Q. apply Exists_map. apply Exists_impl with (2 := X). intro x. apply neg_pos.
Qed.

Fixpoint patterns (n : nat) : list (list nat) :=
  match n with O => [[]] | S m => map (cons 0%nat) (patterns m) ++ map (cons 1%nat) (patterns m) end.
Lemma patterns_length n : length (patterns n) = Nat.pow 2 n.
Proof. induction n as [| n IH]; trivial. cbn [patterns]. rewrite app_length, !map_length, IH. simpl. lia. Qed.
Lemma bits_in z : In (map bit z) (patterns (length z)).
Proof.
  induction z as [| y z IH]; [now left |]. cbn [map length patterns]. apply in_or_app. unfold bit at 1 3.
  destruct (lt_or_ge F 0 y); [right | left]; now apply in_map.
Qed.

Section Missing.
Variables (u0 u1 u2 u3 v0 v1 v2 v3 b0 b1 b2 b3 c0 c1 c2 c3 : Q).
Let net := two_filters_net (u0, u1, u2, u3) (v0, v1, v2, v3) (b0, b1, b2, b3) (c0, c1, c2, c3).
Let a : list F := [qr v0; qr v1; qr v2; qr v3; - qr u0; - qr u1; - qr u2; - qr u3].
Let bs : list F := [qr b0; qr b1; qr b2; qr b3; qr c0; qr c1; qr c2; qr c3].

(** The commutator identity: the weighted sum of the units does not depend on the input. *)
Lemma commutator x : length x = 9%nat -> exists z, choices F net x = map bit z /\ length z = 8%nat /\
  scalar a z = scalar a bs /\ (Forall (fun y => y = 0) a -> hd 0 z = qr b0).
Proof.
  intro L. do 9 (destruct x as [| ? x]; [discriminate L |]). destruct x; [| discriminate L].
  unfold net. rewrite choices_are_bits. eexists. split; [reflexivity | split; [reflexivity | split]].
  - unfold a, bs, z_at. cbn [scalar]. ring.
  - intro Z. unfold a in Z. do 8 (apply Forall_cons_iff in Z; destruct Z as [? Z]). cbn [hd]. unfold z_at.
    assert (O : forall y : F, - y = 0 -> y = 0) by (intros y E; replace y with (- - y) by ring; rewrite E; ring).
    rewrite (O (qr u0)), (O (qr u1)), (O (qr u2)), (O (qr u3)) by trivial. ring.
Qed.
Lemma one_is_missing : exists c, In c (patterns 8) /\ forall x, length x = 9%nat -> choices F net x <> c.
Proof.
  assert (I1 : In (map (fun x => bit (- x)) a) (patterns 8)).
  { rewrite <- (map_map (fun x => - x) bit). apply (bits_in (map (fun x => - x) a)). }
  assert (I2 : In (map bit a) (patterns 8)) by apply (bits_in a).
  destruct (lt_total F (scalar a bs) 0) as [[K | K] | K].
  - exists (map bit a). split; trivial. intros x L E. destruct (commutator x L) as (z & Ez & _ & S & _).
    rewrite Ez in E. destruct (like_pattern a z E) as [P _]. rewrite S in P. now apply (lt_not_ge F _ _ K).
  - destruct (Exists_dec (fun x => x < 0) a (fun x => match lt_or_ge F x 0 with left H => left H | right H => right (fun K => lt_not_ge F _ _ K H) end)) as [X | X].
    { exists (map (fun x => bit (- x)) a). split; trivial. intros x L E. destruct (commutator x L) as (z & Ez & _ & S & _).
      rewrite Ez in E. destruct (unlike_pattern a z E) as [_ P]. specialize (P X). rewrite S, K in P. now apply (lt_irrefl F 0). }
    destruct (Exists_dec (fun x => 0 < x) a (fun x => match lt_or_ge F 0 x with left H => left H | right H => right (fun K => lt_not_ge F _ _ K H) end)) as [Y | Y].
    { exists (map bit a). split; trivial. intros x L E. destruct (commutator x L) as (z & Ez & _ & S & _).
      rewrite Ez in E. destruct (like_pattern a z E) as [_ P]. specialize (P Y). rewrite S, K in P. now apply (lt_irrefl F 0). }
    assert (Z : Forall (fun y => y = 0) a).
    { apply Forall_forall. intros y I. destruct (lt_total F y 0) as [[H | H] | H]; trivial; exfalso.
      - apply X. apply Exists_exists. eauto. - apply Y. apply Exists_exists. eauto. }
    exists (map bit [- (1) + (if lt_or_ge F 0 (qr b0) then 0 else 1 + 1); 0; 0; 0; 0; 0; 0; 0]). split.
    { apply (bits_in [_; _; _; _; _; _; _; _]). }
    intros x L E. destruct (commutator x L) as (z & Ez & Lz & _ & H). specialize (H Z). rewrite Ez in E.
    destruct z as [| z1 z]; [discriminate Lz |]. cbn [hd] in H. subst z1. cbn [map] in E. injection E as E _.
    assert (O := lt_0_1 F). destruct (lt_or_ge F 0 (qr b0)) as [P | P].
    + rewrite (bit_pos _ P), bit_neg in E; [discriminate |]. left. apply neg_pos.
      now replace (- (- (1) + 0)) with (1 : F) by ring.
    + rewrite (bit_neg _ P), bit_pos in E; [discriminate |]. now replace (- (1) + (1 + 1)) with (1 : F) by ring.
  - exists (map (fun x => bit (- x)) a). split; trivial. intros x L E. destruct (commutator x L) as (z & Ez & _ & S & _).
    rewrite Ez in E. destruct (unlike_pattern a z E) as [P _]. rewrite S in P. now apply (lt_not_ge F _ _ K).
Qed.
End Missing.

Theorem two_shared_filters_net u v bu bv box (regions : list (list nat)) : NoDup regions ->
  (forall c, In c regions -> full_dimensional F 9 box (two_filters_net u v bu bv) c) ->
  (length regions <= 255)%nat.
Proof.
  destruct u as [[[u0 u1] u2] u3], v as [[[v0 v1] v2] v3], bu as [[[b0 b1] b2] b3], bv as [[[c0 c1] c2] c3].
  intros N H. destruct (one_is_missing u0 u1 u2 u3 v0 v1 v2 v3 b0 b1 b2 b3 c0 c1 c2 c3) as (c & I & M).
  assert (R : forall c', In c' regions -> exists x, length x = 9%nat /\ choices F (two_filters_net (u0, u1, u2, u3) (v0, v1, v2, v3) (b0, b1, b2, b3) (c0, c1, c2, c3)) x = c').
  { intros c' J. destruct (H c' J) as (x & e & L & E & B). exists x. split; trivial. now apply B, near_refl. }
  assert (D : NoDup (c :: regions)).
  { constructor; trivial. intro J. destruct (R c J) as (x & L & E). now apply (M x). }
  apply NoDup_incl_length with (l' := patterns 8) in D.
  - rewrite patterns_length in D. cbn [length] in D. change (2 ^ 8)%nat with 256%nat in D. lia.
  - intros c' [<- | J]; trivial. destruct (R c' J) as (x & L & E).
    destruct (commutator u0 u1 u2 u3 v0 v1 v2 v3 b0 b1 b2 b3 c0 c1 c2 c3 x L) as (z & Ez & Lz & _).
    rewrite <- E, Ez, <- Lz. apply bits_in.
Qed.
End Claim.
