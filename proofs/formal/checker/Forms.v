(** Integer affine forms, their combinations, points near a point; refutations are sound. *)
From Coq Require Import ZArith List Bool Lia Field.
From Crease Require Import OField Network.
Import ListNotations.

(** ** What is computed: rows of integers, the constant first, missing entries are 0. *)
Definition form := list Z.

Fixpoint axpy (m : Z) (r acc : form) : form :=
  match r, acc with
  | [], _ => acc
  | a :: r', [] => (m * a)%Z :: axpy m r' []
  | a :: r', b :: acc' => (m * a + b)%Z :: axpy m r' acc'
  end.

(** Weights of the values known, the newest first: how many values to pass over, then a number. *)
Definition weights := list (nat * Z).
Definition scale (w : Z) (f : form) : form := if (w =? 1)%Z then f else map (Z.mul w) f.
(** A combination of them. *)
Fixpoint combf (ws : weights) (fs : list form) : form :=
  match ws with
  | [] => []
  | (gap, w) :: ws' =>
      match skipn gap fs with
      | [] => []
      | f :: fs' => match combf ws' fs' with [] => scale w f | acc => axpy w f acc end
      end
  end.
(** The same weights, said before the newest [steps] values are known; none of these may be read. *)
Definition before (steps : nat) (ws : weights) : option weights :=
  match ws with
  | [] => Some []
  | (gap, w) :: ws' => if (steps <=? gap)%nat then Some (((gap - steps)%nat, w) :: ws') else None
  end.

Fixpoint dotz (r p : list Z) : Z :=
  match r, p with a :: r', x :: p' => (a * x + dotz r' p')%Z | _, _ => 0%Z end.

Definition is0 (r : form) : bool := forallb (Z.eqb 0) r.
Definition neg (r : form) : form := map Z.opp r.
Fixpoint content (g : Z) (r : form) : Z :=
  match r with
  | [] => g
  | a :: r' => if (g =? 1)%Z then g else content (Z.gcd g a) r'
  end.
Definition prim (r : form) : form :=
  let g := content 0 r in if (g <=? 1)%Z then r else map (fun a => (a / g)%Z) r.

(** Multipliers: how many rows to pass over, then a positive number. *)
Definition farkas := list (nat * Z).
Fixpoint fsum (rows : list form) (fk : farkas) (acc : form) : option form :=
  match fk with
  | [] => Some acc
  | (gap, m) :: fk' =>
      match skipn gap rows with
      | [] => None
      | r :: rows' => if (0 <? m)%Z then fsum rows' fk' (axpy m r acc) else None
      end
  end.
Definition refutes (rows : list form) (fk : farkas) : bool :=
  match fk with
  | [] => false
  | _ => match fsum rows fk [] with
         | None => false
         | Some [] => true
         | Some (c :: r) => (c <=? 0)%Z && is0 r
         end
  end.

(** ** What it means, over any ordered field *)
Section Meaning.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).

Fixpoint ev (r : form) (p : list F) : F :=
  match r, p with a :: r', x :: p' => zr a * x + ev r' p' | _, _ => 0 end.
Fixpoint dot (ws : weights) (fs : list F) : F :=
  match ws with
  | [] => 0
  | (gap, w) :: ws' => zr w * nth gap fs 0 + dot ws' (skipn (S gap) fs)
  end.

Lemma ev_nil r : ev r [] = 0. Proof. now destruct r. Qed.
Lemma ev_axpy m r acc p : ev (axpy m r acc) p = zr m * ev r p + ev acc p.
Proof.
  revert acc p. induction r as [| a r IH]; intros [| b acc] [| x p]; cbn [axpy ev]; try ring.
  - rewrite zr_mul, IH. cbn [ev]. ring.
  - rewrite zr_add, zr_mul, IH. ring.
Qed.
Lemma ev_scale w f p : ev (scale w f) p = zr w * ev f p.
Proof.
  unfold scale. destruct (Z.eqb_spec w 1) as [-> | _]; [simpl (zr 1); ring |].
  revert p. induction f as [| a f IH]; intros [| x p]; cbn [map ev]; try ring. rewrite zr_mul, IH. ring.
Qed.
Lemma skipn_nth {A} (l : list A) (d : A) n : skipn n l = [] /\ nth n l d = d /\ skipn (S n) l = [] \/
  skipn n l = nth n l d :: skipn (S n) l.
Proof.
  revert n. induction l as [| a l IH]; intros [| n]; auto.
  destruct (IH n) as [(A1 & A2 & A3) | H]; [left | right]; cbn [skipn nth] in *; auto.
