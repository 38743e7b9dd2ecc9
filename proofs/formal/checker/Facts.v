(** Certificates of separation and of factorization: what they mean, the programs that check them,
    and the proofs. A missing number of a list is 0. *)
From Coq Require Import ZArith QArith Qabs List Bool Lia Field.
From Crease Require Import OField.
Import ListNotations.
Open Scope nat_scope.

(** ** What they mean *)
Section Meaning.
Variable F : ofield.
Open Scope of_scope.

(** A labelled point, [true] for the label +; affine forms have the constant first. *)
Definition lifted (affine : bool) (x : list Q) : list Q := if affine then 1%Q :: x else x.
Fixpoint inner (w : list F) (x : list Q) : F :=
  match w, x with a :: w', q :: x' => a * qr q + inner w' x' | _, _ => 0 end.
Definition separates (affine : bool) (points : list (bool * list Q)) (w : list F) : Prop :=
  Forall (fun p : bool * list Q => let v := inner w (lifted affine (snd p)) in if fst p then 0 < v else v < 0) points.

(** The sum of the absolute values of the differences. *)
Definition absolute (x : F) : F := if lt_or_ge F x 0 then - x else x.
Fixpoint distance (a b : list F) : F :=
  match a, b with
  | [], _ => fold_right (fun x acc => absolute x + acc) 0 b
  | x :: a', [] => absolute x + distance a' []
  | x :: a', y :: b' => absolute (x - y) + distance a' b'
  end.
End Meaning.

(** Polynomials, the lowest coefficient first, over any numbers. *)
Section Polynomials.
Variables (A : Type) (zero one : A) (add mul : A -> A -> A).
Fixpoint plus (a b : list A) : list A :=
  match a, b with [], _ => b | _, [] => a | x :: a', y :: b' => add x y :: plus a' b' end.
Fixpoint times (a b : list A) : list A :=
  match a with [] => [] | x :: a' => plus (map (mul x) b) (zero :: times a' b) end.
Definition product (fs : list (list A)) : list A := fold_right times [one] fs.
End Polynomials.
Definition product_in (F : ofield) : list (list F) -> list F := product F zero one add mul.

(** ** The programs *)
Definition reduce (q : Q) : Q :=
  let g := Z.gcd (Qnum q) (Zpos (Qden q)) in
  if (1 <? g)%Z then Qmake (Qnum q / g) (Z.to_pos (Zpos (Qden q) / g)) else q.
Definition qadd (a b : Q) : Q := reduce (a + b).
Definition qmul (a b : Q) : Q := reduce (a * b).
Definition positive (q : Q) : bool := (0 <? Qnum q)%Z.

Fixpoint qinner (w x : list Q) : Q :=
  match w, x with a :: w', q :: x' => qadd (qmul a q) (qinner w' x') | _, _ => 0%Q end.
(** The points on their sides of zero, times their multipliers, in sum. *)
Fixpoint combined (affine : bool) (points : list (bool * list Q)) (cs : list Q) : list Q :=
  match points, cs with
  | (side, x) :: points', c :: cs' =>
      plus Q qadd (map (qmul (if side then c else - c)%Q) (lifted affine x)) (combined affine points' cs')
  | _, _ => []
  end.
Definition check_separation (separable affine : bool) (points : list (bool * list Q)) (evidence : list Q) : bool :=
  if separable then
    forallb (fun p : bool * list Q => let v := qinner evidence (lifted affine (snd p)) in
      positive (if fst p then v else - v)%Q) points
  else
    (length evidence =? length points) && forallb (fun c => (0 <=? Qnum c)%Z) evidence
    && existsb positive evidence && forallb (fun q => (Qnum q =? 0)%Z) (combined affine points evidence).

Fixpoint qdistance (a b : list Q) : Q :=
  match a, b with
  | [], _ => fold_right (fun x acc => qadd (Qabs x) acc) 0%Q b
  | x :: a', [] => qadd (Qabs x) (qdistance a' [])
  | x :: a', y :: b' => qadd (Qabs (x - y)) (qdistance a' b')
  end.
Definition check_factorization (target : list Q) (s count : nat) (residual : Q) (filters : list (list Q)) : bool :=
  (length filters =? count) && forallb (fun f => length f <=? S s) filters
  && Qle_bool (qdistance target (product Q 0%Q 1%Q qadd qmul filters)) residual.

(** ** The proofs *)
Section Proofs.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).
Notation inner := (inner F). Notation separates := (separates F).
Notation distance := (distance F). Notation absolute := (absolute F).

