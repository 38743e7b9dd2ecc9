(** Certificates of linear ranges: on a whole closed box a network of ReLU layers equals an affine
    function and ridges. What that means, the program that checks it, and the proof. *)
From Coq Require Import ZArith QArith List Bool Lia Field.
From Crease Require Import OField Network Facts.
Import ListNotations.
Open Scope nat_scope.

(** ** What it means. A row is a constant, then weights; a missing number is 0. *)
Section Meaning.
Variable F : ofield.
Open Scope of_scope.
Definition value_at (row : list Q) (v : list F) : F := inner F (1 :: v) row.
Definition layer_at (rows : list (list Q)) (v : list F) : list F := map (fun row => relu F (value_at row v)) rows.
(** Layers, each followed by a ReLU, then the read-out. *)
Definition layers_at (layers : list (list (list Q))) (readout : list Q) (x : list F) : F :=
  value_at readout (fold_left (fun v rows => layer_at rows v) layers x).
(** A factor times the ReLU of a row. *)
Definition ridges_at (ridges : list (Q * list Q)) (x : list F) : F :=
  fold_right (fun cr acc => qr (fst cr) * relu F (value_at (snd cr) x) + acc) 0 ridges.
Definition in_range (box : list (Q * Q)) (x : list F) : Prop :=
  Forall2 (fun ends v => qr (fst ends) <= v /\ v <= qr (snd ends)) box x.
End Meaning.

(** ** The program *)
Definition unit_row (j : nat) : list Q := repeat 0%Q (S j) ++ [1%Q].
Fixpoint weighted (ws : list Q) (forms : list (list Q)) : list Q :=
  match ws, forms with
  | w :: ws', f :: forms' => plus Q qadd (map (qmul w) f) (weighted ws' forms')
  | _, _ => []
  end.
(** A row of the values that have these forms. *)
Definition composed (row : list Q) (forms : list (list Q)) : list Q :=
  match row with [] => [] | c :: ws => plus Q qadd [c] (weighted ws forms) end.
(** The least value of a form on the box. *)
Fixpoint least_part (slopes : list Q) (box : list (Q * Q)) : Q :=
  match slopes, box with
  | a :: slopes', (lo, hi) :: box' => qadd (qmul a (if (0 <=? Qnum a)%Z then lo else hi)) (least_part slopes' box')
  | _, _ => 0%Q
  end.
Definition least (f : list Q) (box : list (Q * Q)) : Q :=
  match f with [] => 0%Q | c :: slopes => qadd c (least_part slopes box) end.
(** A unit is on ([Some true]), off ([Some false]) or open; it becomes a form, open or not. *)
Definition settled (box : list (Q * Q)) (f : list Q) (state : option bool) : option (list Q * bool) :=
  match state with
  | Some true => if (0 <=? Qnum (least f box))%Z then Some (f, false) else None
  | Some false => if (0 <=? Qnum (least (map Qopp f) box))%Z then Some ([], false) else None
  | None => Some (f, true)
  end.
Fixpoint settle (box : list (Q * Q)) (forms : list (list Q)) (states : list (option bool)) : option (list (list Q * bool)) :=
  match forms, states with
  | [], [] => Some []
  | f :: forms', s :: states' =>
      match settled box f s, settle box forms' states' with Some u, Some us => Some (u :: us) | _, _ => None end
  | _, _ => None
  end.
Fixpoint settle_all box (units : list (list Q * bool)) (layers : list (list (list Q))) (states : list (list (option bool))) :
    option (list (list Q * bool)) :=
  match layers, states with
  | [], [] => Some units
  | rows :: layers', s :: states' =>
      if existsb snd units then None
      else match settle box (map (fun row => composed row (map fst units)) rows) s with
           | None => None
           | Some units' => settle_all box units' layers' states'
           end
  | _, _ => None
  end.
(** The read-out of closed units in sum, and the open units that are read. *)
Fixpoint read (ws : list Q) (units : list (list Q * bool)) : list Q * list (Q * list Q) :=
  match ws, units with
  | w :: ws', (f, is_open) :: units' =>
      let (sum, ridges) := read ws' units' in
      if is_open then (sum, if (Qnum w =? 0)%Z then ridges else (w, f) :: ridges)
      else (plus Q qadd (map (qmul w) f) sum, ridges)
  | _, _ => ([], [])
  end.
Definition same (a b : list Q) : bool := forallb (fun q => (Qnum q =? 0)%Z) (plus Q qadd a (map Qopp b)).
(** [c relu(f)] depends on the sign of [c] and on [c f] only. *)
Definition same_ridge (a b : Q * list Q) : bool :=
  (Z.sgn (Qnum (fst a)) =? Z.sgn (Qnum (fst b)))%Z
  && same (map (qmul (fst a)) (snd a)) (map (qmul (fst b)) (snd b)).