Qed.
Lemma skipn_of_map {A B} (f : A -> B) n l : skipn n (map f l) = map f (skipn n l).
Proof. revert l. induction n as [| n IH]; intros [| a l]; cbn; trivial. Qed.
Lemma dot_nil ws : dot ws [] = 0.
Proof.
  induction ws as [| [gap w] ws IH]; trivial. cbn [dot skipn]. rewrite IH. destruct gap; cbn [nth]; ring.
Qed.
Lemma ev_combf ws fs p : ev (combf ws fs) p = dot ws (map (fun f => ev f p) fs).
Proof.
  revert fs. induction ws as [| [gap w] ws IH]; intro fs; cbn [combf dot]; trivial.
  rewrite skipn_of_map, <- IH. replace (nth gap (map (fun f => ev f p) fs) 0) with (ev (nth gap fs []) p)
    by (symmetry; exact (map_nth (fun f => ev f p) fs [] gap)).
  destruct (skipn_nth fs [] gap) as [(E & N & S) | E].
  - rewrite E, N, S. destruct ws as [| [g v] ws']; cbn [combf]; rewrite ?skipn_nil; cbn [ev]; ring.
  - rewrite E. assert (K : ev (match combf ws (skipn (S gap) fs) with [] => scale w (nth gap fs [])
      | acc => axpy w (nth gap fs []) acc end) p = zr w * ev (nth gap fs []) p + ev (combf ws (skipn (S gap) fs)) p).
    { destruct (combf ws (skipn (S gap) fs)); [rewrite ev_scale; cbn [ev]; ring | apply ev_axpy]. }
    exact K.
Qed.
Lemma ev_neg r p : ev (neg r) p = - ev r p.
Proof.
  revert p. induction r as [| a r IH]; intros [| x p]; cbn [neg map ev]; try ring.
  change (map Z.opp r) with (neg r). rewrite IH, zr_opp. ring.
Qed.
Lemma ev_is0 r p : is0 r = true -> ev r p = 0.
Proof.
  revert p. induction r as [| a r IH]; intros [| x p] H; cbn [ev]; trivial.
  apply andb_prop in H. destruct H as [E H]. apply Z.eqb_eq in E. subst a.
  rewrite IH; trivial. simpl (zr 0). ring.
Qed.

Lemma content_divides g r : (content g r | g)%Z /\ Forall (fun a => (content g r | a)%Z) r.
Proof.
  revert g. induction r as [| a r IH]; intro g; simpl.
  - split; [apply Z.divide_refl | constructor].
  - destruct (Z.eqb_spec g 1) as [-> | _].
    + split; [apply Z.divide_refl |]. constructor; [apply Z.divide_1_l |].
      apply Forall_forall. intros. apply Z.divide_1_l.
    + destruct (IH (Z.gcd g a)) as [D R].
      split; [apply Z.divide_trans with (1 := D), Z.gcd_divide_l |].
      constructor; [apply Z.divide_trans with (1 := D), Z.gcd_divide_r | exact R].
Qed.
(** Dividing by the content keeps the form up to a positive factor. *)
Lemma prim_scale r : exists g, (0 < g)%Z /\ (forall p, ev r p = zr g * ev (prim r) p) /\ is0 (prim r) = is0 r.
Proof.
  unfold prim. destruct (Z.leb_spec (content 0 r) 1) as [_ | H].
  - exists 1%Z. repeat split. intro p. simpl (zr 1). ring.
  - destruct (content_divides 0 r) as [_ D]. set (g := content 0 r) in *. exists g.
    assert (E : Forall (fun a => (a = g * (a / g))%Z) r).
    { apply Forall_impl with (2 := D). intros a Da. apply Z_div_exact_full_2; [lia |].
      apply Z.mod_divide; [lia | trivial]. }
    split; [lia |]. clear D. clearbody g. split.
    + induction E as [| a r' Ea _ IH]; intros [| x p]; cbn [map ev]; try ring.
      assert (K : zr a = zr g * zr (a / g) :> F) by (rewrite <- zr_mul; exact (f_equal zr Ea)).
      rewrite IH, K. ring.
    + induction E as [| a r' Ea _ IH]; cbn [map is0 forallb]; trivial.
      change (forallb (Z.eqb 0)) with is0. rewrite IH. f_equal.
      destruct (Z.eqb_spec 0 (a / g)), (Z.eqb_spec 0 a); trivial; lia.
Qed.

Definition positive (rows : list form) (p : list F) := Forall (fun r => 0 < ev r p) rows.

Lemma fsum_pos rows fk acc s p : positive rows p -> fsum rows fk acc = Some s ->
  ev acc p <= ev s p /\ (fk <> [] -> ev acc p < ev s p).
Proof.
  revert rows acc. induction fk as [| [gap m] fk IH]; intros rows acc P E; simpl in E.
  - injection E as ->. split; [apply le_refl | now intros []].
  - assert (Q : positive (skipn gap rows) p).
    { apply Forall_forall. intros r I. eapply Forall_forall in P; [exact P |].
      rewrite <- (firstn_skipn gap rows). apply in_or_app. now right. }
    destruct (skipn gap rows) as [| r rows']; [discriminate |].
    destruct (Z.ltb_spec 0 m) as [M | _]; [| discriminate].
    inversion Q as [| ? ? Qr Qs]; subst.
    destruct (IH _ _ Qs E) as [L _]. rewrite ev_axpy in L.
    assert (S : ev acc p < zr m * ev r p + ev acc p).
    { apply lt_by with (zr m * ev r p); [| ring]. apply lt_mul; trivial. now apply zr_pos. }
    assert (T := lt_le_trans _ _ _ _ S L). split; [now left | trivial].
Qed.
(** Accepted multipliers show that the rows are nowhere positive together. *)
Lemma refutes_sound rows fk x : refutes rows fk = true -> positive rows (1 :: x) -> False.
Proof.
  unfold refutes. destruct fk as [| t fk]; [discriminate |].
  destruct (fsum rows (t :: fk) []) as [s |] eqn:E; [| discriminate]. intros R P.
  destruct (fsum_pos _ _ _ _ _ P E) as [_ L]. specialize (L ltac:(discriminate)).
  destruct s as [| c r]; cbn [ev] in L; [now apply (lt_irrefl F) in L |].
  apply andb_prop in R. destruct R as [C R]. apply Z.leb_le in C.
  rewrite (ev_is0 r x R) in L. apply (lt_not_ge F _ _ L).
  replace (zr c * 1 + 0) with (zr c : F) by ring. exact (zr_le F c 0 C).
Qed.

(** ** Points near a point *)

Lemma near_refl (e : F) x : 0 < e -> near e x x.
Proof.
  intro H. induction x; constructor; trivial. split; apply lt_by with e; trivial; ring.
Qed.
Lemma near_length (e : F) x y : near e x y -> length y = length x.
Proof. intro H. induction H; simpl; congruence. Qed.
Lemma near_weaken (e e' : F) x y : e' <= e -> near e' x y -> near e x y.
Proof.
  intros L H. induction H as [| a b x y [A B] _ IH]; constructor; trivial.
  assert (K : forall c, c + e' <= c + e).
  { intro c. destruct L as [L | ->]; [left | right; ring]. apply lt_by with (e - e'); [| ring].
    now apply sub_pos. }
  split; eapply lt_le_trans; eauto.
Qed.

(** Sets of points that are open: with a point they hold its neighbours. *)
Definition open (d : nat) (U : list F -> Prop) :=
  forall x, length x = d -> U x -> exists e, 0 < e /\ forall y, near e x y -> U y.

Lemma open_and d U V : open d U -> open d V -> open d (fun x => U x /\ V x).
Proof.
  intros HU HV x L [Ux Vx]. destruct (HU x L Ux) as (e & E & A), (HV x L Vx) as (f & G & B).
  destruct (min_pos F e f E G) as (m & M & Me & Mf).
  exists m. split; trivial. intros y N. split; [apply A | apply B]; eapply near_weaken; eauto.
Qed.
Lemma open_ball d x (e : F) : 0 < e -> open d (near e x).
Proof.
  intros E y L N. clear L. induction N as [| a b x y [A B] _ IH].
  - exists 1. split; [apply lt_0_1 | intros y N; inversion N; constructor].
  - destruct IH as (f & G & IH).
    destruct (half F (b + e - a)) as (m1 & P1 & Q1 & _); [now apply sub_pos |].
    destruct (half F (a + e - b)) as (m2 & P2 & Q2 & _); [now apply sub_pos |].
    destruct (min_pos F m1 m2 P1 P2) as (m & M & M1 & M2).
    destruct (min_pos F m f M G) as (n & N & Nm & Nf).
    exists n. split; trivial. intros z K. inversion K as [| ? c ? z' [C D] K']; subst. constructor.
    + assert (G1 : n < b + e - a) by exact (le_lt_trans F _ _ _ Nm (le_lt_trans F _ _ _ M1 Q1)).
      assert (G2 : n < a + e - b) by exact (le_lt_trans F _ _ _ Nm (le_lt_trans F _ _ _ M2 Q2)).
      split.
      * apply lt_by with ((b + e - a - n) + (c + n - b)); [| ring]. apply add_pos; now apply sub_pos.
      * apply lt_by with ((a + e - b - n) + (b + n - c)); [| ring]. apply add_pos; now apply sub_pos.
    + apply IH. eapply near_weaken; eauto.
Qed.

(** A form changes by little: [size] bounds how fast. *)
Fixpoint size (r : form) : F := match r with [] => 0 | a :: r' => zr (Z.abs a) + size r' end.
Lemma size_nonneg r : 0 <= size r.
Proof.
  induction r as [| a r IH]; cbn [size]; [apply le_refl |]. apply add_nonneg; trivial.
  exact (zr_le F 0 (Z.abs a) (Z.abs_nonneg a)).
Qed.
Lemma abs_bound a (x y e : F) : x < y + e -> y < x + e -> zr a * x <= zr a * y + zr (Z.abs a) * e.
Proof.
  intros A B. destruct (Z.abs_spec a) as [[H ->] | [H ->]].
  - apply Zle_lt_or_eq in H. destruct H as [H | <-].
    + left. apply lt_by with (zr a * (y + e - x)); [| ring]. apply lt_mul; [now apply zr_pos | now apply sub_pos].
    + right. simpl (zr 0). ring.
  - left. rewrite zr_opp. apply lt_by with (- zr a * (x + e - y)); [| ring].
    apply lt_mul; [| now apply sub_pos]. rewrite <- zr_opp. apply zr_pos. lia.
Qed.
Lemma ev_near r (e : F) x y : 0 < e -> near e x y -> ev r x <= ev r y + size r * e.
Proof.
  intros P N. revert r. induction N as [| a b x y [A B] _ IH]; intros [| c r]; cbn [ev size].
  1, 3: right; ring.
  - replace (0 + (zr (Z.abs c) + size r) * e) with (size (c :: r) * e) by (cbn [size]; ring).
    apply mul_nonneg; [apply size_nonneg | now left].
  - assert (K := abs_bound c a b e A B). assert (L := IH r).
    apply le_trans with (zr c * b + zr (Z.abs c) * e + ev r x).
    + destruct K as [K | ->]; [left | right; ring].
      apply lt_by with (zr c * b + zr (Z.abs c) * e - zr c * a); [now apply sub_pos | ring].
    + destruct L as [L | ->]; [left | right; ring].
      apply lt_by with (ev r y + size r * e - ev r x); [now apply sub_pos | ring].
Qed.
Lemma near_cons (e : F) x y (a : F) : 0 < e -> near e x y -> near e (a :: x) (a :: y).
Proof.
  intros P N. constructor; trivial. split; apply lt_by with e; trivial; ring.
Qed.
Lemma open_pos d r : open d (fun x => 0 < ev r (1 :: x)).
Proof.
  intros x _ H.
  assert (S : 0 < size r + 1) by (apply add_nonneg_pos; [apply size_nonneg | apply lt_0_1]).
  assert (I := inv_pos F _ S).
  assert (NZ : size r + 1 <> 0) by (intro Q; rewrite Q in S; now apply (lt_irrefl F) in S).
  exists (ev r (1 :: x) * inv (size r + 1)).
  assert (E : 0 < ev r (1 :: x) * inv (size r + 1)) by now apply lt_mul.
  split; trivial. intros y N.
  assert (K := ev_near r _ _ _ E (near_cons _ _ _ 1 E N)). set (v := ev r (1 :: x)) in *.
  (* v <= ev y + size * v / (size + 1) < ev y + v *)
  assert (Z : size r * (v * inv (size r + 1)) < v).
  { apply lt_by with (v * inv (size r + 1)); [now apply lt_mul |]. field. exact NZ. }
  apply lt_by with ((ev r (1 :: y) + size r * (v * inv (size r + 1)) - v) + (v - size r * (v * inv (size r + 1)))); [| ring].
  apply add_nonneg_pos; [| now apply sub_pos].
  destruct K as [K | K]; [left; now apply sub_pos | right]. rewrite <- K. ring.
Qed.
Lemma open_positive d rows : open d (fun x => positive rows (1 :: x)).
Proof.
  induction rows as [| r rows IH].
  - intros x _ _. exists 1. split; [apply lt_0_1 | constructor].
  - intros x L H. apply Forall_cons_iff in H. destruct H as [H K].
    destruct (open_and d _ _ (open_pos d r) IH x L) as (e & E & N); [now split |].
    exists e. split; trivial. intros y M. destruct (N y M). now constructor.
Qed.
Lemma open_neq d r : open d (fun x => ev r (1 :: x) <> 0).
Proof.
  intros x L H. destruct (lt_total F (ev r (1 :: x)) 0) as [[K | K] | K]; [| now destruct H |].
  - assert (P : 0 < ev (neg r) (1 :: x)) by (rewrite ev_neg; now apply neg_pos).
    destruct (open_pos d (neg r) x L P) as (e & E & N). exists e. split; trivial.
    intros y M. apply N in M. rewrite ev_neg in M. apply neg_pos in M. now apply lt_neq.
  - destruct (open_pos d r x L K) as (e & E & N). exists e. split; trivial.
    intros y M. apply N in M. intro Q. rewrite Q in M. now apply (lt_irrefl F) in M.
Qed.

(** Near every point there is one where a given form does not vanish. *)
Lemma step_off r x (e : F) c : (length r <= length x)%nat -> is0 r = false -> 0 < e ->
  exists y, near e x y /\ c + ev r y <> 0.
Proof.
  intros L Z E. revert x L c. induction r as [| a r IH]; intros x L c; [discriminate |].
  destruct x as [| b x]; [simpl in L; lia |].
  destruct (eq_dec F (c + ev (a :: r) (b :: x)) 0) as [Q | Q];
    [| exists (b :: x); split; trivial; now apply near_refl].
  change (Z.eqb 0 a && is0 r = false) in Z. destruct (Z.eqb_spec 0 a) as [<- | N].
  - destruct (IH Z x ltac:(simpl in L; lia) c) as (y & M & W). exists (b :: y). split.
    + now apply near_cons.
    + cbn [ev]. simpl (zr 0). now replace (0 * b + ev r y) with (ev r y) by ring.
  - destruct (half F e E) as (t & T & Te & _). exists ((b + t) :: x).
    assert (NT : t <> 0) by (intros ->; now apply (lt_irrefl F) in T). split.
    + constructor; [| now apply near_refl]. split.
      * apply lt_by with (t + e); [now apply add_pos | ring].
      * apply lt_by with (e - t); [now apply sub_pos | ring].
    + cbn [ev] in *. intro K. destruct (zr_neq0 F a); [congruence |].
      replace (zr a) with ((c + (zr a * (b + t) + ev r x) - (c + (zr a * b + ev r x))) * inv t).
      * rewrite K, Q. ring.
      * field. exact NT.
Qed.
Lemma step_off1 r x (e : F) : (length r <= S (length x))%nat -> is0 r = false -> 0 < e ->
  exists y, near e x y /\ ev r (1 :: y) <> 0.
Proof.
  intros L Z E. destruct r as [| a r]; [discriminate |]. simpl in L. cbn [ev].
  change (Z.eqb 0 a && is0 r = false) in Z. destruct (is0 r) eqn:R.
  - exists x. split; [now apply near_refl |]. rewrite ev_is0 by trivial.
    destruct (Z.eqb_spec 0 a) as [_ | N].
    { discriminate. }
    replace (zr a * 1 + 0) with (zr a : F) by ring. apply zr_neq0. congruence.
  - apply step_off; trivial. lia.
Qed.

Definition off (rows : list form) (p : list F) := Forall (fun r => is0 r = true \/ ev r p <> 0) rows.

Theorem dense d U rows : open d U -> Forall (fun r => (length r <= S d)%nat) rows ->
  forall x, length x = d -> U x -> exists y, length y = d /\ U y /\ off rows (1 :: y).
Proof.
  intros HU HL. revert U HU. induction HL as [| r rows Lr _ IH]; intros U HU x L Ux.
  - exists x. repeat split; trivial. constructor.
  - destruct (is0 r) eqn:Z.
    + destruct (IH U HU x L Ux) as (y & A & B & C). exists y. repeat split; trivial. constructor; auto.
    + destruct (HU x L Ux) as (e & E & N). subst d.
      destruct (step_off1 r x e Lr Z E) as (y & M & W).
      destruct (IH (fun z => U z /\ ev r (1 :: z) <> 0)) with (x := y) as (z & A & [B C] & D); auto.
      * apply open_and; [trivial | apply open_neq].
      * now apply near_length in M.
      * exists z. repeat split; trivial. constructor; auto.
Qed.
End Meaning.