Lemma qr_reduce q : qr (reduce q) = qr q :> F.
Proof.
  unfold reduce. destruct (Z.ltb_spec 1 (Z.gcd (Qnum q) (Zpos (Qden q)))) as [L |]; trivial.
  apply qr_eq. unfold Qeq. destruct q as [n d]. cbn [Qnum Qden] in *. set (g := Z.gcd n (Zpos d)) in *.
  assert (N : n = (g * (n / g))%Z) by (apply Z_div_exact_full_2; [lia | apply Z.mod_divide; [lia | apply Z.gcd_divide_l]]).
  assert (D : Zpos d = (g * (Zpos d / g))%Z) by (apply Z_div_exact_full_2; [lia | apply Z.mod_divide; [lia | apply Z.gcd_divide_r]]).
  assert (P : (0 < Zpos d / g)%Z) by nia.
  rewrite Z2Pos.id by trivial. rewrite D at 1. rewrite N at 2. ring.
Qed.
Lemma qr_qadd a b : qr (qadd a b) = qr a + qr b :> F.
Proof. unfold qadd. now rewrite qr_reduce, qr_add. Qed.
Lemma qr_qmul a b : qr (qmul a b) = qr a * qr b :> F.
Proof. unfold qmul. now rewrite qr_reduce, qr_mul. Qed.
Lemma qr_inv q : qr q = zr (Qnum q) * inv (pr (Qden q)) :> F.
Proof. unfold qr. field. apply pr_neq0. Qed.
Lemma den_pos q : (0 : F) < inv (pr (Qden q)).
Proof. apply inv_pos, pr_pos. Qed.
Lemma qr_positive q : positive q = true -> (0 : F) < qr q.
Proof.
  intro H. apply Z.ltb_lt in H. rewrite qr_inv. apply lt_mul; [now apply zr_pos | apply den_pos].
Qed.
Lemma qr_nonneg q : (0 <= Qnum q)%Z -> (0 : F) <= qr q.
Proof.
  intro H. rewrite qr_inv. apply mul_nonneg; [exact (zr_le F 0 _ H) | left; apply den_pos].
Qed.
Lemma qr_zero q : Qnum q = 0%Z -> qr q = 0 :> F.
Proof. intro H. rewrite qr_inv, H. simpl (zr 0). ring. Qed.
Lemma qr_le a b : Qle_bool a b = true -> (qr a : F) <= qr b.
Proof.
  intro H. apply Qle_bool_iff in H. destruct (Qlt_le_dec a b) as [L | L]; [left; now apply qr_lt | right].
  apply qr_eq, Qle_antisym; trivial.
Qed.

(** *** Separation *)
Lemma inner_q w x : inner (map qr w) x = qr (qinner w x).
Proof.
  revert x. induction w as [| a w IH]; intros [| q x]; cbn [map Facts.inner qinner]; try now rewrite qr_0.
  now rewrite qr_qadd, qr_qmul, IH.
Qed.
Lemma inner_plus w x y : inner w (plus Q qadd x y) = inner w x + inner w y.
Proof.
  revert x y. induction w as [| a w IH]; intros [| q x] [| r y]; cbn [plus Facts.inner]; try ring.
  rewrite IH, qr_qadd. ring.
Qed.
Lemma inner_map w c x : inner w (map (qmul c) x) = qr c * inner w x.
Proof.
  revert x. induction w as [| a w IH]; intros [| q x]; cbn [map Facts.inner]; try ring.
  rewrite IH, qr_qmul. ring.
Qed.
Lemma inner_zero w x : forallb (fun q => (Qnum q =? 0)%Z) x = true -> inner w x = 0.
Proof.
  revert x. induction w as [| a w IH]; intros [| q x] H; cbn [Facts.inner]; trivial.
  apply andb_prop in H. destruct H as [H K]. apply Z.eqb_eq in H. rewrite IH, qr_zero by trivial. ring.
Qed.
Lemma combined_sign affine points w cs : separates affine points w -> length cs = length points ->
  forallb (fun c => (0 <=? Qnum c)%Z) cs = true ->
  0 <= inner w (combined affine points cs) /\
  (existsb positive cs = true -> 0 < inner w (combined affine points cs)).
Proof.
  intro S. revert cs. induction S as [| [side x] points P _ IH]; intros [| c cs] L N; try discriminate L.
  - split; [| discriminate]. destruct w; apply le_refl.
  - apply andb_prop in N. destruct N as [N1 N]. apply Z.leb_le in N1.
    destruct (IH cs (f_equal pred L) N) as [A B]. cbn [combined existsb]. rewrite inner_plus, inner_map.
    cbn [fst snd] in P. cbv zeta in P. set (v := inner w (lifted affine x)) in *.
    assert (T : 0 < (if side then v else - v)) by (destruct side; [exact P | now apply neg_pos]).
    assert (E : qr (if side then c else - c)%Q * v = qr c * (if side then v else - v)).
    { destruct side; trivial. rewrite qr_opp. ring. }
    rewrite E. assert (C := qr_nonneg c N1). split.
    + apply add_nonneg; trivial. apply mul_nonneg; trivial. now left.
    + intro H. apply orb_prop in H. destruct H as [H | H].
      * apply add_pos_nonneg; trivial. apply lt_mul; trivial. now apply qr_positive.
      * apply add_nonneg_pos; [| now apply B]. apply mul_nonneg; trivial. now left.