Fixpoint all_same (l m : list (Q * list Q)) : bool :=
  match l, m with [], [] => true | a :: l', b :: m' => same_ridge a b && all_same l' m' | _, _ => false end.
Definition check_linear_range box layers readout affine ridges states : bool :=
  match settle_all box (map (fun j => (unit_row j, false)) (seq 0 (length box))) layers states, readout with
  | Some units, c :: ws =>
      let (sum, opened) := read ws units in same (plus Q qadd [c] sum) affine && all_same opened ridges
  | _, _ => false
  end.

(** ** The proof *)
Section Soundness.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).
Notation inner := (inner F). Notation value_at := (value_at F). Notation relu := (relu F).

Lemma value_plus a b x : value_at (plus Q qadd a b) x = value_at a x + value_at b x.
Proof. apply inner_plus. Qed.
Lemma value_map c f x : value_at (map (qmul c) f) x = qr c * value_at f x.
Proof. apply inner_map. Qed.
Lemma value_opp f x : value_at (map Qopp f) x = - value_at f x.
Proof.
  unfold LinearRange.value_at. generalize (1 :: x). intro w. revert w.
  induction f as [| q f IH]; intros [| a w]; cbn [map Facts.inner]; try ring. rewrite IH, qr_opp. ring.
Qed.
Lemma value_nil x : value_at [] x = 0.
Proof. reflexivity. Qed.
Lemma value_const c x : value_at [c] x = qr c.
Proof. unfold LinearRange.value_at. destruct x; cbn [Facts.inner]; ring. Qed.
Lemma value_cons c ws x : value_at (c :: ws) x = qr c + inner x ws.
Proof. unfold LinearRange.value_at. cbn [Facts.inner]. ring. Qed.
Lemma value_weighted ws forms x : value_at (weighted ws forms) x = inner (map (fun f => value_at f x) forms) ws.
Proof.
  revert forms. induction ws as [| w ws IH]; intros [| f forms]; cbn [weighted map Facts.inner]; trivial.
  rewrite value_plus, value_map, IH. ring.
Qed.
Lemma value_composed row forms x : value_at (composed row forms) x = value_at row (map (fun f => value_at f x) forms).
Proof.
  destruct row as [| c ws]; [now rewrite !value_nil |]. unfold composed.
  now rewrite value_plus, value_const, value_weighted, value_cons.
Qed.
Lemma inner_unit j (w : list F) : inner w (repeat 0%Q j ++ [1%Q]) = nth j w 0.
Proof.
  revert w. induction j as [| j IH]; intros [| a w]; cbn [repeat app Facts.inner nth]; trivial.
  - rewrite qr_1. destruct w; cbn [Facts.inner]; ring.
  - rewrite IH, qr_0. ring.
Qed.
Lemma value_units x : map (fun j => value_at (unit_row j) x) (seq 0 (length x)) = x.
Proof.
  transitivity (map (fun j => nth j x 0) (seq 0 (length x))).
  - apply map_ext. intro j. unfold LinearRange.value_at, unit_row. now rewrite inner_unit.
  - induction x as [| a x IH]; trivial. cbn [length seq map nth]. f_equal. rewrite <- seq_shift, map_map. exact IH.
Qed.

Lemma le_mul_l (a x y : F) : 0 <= a -> x <= y -> a * x <= a * y.
Proof.
  intros [A | <-] [L | ->]; try (right; ring). left.
  apply lt_by with (a * (y - x)); [| ring]. apply lt_mul; trivial. now apply sub_pos.
Qed.
Lemma le_add2 (a b c d : F) : a <= b -> c <= d -> a + c <= b + d.
Proof.
  intros H K. apply le_trans with (b + c).
  - destruct H as [H | ->]; [left; now apply lt_add | apply le_refl].
  - destruct K as [K | ->]; [left | apply le_refl]. replace (b + c) with (c + b) by ring.
    replace (b + d) with (d + b) by ring. now apply lt_add.