Qed.
Theorem separation_sound separable affine points evidence :
  check_separation separable affine points evidence = true ->
  if separable then exists w, separates affine points w else ~ exists w, separates affine points w.
Proof.
  unfold check_separation. destruct separable; intro H.
  - exists (map qr evidence). apply Forall_forall. intros [side x] I. rewrite forallb_forall in H.
    specialize (H _ I). cbn [fst snd] in *. cbv zeta in *. rewrite inner_q. apply qr_positive in H.
    destruct side; trivial. apply neg_pos. now rewrite qr_opp in H.
  - apply andb_prop in H. destruct H as [H Z]. apply andb_prop in H. destruct H as [H P].
    apply andb_prop in H. destruct H as [L N]. apply Nat.eqb_eq in L. intros (w & S).
    destruct (combined_sign _ _ _ _ S L N) as [_ B]. specialize (B P).
    rewrite inner_zero in B by trivial. now apply (lt_irrefl F) in B.
Qed.

(** *** Factorization *)
Lemma map_plus a b : map qr (plus Q qadd a b) = plus F add (map qr a) (map qr b).
Proof.
  revert b. induction a as [| x a IH]; intros [| y b]; cbn [plus map]; trivial. now rewrite qr_qadd, IH.
Qed.
Lemma map_times a b : map qr (times Q 0%Q qadd qmul a b) = times F 0 add mul (map qr a) (map qr b).
Proof.
  induction a as [| x a IH]; cbn [times map]; trivial. rewrite map_plus. cbn [map]. rewrite qr_0, IH.
  do 2 f_equal. rewrite !map_map. apply map_ext. intro y. apply qr_qmul.
Qed.
Lemma map_product fs : map qr (product Q 0%Q 1%Q qadd qmul fs) = product_in F (map (map qr) fs).
Proof.
  unfold product_in, product. induction fs as [| f fs IH]; cbn [fold_right map].
  - now rewrite qr_1.
  - now rewrite map_times, IH.
Qed.
Lemma qr_abs q : qr (Qabs q) = absolute (qr q).
Proof.
  unfold Facts.absolute. destruct q as [n d]. unfold Qabs. destruct (Z.abs_spec n) as [[H E] | [H E]]; rewrite E.
  - destruct (lt_or_ge F (qr (n # d)) 0) as [L |]; trivial. destruct (lt_not_ge F _ _ L). now apply qr_nonneg.
  - change (- n # d)%Q with (- (n # d))%Q. rewrite qr_opp. destruct (lt_or_ge F (qr (n # d)) 0) as [| L]; trivial.
    destruct (lt_not_ge F (qr (n # d)) 0); trivial. apply neg_pos. rewrite <- qr_opp. apply qr_positive.
    unfold positive. cbn. apply Z.ltb_lt. lia.
Qed.
Lemma map_distance a b : qr (qdistance a b) = distance (map qr a) (map qr b).
Proof.
  revert b. induction a as [| x a IH]; intro b.
  - cbn [qdistance map Facts.distance]. induction b as [| y b IH]; cbn [fold_right map]; [apply qr_0 |].
    now rewrite qr_qadd, qr_abs, IH.
  - destruct b as [| y b]; cbn [qdistance map Facts.distance]; rewrite qr_qadd, qr_abs.
    + now rewrite (IH []).
    + now rewrite IH, qr_sub.
Qed.
Theorem factorization_sound target s count residual filters :
  check_factorization target s count residual filters = true ->
  exists fs : list (list F), length fs = count /\ Forall (fun f => (length f <= S s)%nat) fs /\
    distance (map qr target) (product_in F fs) <= qr residual.
Proof.
  unfold check_factorization. intro H. apply andb_prop in H. destruct H as [H R]. apply andb_prop in H.
  destruct H as [L S]. apply Nat.eqb_eq in L. exists (map (map qr) filters). repeat split.
  - now rewrite map_length.
  - apply Forall_map. apply Forall_forall. intros f I. rewrite forallb_forall in S. rewrite map_length.
    apply Nat.leb_le. now apply S.
  - rewrite <- map_product, <- map_distance. now apply qr_le.
Qed.
End Proofs.