Qed.
Lemma least_part_le slopes box x : in_range F box x -> qr (least_part slopes box) <= inner x slopes.
Proof.
  intro H. revert slopes. induction H as [| [lo hi] v box x [A B] _ IH]; intros [| a slopes];
    cbn [least_part Facts.inner]; try (rewrite qr_0; apply le_refl).
  cbn [fst snd] in A, B. rewrite qr_qadd, qr_qmul. apply le_add2; [| apply IH].
  replace (v * qr a) with (qr a * v) by ring. destruct (Z.leb_spec 0 (Qnum a)) as [P | P].
  - apply le_mul_l; trivial. now apply qr_nonneg.
  - assert (N : (0 : F) <= qr (- a)) by (apply qr_nonneg; cbn; lia).
    assert (L := le_mul_l _ _ _ N B). rewrite qr_opp in L. destruct L as [L | L].
    + left. apply lt_by with (- (qr a : F) * qr hi - - qr a * v); [now apply sub_pos | ring].
    + right. replace (qr a * qr hi : F) with (- (- qr a * qr hi) : F) by ring. rewrite <- L. ring.
Qed.
Lemma least_le f box x : in_range F box x -> qr (least f box) <= value_at f x.
Proof.
  intro H. destruct f as [| c slopes]; cbn [least].
  - rewrite qr_0. apply le_refl.
  - rewrite value_cons, qr_qadd. apply le_add2; [apply le_refl | now apply least_part_le].
Qed.
Lemma relu_on y : 0 <= y -> relu y = y.
Proof.
  intro H. unfold Network.relu. destruct (lt_or_ge F 0 y) as [_ | L]; trivial. now apply le_antisym.
Qed.
Lemma relu_off y : y <= 0 -> relu y = 0.
Proof.
  intro H. unfold Network.relu. destruct (lt_or_ge F 0 y) as [L | _]; trivial. now destruct (lt_not_ge F _ _ L H).
Qed.

(** The value of a unit. *)
Definition unit_value (u : list Q * bool) (x : list F) : F :=
  if snd u then relu (value_at (fst u) x) else value_at (fst u) x.
Lemma settled_value box f s u x : settled box f s = Some u -> in_range F box x ->
  relu (value_at f x) = unit_value u x.
Proof.
  intros E H. destruct s as [[|] |]; cbn [settled] in E.
  - destruct (Z.leb_spec 0 (Qnum (least f box))) as [P | _]; [injection E as <- | discriminate].
    unfold unit_value. cbn [fst snd]. apply relu_on. apply le_trans with (qr (least f box)); [now apply qr_nonneg | now apply least_le].
  - destruct (Z.leb_spec 0 (Qnum (least (map Qopp f) box))) as [P | _]; [injection E as <- | discriminate].
    unfold unit_value. cbn [fst snd]. rewrite value_nil. apply relu_off.
    assert (L : 0 <= value_at (map Qopp f) x).
    { apply le_trans with (qr (least (map Qopp f) box)); [now apply qr_nonneg | now apply least_le]. }
    rewrite value_opp in L. destruct L as [L | L]; [left; now apply neg_pos | right].
    replace (value_at f x) with (- - value_at f x) by ring. rewrite <- L. ring.
  - injection E as <-. reflexivity.
Qed.
Lemma settle_value box forms states us x : settle box forms states = Some us -> in_range F box x ->
  map (fun f => relu (value_at f x)) forms = map (fun u => unit_value u x) us.
Proof.
  revert states us. induction forms as [| f forms IH]; intros [| s states] us E H; cbn [settle] in E; try discriminate.
  - now injection E as <-.
  - destruct (settled box f s) as [u |] eqn:U; [| discriminate].
    destruct (settle box forms states) as [us' |] eqn:V; [| discriminate]. injection E as <-.
    cbn [map]. now rewrite (settled_value _ _ _ _ _ U H), (IH _ _ V H).
Qed.
Lemma settle_all_value box units layers states us x :
  settle_all box units layers states = Some us -> in_range F box x ->
  fold_left (fun v rows => layer_at F rows v) layers (map (fun u => unit_value u x) units) =
  map (fun u => unit_value u x) us.
Proof.
  revert units states. induction layers as [| rows layers IH]; intros units [| s states] E H; cbn [settle_all] in E;
    try discriminate; [now injection E as <- |].
  destruct (existsb snd units) eqn:O; [discriminate |].
  destruct (settle box _ s) as [units' |] eqn:V; [| discriminate]. cbn [fold_left].
  rewrite <- (IH _ _ E H), <- (settle_value _ _ _ _ _ V H). f_equal. unfold layer_at. rewrite map_map.
  apply map_ext. intro row. rewrite value_composed, map_map. do 2 f_equal. apply map_ext_in. intros u I.
  unfold unit_value. destruct (snd u) eqn:S; trivial.
  assert (existsb snd units = true) by (apply existsb_exists; now exists u). congruence.
Qed.

Lemma read_value ws units x : let (sum, ridges) := read ws units in
  inner (map (fun u => unit_value u x) units) ws = value_at sum x + ridges_at F ridges x.
Proof.
  revert units. induction ws as [| w ws IH]; intros [| [f o] units]; cbn [read map Facts.inner];
    try (rewrite value_nil; cbn; ring).
  specialize (IH units). destruct (read ws units) as [sum ridges]. rewrite IH. unfold unit_value at 1. cbn [fst snd].
  destruct o.
  - destruct (Z.eqb_spec (Qnum w) 0) as [Z | _].
    + rewrite (qr_zero F _ Z). ring.
    + cbn [ridges_at fold_right fst snd]. fold (ridges_at F ridges x). ring.
  - rewrite value_plus, value_map. ring.
Qed.
Lemma same_value a b x : same a b = true -> value_at a x = value_at b x.
Proof.
  intro H. assert (E : value_at (plus Q qadd a (map Qopp b)) x = 0) by now apply inner_zero.
  rewrite value_plus, value_opp in E. replace (value_at a x) with (value_at a x + - value_at b x + value_at b x) by ring.
  rewrite E. ring.
Qed.
Lemma relu_scale c y : 0 < c -> c * relu y = relu (c * y).
Proof.
  intro C. destruct (lt_or_ge F 0 y) as [L | L].
  - rewrite !relu_on; trivial; left; trivial. now apply lt_mul.
  - rewrite !relu_off; trivial; [ring |]. destruct L as [L | ->]; [left; now apply mul_pos_neg | right; ring].
Qed.
Lemma same_ridge_value a b x : same_ridge a b = true ->
  qr (fst a) * relu (value_at (snd a) x) = qr (fst b) * relu (value_at (snd b) x).
Proof.
  intro H. apply andb_prop in H. destruct H as [S H]. apply Z.eqb_eq in S. destruct a as [c f], b as [d g].
  cbn [fst snd] in *. apply same_value with (x := x) in H. rewrite !value_map in H.
  destruct (Z.lt_trichotomy (Qnum c) 0) as [N | [N | N]].
  - assert (N' : (Qnum d < 0)%Z) by lia.
    assert (C : (0 : F) < qr (- c)) by (apply qr_positive, Z.ltb_lt; cbn; lia).
    assert (D : (0 : F) < qr (- d)) by (apply qr_positive, Z.ltb_lt; cbn; lia).
    replace (qr c * relu (value_at f x)) with (- (qr (- c) * relu (value_at f x))) by (rewrite qr_opp; ring).
    replace (qr d * relu (value_at g x)) with (- (qr (- d) * relu (value_at g x))) by (rewrite qr_opp; ring).
    rewrite !relu_scale by trivial. do 2 f_equal. rewrite !qr_opp.
    replace (- qr c * value_at f x) with (- (qr c * value_at f x)) by ring. rewrite H. ring.
  - assert (N' : Qnum d = 0%Z) by lia. rewrite (qr_zero F _ N), (qr_zero F _ N'). ring.
  - assert (N' : (0 < Qnum d)%Z) by lia.
    rewrite !relu_scale by now apply qr_positive, Z.ltb_lt. now rewrite H.
Qed.
Lemma all_same_value l m x : all_same l m = true -> ridges_at F l x = ridges_at F m x.
Proof.
  revert m. induction l as [| a l IH]; intros [| b m] H; try discriminate H; trivial.
  apply andb_prop in H. destruct H as [S H]. cbn [ridges_at fold_right]. fold (ridges_at F l x) (ridges_at F m x).
  now rewrite (same_ridge_value a b x S), (IH m H).
Qed.

Lemma in_range_length box x : in_range F box x -> length x = length box.
Proof. intro H. induction H; cbn; congruence. Qed.
Theorem linear_range_sound box layers readout affine ridges states :
  check_linear_range box layers readout affine ridges states = true -> forall x, in_range F box x ->
  layers_at F layers readout x = value_at affine x + ridges_at F ridges x.
Proof.
  unfold check_linear_range. intros H x B.
  destruct (settle_all _ _ layers states) as [units |] eqn:E; [| discriminate].
  destruct readout as [| c ws]; [discriminate |].
  assert (R := read_value ws units x). destruct (read ws units) as [sum opened].
  apply andb_prop in H. destruct H as [A S]. apply same_value with (x := x) in A.
  rewrite value_plus, value_const in A. rewrite <- A, <- (all_same_value _ _ x S).
  unfold layers_at. apply settle_all_value with (x := x) in E; trivial.
  assert (L := in_range_length _ _ B).
  rewrite map_map in E. unfold unit_value at 1 in E. cbn [fst snd] in E.
  rewrite <- L in E. rewrite value_units in E. rewrite E, value_cons, R. ring.
Qed.
End Soundness.
