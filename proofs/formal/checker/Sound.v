(** What the checker of regions accepts is true of the network as stated, over every ordered field. *)
From Coq Require Import ZArith QArith List Bool Lia Field.
From Crease Require Import OField Network Forms Tree Check.
Import ListNotations.
Open Scope nat_scope.

Section Sound.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).
Notation val := (val F). Notation lin := (lin F). Notation on_side := (on_side F).
Notation relu := (relu F). Notation piece := (piece F).

(** ** Clearing denominators *)
Fixpoint scaled (scales : list Z) (vs fs : list F) : Prop :=
  match scales, vs, fs with
  | [], [], [] => True
  | s :: scales', v :: vs', f :: fs' => (0 < s)%Z /\ f = zr s * v /\ scaled scales' vs' fs'
  | _, _, _ => False
  end.
Lemma scaled_length scales vs fs : scaled scales vs fs -> length vs = length scales.
Proof.
  revert vs fs. induction scales as [| s scales IH]; intros [| v vs] [| f fs] H; try easy.
  destruct H as (_ & _ & H). simpl. f_equal. now apply (IH vs fs).
Qed.
Lemma scaled_nth scales vs fs j : scaled scales vs fs -> (j < length scales)%nat ->
  nth j fs 0 = zr (nth j scales 1%Z) * nth j vs 0 /\ (0 < nth j scales 1)%Z.
Proof.
  revert vs fs j. induction scales as [| s scales IH]; intros [| v vs] [| f fs] j H L; try easy.
  destruct H as (P & -> & H). destruct j as [| j]; [now split |]. cbn [nth]. apply IH; trivial. simpl in L. lia.
Qed.
Lemma nth_of_skipn {A} (l : list A) d m n : nth n (skipn m l) d = nth (m + n) l d.
Proof. revert l. induction m as [| m IH]; intros [| a l]; cbn [skipn nth Nat.add]; trivial; now destruct n. Qed.
Lemma skipn_of_skipn {A} (l : list A) m n : skipn n (skipn m l) = skipn (m + n) l.
Proof. revert l. induction m as [| m IH]; intros [| a l]; cbn [skipn Nat.add]; trivial; apply skipn_nil. Qed.
Lemma dot_add_at pos k ws fs : dot F (add_at pos k ws) fs = zr k * nth pos fs 0 + dot F ws fs.
Proof.
  revert pos fs. induction ws as [| [gap w] ws IH]; intros pos fs; cbn [add_at dot]; trivial.
  destruct (Nat.ltb_spec pos gap) as [L | G]; [| destruct (Nat.eqb_spec pos gap) as [-> | N]]; cbn [dot].
  - rewrite nth_of_skipn, skipn_of_skipn.
    replace (S pos + (gap - S pos))%nat with gap by lia. replace (S pos + S (gap - S pos))%nat with (S gap) by lia. trivial.
  - rewrite zr_add. ring.
  - rewrite IH, nth_of_skipn. replace (S gap + (pos - S gap))%nat with pos by lia. ring.
Qed.
Lemma clear_lin scales vs fs s ts ws : scaled scales vs fs -> clear scales s ts = Some ws ->
  dot F ws fs = zr s * lin ts vs.
Proof.
  intro H. revert ws. induction ts as [| [i [n d]] ts IH]; intros ws E; cbn [clear] in E.
  - injection E as <-. cbn. ring.
  - destruct (Nat.ltb_spec i (length scales)) as [L | _]; [| discriminate].
    cbv zeta in E. cbn [Qnum Qden] in E.
    set (pos := (length scales - S i)%nat) in *. set (si := nth pos scales 1%Z) in *.
    set (k := (s * n / (si * Z.pos d))%Z) in *.
    destruct (Z.eqb_spec (k * (si * Z.pos d)) (s * n)) as [K | _]; [| discriminate].
    destruct (clear scales s ts) as [ws' |]; [| discriminate]. injection E as <-.
    assert (AD : dot F (if (k =? 0)%Z then ws' else add_at pos k ws') fs = zr k * nth pos fs 0 + dot F ws' fs).
    { destruct (Z.eqb_spec k 0) as [-> | _]; [simpl (zr 0); ring | apply dot_add_at]. }
    rewrite AD, (IH ws' eq_refl).
    destruct (scaled_nth scales vs fs pos H) as [-> P]; [unfold pos; lia |].
    fold si. unfold lin, Network.lin. cbn [fold_right fst snd].
    unfold Network.val. rewrite (scaled_length _ _ _ H). fold pos.
    assert (J : zr k * zr si * pr d = zr s * zr n :> F).
    { change (pr d) with (zr (Z.pos d) : F). rewrite <- !zr_mul. f_equal. lia. }
    unfold qr. cbn [Qnum Qden]. assert (N := pr_neq0 F d).
    replace (zr k * (zr si * nth pos vs 0)) with (zr k * zr si * pr d / pr d * nth pos vs 0) by now field.
    rewrite J. fold (Network.lin F ts vs). now field.
Qed.

Lemma Forall2_length' {A B} (R : A -> B -> Prop) l m : Forall2 R l m -> length l = length m.
Proof. intro H. induction H; simpl; congruence. Qed.
Lemma map_opt_spec {A B} (f : A -> option B) l m : map_opt f l = Some m -> Forall2 (fun a b => f a = Some b) l m.
Proof.
  revert m. induction l as [| a l IH]; intros m E; cbn [map_opt] in E; [injection E as <-; constructor |].
  destruct (f a) as [b |] eqn:Fa; [| discriminate]. destruct (map_opt f l) as [m' |]; [| discriminate].
  injection E as <-. constructor; auto.
Qed.
Lemma clear_choice_spec scales vs fs q ch s : scaled scales vs fs -> clear_choice scales q = Some (ch, s) ->
  (0 < s)%Z /\
  Forall2 (fun ts ws => exists g : F, 0 < g /\ dot F ws fs = g * lin ts vs) (qborders q) (borders ch) /\
  Forall2 (fun b wb => snd wb = snd b /\ dot F (fst wb) fs = zr s * lin (fst b) vs) (qbranches q) (branches ch).
Proof.
  intros H E. unfold clear_choice in E. cbv zeta in E.
  set (s0 := fold_right _ _ _) in E. destruct (Z.ltb_spec 0 s0) as [P | _]; [| discriminate].
  destruct (map_opt (clear_border scales) (qborders q)) as [bs |] eqn:E1; [| discriminate].
  destruct (map_opt (clear_branch scales s0) (qbranches q)) as [brs |] eqn:E2; [| discriminate].
  injection E as <- <-. cbn [borders branches]. clearbody s0. split; [trivial | split].
  - apply map_opt_spec in E1. induction E1 as [| ts ws l m E1 _ IH]; constructor; trivial.
    unfold clear_border in E1. cbv zeta in E1. destruct (Z.ltb_spec 0 (scale_of scales ts)) as [P' | _]; [| discriminate].
    exists (zr (scale_of scales ts)). split; [now apply zr_pos | now apply clear_lin with (1 := H)].
  - apply map_opt_spec in E2. induction E2 as [| [ts ss] [ws ss'] l m E2 _ IH]; constructor; trivial.
    unfold clear_branch in E2. cbn [fst snd] in *.
    destruct (clear scales s0 ts) as [ws' |] eqn:C; [| discriminate]. injection E2 as -> ->.
    split; trivial. now apply clear_lin with (1 := H).
Qed.

(** ** Bends *)
Lemma qr_red q : qr (Qred q) = qr q :> F.
Proof. apply qr_eq, Qred_correct. Qed.
Lemma qr_relu q : qr (qrelu q) = relu (qr q).
Proof.
  unfold qrelu, Network.relu. destruct (Qle_bool q 0) eqn:E.
  - apply Qle_bool_iff in E. rewrite qr_0. destruct (lt_or_ge F 0 (qr q)) as [L | _]; trivial.
    exfalso. apply Qle_lteq in E. destruct E as [E | E].
    + apply (qr_lt F) in E. rewrite qr_0 in E. apply (lt_irrefl F 0). now apply lt_trans with (1 := L).
    + apply (qr_eq F) in E. rewrite E, qr_0 in L. now apply (lt_irrefl F 0).
  - destruct (lt_or_ge F 0 (qr q)) as [_ | L]; trivial. exfalso.
    assert (K : (0 < q)%Q). { apply Qnot_le_lt. intro K. apply Qle_bool_iff in K. congruence. }
    apply (qr_lt F) in K. rewrite qr_0 in K. now apply (lt_not_ge F _ _ K).
Qed.
Lemma relu_0 y : y <= 0 -> relu y = 0.
Proof.
  intro H. unfold Network.relu. destruct (lt_or_ge F 0 y) as [L | _]; trivial. now destruct (lt_not_ge F _ _ L H).
Qed.
Lemma relu_pos y : 0 < y -> relu y = y.
Proof.
  intro H. unfold Network.relu. destruct (lt_or_ge F 0 y) as [_ | L]; trivial. now destruct (lt_not_ge F _ _ H L).
Qed.

Lemma increasing_tail b m rest : increasing ((b, m) :: rest) = true ->
  increasing rest = true /\ Forall (fun t => (qr b : F) < qr (fst t)) rest.
Proof.
  revert b m. induction rest as [| [b' m'] rest IH]; intros b m H; [split; trivial; constructor |].
  cbn [increasing] in H. apply andb_prop in H. destruct H as [H K]. split; [exact K |].
  destruct (IH b' m' K) as [_ A].
  assert (L : (qr b : F) < qr b').
  { apply qr_lt. apply Qnot_le_lt. intro Q. apply Qle_bool_iff in Q. now rewrite Q in H. }
  constructor; trivial. apply Forall_impl with (2 := A). intros t. now apply lt_trans.
Qed.
Lemma piece_0 rest y : Forall (fun t => (y : F) <= qr (fst t)) rest -> piece rest y = O.
Proof.
  intro H. destruct rest as [| [b m] rest]; trivial. apply Forall_cons_iff in H. destruct H as [H _].
  cbn [Network.piece]. destruct (lt_or_ge F (qr b) y) as [L | _]; trivial. now destruct (lt_not_ge F _ _ L H).
Qed.
Lemma piece_le rest y : (piece rest y <= length rest)%nat.
Proof.
  induction rest as [| [b m] rest IH]; [apply le_n |]. cbn [Network.piece length].
  destruct (lt_or_ge F (qr b) y); lia.
Qed.
Lemma piece_lt rest y j : increasing rest = true -> (j < length rest)%nat ->
  (nth j (map (fun bm => qr (fst bm) - y) rest) 0 < 0 <-> (j < piece rest y)%nat).
Proof.
  revert j. induction rest as [| [b m] rest IH]; intros j I L; [simpl in L; lia |].
  destruct (increasing_tail _ _ _ I) as [I' A]. cbn [map nth Network.piece fst].
  assert (E : forall b : F, b - y < 0 <-> b < y).
  { intro z. rewrite (lt_sub F z y). replace (y - z) with (- (z - y)) by ring. apply neg_pos. }
  destruct (lt_or_ge F (qr b) y) as [H | H], j as [| j].
  - rewrite E. split; trivial. lia.
  - rewrite IH; trivial; [lia | simpl in L; lia].
  - rewrite E. split; [intro K; now destruct (lt_not_ge F _ _ K H) | lia].
  - split; [| lia]. intro K. exfalso. apply IH in K; trivial; [| simpl in L; lia].
    rewrite piece_0 in K; [lia |]. apply Forall_impl with (2 := A). intros t T. left.
    now apply le_lt_trans with (1 := H).
Qed.
Lemma bend_sides_iff rest y e : increasing rest = true -> (e <= length rest)%nat ->
  (Forall (fun s => on_side (nth (fst s) (map (fun bm => qr (fst bm) - y) rest) 0) (snd s))
     (bend_sides (length rest) e) <-> e = piece rest y).
Proof.
  intros I L. assert (P := piece_le rest y). unfold bend_sides. rewrite Forall_app.
  assert (A : Forall (fun s => on_side (nth (fst s) (map (fun bm => qr (fst bm) - y) rest) 0) (snd s))
    match e with O => [] | S p => [(p, false)] end <-> (e <= piece rest y)%nat).
  { destruct e as [| p]; [split; [lia | constructor] |]. rewrite Forall_cons_iff. cbn [fst snd Tree.on_side].
    rewrite piece_lt by (trivial; lia). split; [intros [H _]; lia | intro H; split; [lia | constructor]]. }
  assert (B : Forall (fun s => on_side (nth (fst s) (map (fun bm => qr (fst bm) - y) rest) 0) (snd s))
    (if (e <? length rest)%nat then [(e, true)] else []) <-> (piece rest y <= e)%nat).
  { destruct (Nat.ltb_spec e (length rest)) as [H | H]; [| split; [lia | constructor]].
    rewrite Forall_cons_iff. cbn [fst snd Tree.on_side]. split.
    - intros [K _]. destruct (Nat.le_gt_cases (piece rest y) e) as [| G]; trivial. exfalso.
      apply piece_lt in G; trivial. now apply (lt_not_ge F _ _ G).
    - intro K. split; [| constructor]. apply le_lt_eq. intro G. apply piece_lt in G; trivial. lia. }
  rewrite A, B. lia.
Qed.

Fixpoint hinges (m : Q) (rest : list (Q * Q)) (y : F) : F :=
  match rest with [] => 0 | (b, m') :: rest' => qr (m' - m) * relu (y - qr b) + hinges m' rest' y end.
Lemma hinges_0 m rest y : Forall (fun t => (y : F) <= qr (fst t)) rest -> hinges m rest y = 0.
Proof.
  revert m. induction rest as [| [b m'] rest IH]; intros m H; trivial. apply Forall_cons_iff in H.
  destruct H as [H K]. cbn [hinges]. rewrite IH by trivial. rewrite relu_0.
  - ring.
  - cbn [fst] in H. destruct H as [H | ->]; [left | right; ring].
    apply neg_pos. replace (- (y - qr b)) with (qr b - y) by ring. now apply sub_pos.
Qed.
Lemma pieces_length a m rest : length (pieces a m rest) = S (length rest).
Proof. revert a m. induction rest as [| [b m'] rest IH]; intros; cbn [pieces length]; now rewrite ?IH. Qed.
Lemma pieces_value a m rest y : increasing rest = true -> exists a' m',
  nth_error (pieces a m rest) (piece rest y) = Some (a', m') /\
  qr a' + qr m' * y = qr a + qr m * y + hinges m rest y.
Proof.
  revert a m. induction rest as [| [b m1] rest IH]; intros a m I.
  - exists a, m. split; trivial. cbn. ring.
  - destruct (increasing_tail _ _ _ I) as [I' A]. cbn [Network.piece hinges].
    destruct (lt_or_ge F (qr b) y) as [H | H].
    + destruct (IH (Qred (a - (m1 - m) * b))%Q m1 I') as (a' & m' & E & V). exists a', m'. split; trivial.
      rewrite V, qr_red, (relu_pos _ (sub_pos F _ _ H)). rewrite !qr_sub, qr_mul, qr_sub. ring.
    + exists a, m. split; trivial. rewrite hinges_0, relu_0; [ring | |].
      * destruct H as [H | ->]; [left | right; ring]. apply neg_pos.
        replace (- (y - qr b)) with (qr b - y) by ring. now apply sub_pos.
      * apply Forall_impl with (2 := A). intros t T. left. exact (le_lt_trans F _ _ _ H T).
Qed.
Lemma offset_value m rest : qr (offset m rest) = hinges m rest 0.
Proof.
  revert m. induction rest as [| [b m'] rest IH]; intro m; cbn [offset hinges]; [apply qr_0 |].
  rewrite qr_red, qr_add, qr_mul, qr_relu, qr_opp, IH. do 2 f_equal. f_equal. ring.
Qed.
Lemma kinks_hinges m rest y : kinks F m rest y = hinges m rest y - hinges m rest 0.
Proof.
  revert m. induction rest as [| [b m'] rest IH]; intro m; cbn [kinks hinges]; [ring |]. rewrite IH. ring.
Qed.

Lemma nth_error_indexed {A} (l : list A) k e :
  nth_error (combine (seq k (length l)) l) e = option_map (fun a => ((k + e)%nat, a)) (nth_error l e).
Proof.
  revert k e. induction l as [| a l IH]; intros k [| e]; cbn; trivial.
  - now rewrite Nat.add_0_r.
  - rewrite IH. now rewrite Nat.add_succ_r.
Qed.
Lemma lin_2 a m i vs : val vs 0%nat = 1 -> lin [(O, a); (i, m)] vs = qr a + qr m * val vs i.
Proof. intro H. unfold lin, Network.lin. cbn [fold_right fst snd]. rewrite H. ring. Qed.
Lemma qr_m1 : qr (-1)%Q = - (1) :> F.
Proof. unfold qr. cbn. field. exact (F_1_neq_0 (is_field F)). Qed.

(** ** Greatest values *)
Lemma greatest_spec v vs : let (j, m) := greatest F v vs in
  (j <= length vs)%nat /\ nth j (v :: vs) 0 = m /\
  (forall s, (j < s <= length vs)%nat -> nth s (v :: vs) 0 <= m) /\
  (forall f, (f < j)%nat -> nth f (v :: vs) 0 < m).
Proof.
  revert v. induction vs as [| w vs IH]; intro v; cbn [greatest].
  - repeat split; trivial; simpl; intros; lia.
  - specialize (IH w). destruct (greatest F w vs) as [j m]. destruct IH as (L & N & G & P).
    destruct (lt_or_ge F v m) as [H | H].
    + split; [simpl; lia |]. split; [exact N |]. split.
      * intros [| s] S; [lia |]. apply (G s). simpl in S. lia.
      * intros [| f] S; [trivial |]. apply (P f). lia.
    + split; [lia |]. split; [reflexivity |]. split.
      * intros [| s] S; [lia |]. change (nth s (w :: vs) 0 <= v). apply le_trans with (2 := H).
        destruct (lt_eq_lt_dec s j) as [[K | ->] | K]; [left; now apply P | right; trivial | apply G; simpl in S; lia].
      * intros f S. lia.
Qed.
Lemma in_pairs n f s : In (f, s) (pairs n) <-> (f < s < n)%nat.
Proof.
  unfold pairs. rewrite in_flat_map. split.
  - intros (s' & I & J). apply in_map_iff in J. destruct J as (f' & [= <- <-] & J).
    apply in_seq in I. apply in_seq in J. lia.
  - intro H. exists s. split; [apply in_seq; lia |]. apply in_map_iff. exists f. split; trivial. apply in_seq. lia.
Qed.
Lemma in_max_sides n e i b : In (i, b) (max_sides n e) <-> exists f s, nth_error (pairs n) i = Some (f, s) /\
  (f = e /\ b = true \/ f <> e /\ s = e /\ b = false).
Proof.
  unfold max_sides. rewrite in_flat_map. split.
  - intros ([i' [f s]] & I & J). apply In_nth_error in I. destruct I as [k I]. rewrite nth_error_indexed in I.
    destruct (nth_error (pairs n) k) as [[f' s'] |] eqn:E; [| discriminate]. injection I as <- <- <-.
    destruct (Nat.eqb_spec f' e) as [-> | N].
    + destruct J as [[= <- <-] | []]. exists e, s'. auto.
    + destruct (Nat.eqb_spec s' e) as [-> | N']; [| now destruct J]. destruct J as [[= <- <-] | []].
      exists f', e. auto 6.
  - intros (f & s & E & C). exists (i, (f, s)). split.
    + apply nth_error_In with i. rewrite nth_error_indexed, E. trivial.
    + destruct C as [[-> ->] | (N & -> & ->)].
      * rewrite Nat.eqb_refl. now left.
      * apply Nat.eqb_neq in N. rewrite N, Nat.eqb_refl. now left.
Qed.
Lemma max_sides_iff (vs : list F) e : (e < length vs)%nat ->
  (Forall (fun s => on_side (nth (fst s) (map (fun fs => nth (fst fs) vs 0 - nth (snd fs) vs 0) (pairs (length vs))) 0) (snd s))
    (max_sides (length vs) e) <-> e = fst (first_greatest F vs)).
Proof.
  intro L. destruct vs as [| v vs]; [simpl in L; lia |]. set (all := v :: vs) in *.
  assert (G := greatest_spec v vs). cbn [first_greatest]. change (first_greatest F all) with (greatest F v vs).
  destruct (greatest F v vs) as [j m]. destruct G as (Lj & N & G & P). fold all in N, G, P. cbn [fst].
  rewrite Forall_forall.
  assert (NP : forall i f s, nth_error (pairs (length all)) i = Some (f, s) ->
    nth i (map (fun fs => nth (fst fs) all 0 - nth (snd fs) all 0) (pairs (length all))) 0 = nth f all 0 - nth s all 0).
  { intros i f s E. apply nth_error_nth. rewrite nth_error_map, E. trivial. }
  split.
  - intro H.
    assert (J : forall f s, (f < s < length all)%nat -> exists i, nth_error (pairs (length all)) i = Some (f, s)).
    { intros f s Q. apply In_nth_error. now apply in_pairs. }
    destruct (lt_eq_lt_dec e j) as [[K |] | K]; trivial; exfalso.
    + destruct (J e j) as [i E]; [simpl; lia |].
      specialize (H (i, true)). cbn [fst snd] in H. rewrite (NP _ _ _ E) in H.
      assert (Q : 0 <= nth e all 0 - nth j all 0) by (apply H, in_max_sides; exists e, j; auto).
      specialize (P e K). rewrite <- N in P. apply sub_pos in P. apply (lt_not_ge F _ _ P).
      apply le_lt_eq. intro R. apply (lt_not_ge F 0 0); [| apply le_refl].
      replace 0 with ((nth j all 0 - nth e all 0) + (nth e all 0 - nth j all 0)) at 2 by ring.
      now apply add_pos_nonneg.
    + destruct (J j e) as [i E]; [lia |].
      specialize (H (i, false)). cbn [fst snd] in H. rewrite (NP _ _ _ E) in H.
      assert (Q : nth j all 0 - nth e all 0 < 0) by (apply H, in_max_sides; exists j, e; split; trivial; right; lia).
      assert (R : nth e all 0 <= m) by (apply G; simpl in L; lia). rewrite <- N in R.
      apply neg_pos in Q. apply (lt_not_ge F 0 0); [| apply le_refl].
      replace 0 with (- (nth j all 0 - nth e all 0) + (nth j all 0 - nth e all 0)) at 2 by ring.
      apply add_pos_nonneg; trivial.
      destruct R as [R | ->]; [left; now apply sub_pos | right; ring].
  - intros ->. intros [i b] I. apply in_max_sides in I. destruct I as (f & s & E & C). cbn [fst snd].
    rewrite (NP _ _ _ E).
    assert (Q : (f < s < length all)%nat) by (apply in_pairs; now apply nth_error_In with i).
    destruct C as [[-> ->] | (Ne & -> & ->)]; cbn [Tree.on_side].
    + assert (R : nth s all 0 <= m) by (apply G; simpl in Q; lia). rewrite N.
      destruct R as [R | ->]; [left; now apply sub_pos | right; ring].
    + assert (R : nth f all 0 < m) by (apply P; lia). rewrite N.
      apply neg_pos. replace (- (nth f all 0 - m)) with (m - nth f all 0) by ring. now apply sub_pos.
Qed.

(** ** From lines to choices *)
Lemma some_inj {A} (a b : A) : Some a = Some b -> a = b.
Proof. now intros [= ->]. Qed.
Definition on_branch (l : line) (vs : list F) (ss : sides) :=
  Forall (fun s => on_side (nth (fst s) (borders_of F l vs) 0) (snd s)) ss.
Lemma qline_spec l q vs : qline l = Some q -> val vs 0%nat = 1 ->
  map (fun ts => lin ts vs) (qborders q) = borders_of F l vs /\
  if chosen l then qborders q <> [] /\ forall e, match nth_error (qbranches q) e with
    | None => e <> branch F l vs
    | Some (ts, ss) => (on_branch l vs ss <-> e = branch F l vs) /\
                       (e = branch F l vs -> lin ts vs = value_of F l vs)
    end
  else qborders q = [] /\ lin (fst (nth 0 (qbranches q) ([], []))) vs = value_of F l vs.
Proof.
  intros E One. destruct l as [ts | i at0 first rest | is]; cbn [qline] in E.
  - injection E as <-. repeat split.
  - destruct (increasing rest) eqn:Inc; [| discriminate]. cbv zeta in E. apply some_inj in E. subst q.
    set (a := Qred (at0 - offset first rest)). set (ps := pieces a first rest).
    cbn [qborders qbranches borders_of chosen branch value_of].
    assert (B : map (fun ts => lin ts vs) (map (fun bm => [(O, fst bm); (i, (-1)%Q)]) rest) =
                map (fun bm => qr (fst bm) - val vs i) rest).
    { rewrite map_map. apply map_ext. intros [b m]. cbn [fst]. rewrite lin_2, qr_m1 by trivial. ring. }
    split; trivial.
    assert (PL : length ps = S (length rest)) by apply pieces_length.
    destruct (pieces_value a first rest (val vs i) Inc) as (a' & m' & N & V). fold ps in N.
    assert (W : qr a' + qr m' * val vs i = bend F at0 first rest (val vs i)).
    { rewrite V. unfold bend. rewrite kinks_hinges. unfold a. rewrite qr_red, qr_sub, offset_value. ring. }
    clearbody ps. destruct rest as [| bm rest']; cbn [length Nat.ltb Nat.leb].
    + cbn in PL, N. destruct ps as [| [a0 m0] []]; try discriminate PL. cbn in N. injection N as -> ->.
      split; trivial. cbn [length seq combine map nth fst snd]. rewrite lin_2 by trivial. exact W.
    + set (rest := bm :: rest') in *. split; [discriminate |]. intro e.
      rewrite nth_error_map, nth_error_indexed. cbn [Nat.add].
      destruct (nth_error ps e) as [[ae me] |] eqn:Ne; cbn [option_map fst snd].
      * assert (Le : (e < length ps)%nat) by (apply nth_error_Some; congruence).
        split.
        -- unfold on_branch. cbn [borders_of]. apply bend_sides_iff; trivial. lia.
        -- intro K. rewrite K, N in Ne. injection Ne as <- <-. rewrite lin_2 by trivial. exact W.
      * apply nth_error_None in Ne. assert (P := piece_le rest (val vs i)). lia.
  - destruct is as [| i0 is0]; [discriminate |]. set (is := i0 :: is0) in *. apply some_inj in E. subst q.
    cbn [qborders qbranches borders_of chosen branch value_of].
    assert (B : map (fun ts => lin ts vs) (map (fun fs => [(nth (fst fs) is O, 1%Q); (nth (snd fs) is O, (-1)%Q)]) (pairs (length is))) =
                map (fun fs => val vs (nth (fst fs) is O) - val vs (nth (snd fs) is O)) (pairs (length is))).
    { rewrite map_map. apply map_ext. intros [f s]. unfold lin, Network.lin. cbn [fold_right fst snd].
      rewrite qr_m1, qr_1. ring. }
    split; trivial.
    assert (L1 : forall i, lin [(i, 1%Q)] vs = val vs i).
    { intro i. unfold lin, Network.lin. cbn [fold_right fst snd]. rewrite qr_1. ring. }
    destruct is0 as [| i1 is1].
    + subst is. exact (conj eq_refl (L1 i0)).
    + assert (LN : (1 <? length is)%nat = true) by reflexivity. rewrite LN. split.
      * assert (I : In (0, 1)%nat (pairs (length is))) by (apply in_pairs; simpl; lia).
        intro K. apply map_eq_nil in K. now rewrite K in I.
      * intro e. rewrite nth_error_map, nth_error_indexed. cbn [Nat.add].
        assert (G := greatest_spec (val vs i0) (map (val vs) (i1 :: is1))).
        change (first_greatest F (map (val vs) is)) with (greatest F (val vs i0) (map (val vs) (i1 :: is1))).
        destruct (greatest F (val vs i0) (map (val vs) (i1 :: is1))) as [j m] eqn:Ej. destruct G as (Lj & N & _).
        change (val vs i0 :: map (val vs) (i1 :: is1)) with (map (val vs) is) in N. cbn [fst snd].
        rewrite map_length in Lj.
        assert (NI : forall k, (k < length is)%nat -> nth k (map (val vs) is) 0 = val vs (nth k is O)).
        { intros k K. rewrite nth_indep with (d' := val vs O) by now rewrite map_length. apply map_nth. }
        destruct (nth_error is e) as [ie |] eqn:Ne; cbn [option_map fst snd].
        -- assert (Le : (e < length is)%nat) by (apply nth_error_Some; congruence).
           assert (Ie := nth_error_nth is e O Ne). split.
           ++ assert (M := max_sides_iff (map (val vs) is) e). rewrite map_length in M. specialize (M Le).
              change (first_greatest F (map (val vs) is)) with (greatest F (val vs i0) (map (val vs) (i1 :: is1))) in M.
              rewrite Ej in M. cbn [fst] in M. rewrite <- M. unfold on_branch. cbn [borders_of].
              replace (map (fun fs => val vs (nth (fst fs) is O) - val vs (nth (snd fs) is O)) (pairs (length is)))
                with (map (fun fs => nth (fst fs) (map (val vs) is) 0 - nth (snd fs) (map (val vs) is) 0) (pairs (length is)));
                [reflexivity |].
              apply map_ext_in. intros [f s] I. apply in_pairs in I. cbn [fst snd]. rewrite !NI by lia. trivial.
           ++ intros ->. rewrite L1, <- Ie, <- NI by trivial. exact N.
        -- apply nth_error_None in Ne. simpl in Ne. simpl in Lj. lia.
Qed.

Lemma Forall2_nth_error {A B} (R : A -> B -> Prop) l m e : Forall2 R l m ->
  match nth_error l e, nth_error m e with Some a, Some b => R a b | None, None => True | _, _ => False end.
Proof.
  intro H. revert e. induction H as [| a b l m H _ IH]; intros [| e]; cbn; trivial. apply IH.
Qed.

Definition multiple (a b : F) : Prop := exists g, 0 < g /\ a = g * b.
Lemma multiple_side a b s : multiple a b -> (on_side a s <-> on_side b s).
Proof. intros (g & G & ->). now apply on_side_scale. Qed.

Theorem bridge net scales vs forms p chs : compile scales net = Some chs ->
  scaled scales vs (map (fun f => ev F f p) forms) -> val vs 0%nat = 1 -> vs <> [] ->
  (forall c, chooses F chs forms p c <-> run F net vs = c) /\
  Forall2 multiple (map (fun f => ev F f p) (met chs forms (run F net vs))) (all_borders F net vs).
Proof.
  revert scales vs forms chs. induction net as [| l net IH]; intros scales vs forms chs E Sc One NE.
  - injection E as <-. cbn. split; [split; congruence | constructor].
  - cbn [compile] in E. destruct (qline l) as [q |] eqn:Q; [| discriminate].
    destruct (clear_choice scales q) as [[ch s] |] eqn:C; [| discriminate].
    destruct (compile (s :: scales) net) as [chs' |] eqn:E'; [| discriminate]. injection E as <-.
    destruct (clear_choice_spec _ _ _ _ _ _ Sc C) as (Ps & CB & CR).
    destruct (qline_spec l q vs Q One) as [QB QR].
    set (fs := map (fun f => ev F f p) forms) in *.
    assert (One' : forall v, val (v :: vs) 0%nat = 1).
    { intro v. unfold val, Network.val in One |- *. destruct vs as [| w vs']; [easy |]. cbn [length] in *.
      rewrite <- One. replace (S (S (length vs')) - 1)%nat with (S (S (length vs') - 1)) by lia. reflexivity. }
    (* the borders of this value *)
    assert (FB : Forall2 multiple (map (fun f => ev F f p) (forms_of ch forms)) (borders_of F l vs)).
    { rewrite <- QB. unfold forms_of. rewrite map_map. clear - CB. induction CB as [| ts ws a b H _ IHC]; constructor; trivial.
      rewrite ev_combf. exact H. }
    (* a branch of the right value leads on *)
    assert (ON : forall ws, dot F ws fs = zr s * value_of F l vs ->
      (forall c, chooses F chs' (combf ws forms :: forms) p c <-> run F net (value_of F l vs :: vs) = c) /\
      Forall2 multiple (map (fun f => ev F f p) (met chs' (combf ws forms :: forms) (run F net (value_of F l vs :: vs))))
        (all_borders F net (value_of F l vs :: vs))).
    { intros ws D. apply IH with (scales := s :: scales); trivial; [| discriminate].
      cbn [scaled map]. rewrite ev_combf. auto. }
    cbn [run all_borders]. destruct (chosen l) eqn:Ch.
    + destruct QR as [NB QR].
      assert (NB' : borders ch <> []) by (destruct CB; congruence).
      set (e := branch F l vs) in *.
      assert (He := QR e). assert (CRe := Forall2_nth_error _ _ _ e CR).
      destruct (nth_error (qbranches q) e) as [[ts ss] |] eqn:Nq; [| now destruct He].
      destruct (nth_error (branches ch) e) as [[ws ss'] |] eqn:Nb; [| easy].
      cbn [fst snd] in CRe. destruct CRe as [-> D]. destruct He as [_ Hv]. rewrite (Hv eq_refl) in D.
      destruct (ON ws D) as [ON1 ON2]. split.
      * intros [| e' c]; [cbn [chooses]; destruct (borders ch); [easy | split; [easy | congruence]] |].
        rewrite chooses_cons by trivial.
        assert (H' := QR e'). assert (CR' := Forall2_nth_error _ _ _ e' CR).
        destruct (nth_error (qbranches q) e') as [[ts' ss'] |] eqn:Nq', (nth_error (branches ch) e') as [[ws' ss''] |] eqn:Nb'; try easy.
        -- cbn [fst snd] in CR'. destruct CR' as [-> D']. destruct H' as [Hs Hv'].
           assert (OS : on_sides F (forms_of ch forms) p ss' <-> e' = e).
           { rewrite <- Hs. unfold on_sides, on_branch.
             assert (M : forall j b, on_side (ev F (nth j (forms_of ch forms) []) p) b <->
               on_side (nth j (borders_of F l vs) 0) b).
             { intros j b. assert (X := Forall2_nth_error _ _ _ j FB). rewrite nth_error_map in X.
               destruct (nth_error (forms_of ch forms) j) as [f |] eqn:Nf, (nth_error (borders_of F l vs) j) as [v |] eqn:Nv;
                 cbn [option_map] in X; try easy.
               - rewrite (nth_error_nth _ _ _ Nf), (nth_error_nth _ _ _ Nv). now apply multiple_side.
               - apply nth_error_None in Nf, Nv. rewrite !nth_overflow by trivial. reflexivity. }
             rewrite !Forall_forall. split; intros H [j b] I; apply M; now apply (H (j, b)). }
           rewrite OS. split.
           ++ intros [-> H]. f_equal. rewrite Nb in Nb'. injection Nb' as <-. now apply ON1.
           ++ intros [= <- R]. split; trivial. rewrite Nb in Nb'. injection Nb' as <-. now apply ON1.
        -- split; [easy |]. intros [= K _]. congruence.
      * rewrite met_cons by trivial. rewrite map_app. apply Forall2_app; trivial.
        unfold branch_of. rewrite (nth_error_nth _ _ _ Nb). exact ON2.
    + destruct QR as [NB QV].
      assert (NB' : borders ch = []) by (rewrite NB in CB; now inversion CB).
      assert (D : dot F (branch_of ch 0) fs = zr s * value_of F l vs).
      { rewrite <- QV. unfold branch_of. destruct CR as [| b wb l1 l2 [_ H] _]; [| exact H]. cbn.
        unfold lin, Network.lin. cbn. ring. }
      destruct (ON _ D) as [ON1 ON2]. split.
      * intro c. cbn [chooses]. rewrite NB'. apply ON1.
      * cbn [met]. rewrite NB'. rewrite <- QB, NB. exact ON2.
Qed.

(** ** Around the walk *)
Lemma trim_chooses chs forms p c : chooses F (trim chs) forms p c <-> chooses F chs forms p c.
Proof.
  revert forms c. induction chs as [| ch chs IH]; intros forms c; [reflexivity |].
  cbn [trim]. destruct (trim chs) as [| t ts] eqn:T.
  - destruct (borders ch) as [| b bs] eqn:B.
    + cbn [chooses]. rewrite B. rewrite <- IH. reflexivity.
    + cbn [chooses]. rewrite B. destruct c as [| e c]; [reflexivity |].
      destruct (nth_error (branches ch) e) as [[v ss] |]; [| reflexivity]. now rewrite <- IH.
  - cbn [chooses]. destruct (borders ch); [apply IH |]. destruct c as [| e c]; [reflexivity |].
    destruct (nth_error (branches ch) e) as [[v ss] |]; [| reflexivity]. now rewrite <- IH.
Qed.
Lemma trim_met chs forms c : met (trim chs) forms c = met chs forms c.
Proof.
  revert forms c. induction chs as [| ch chs IH]; intros forms c; [reflexivity |].
  cbn [trim]. destruct (trim chs) as [| t ts] eqn:T.
  - destruct (borders ch) as [| b bs] eqn:B.
    + cbn [met]. rewrite B. rewrite <- IH. reflexivity.
    + cbn [met]. rewrite B. destruct c as [| e c]; [reflexivity |]. now rewrite <- IH.
  - cbn [met]. destruct (borders ch); [apply IH |]. destruct c as [| e c]; [reflexivity |]. now rewrite <- IH.
Qed.

(** Forms that agree where they are read. *)
Fixpoint agree (read : list bool) (fs gs : list form) : Prop :=
  match fs, gs with
  | [], [] => True
  | f :: fs', g :: gs' => (hd false read = true -> f = g) /\ agree (tl read) fs' gs'
  | _, _ => False
  end.
Lemma agree_refl read fs : agree read fs fs.
Proof. revert read. induction fs as [| f fs IH]; intro read; cbn [agree]; auto. Qed.
Lemma agree_mark ws read fs gs : agree (mark ws read) fs gs -> combf ws fs = combf ws gs /\ agree read fs gs.
Proof.
  revert read fs gs. induction ws as [| [gap w] ws IH]; intros read fs gs; [now split |]. cbn [mark combf].
  revert read fs gs. induction gap as [| gap IHg]; intros read [| f fs] [| g gs] H; cbn [mark_after agree] in H; try easy.
  - destruct H as [E H]. specialize (E eq_refl). subst g. destruct (IH _ _ _ H) as [C A]. cbn [skipn agree].
    now rewrite C.
  - destruct H as [E H]. destruct (IHg _ _ _ H) as [C A]. now repeat split.
Qed.
Lemma agree_marks wss read fs gs : agree (fold_right mark read wss) fs gs ->
  Forall (fun ws => combf ws fs = combf ws gs) wss /\ agree read fs gs.
Proof.
  induction wss as [| ws wss IH]; intro H; [now split; [constructor |] |]. cbn [fold_right] in H.
  destruct (agree_mark _ _ _ _ H) as [C A]. destruct (IH A) as [B D]. split; trivial. now constructor.
Qed.
Lemma prune_same chs p : let (pruned, read) := prune chs in forall fs gs, agree read fs gs ->
  (forall c, chooses F pruned gs p c <-> chooses F chs fs p c) /\ (forall c, met pruned gs c = met chs fs c).
Proof.
  induction chs as [| ch chs IH]; cbn [prune]; [now intros fs gs _ |].
  destruct (prune chs) as [pruned read]. intros fs gs H.
  set (brs := if hd false read then branches ch else map (fun b => ([], snd b)) (branches ch)) in *.
  set (ch' := {| borders := borders ch; branches := brs |}).
  destruct (agree_marks _ _ _ _ H) as [C A]. apply Forall_app in C. destruct C as [CB CR].
  assert (FO : forms_of ch' gs = forms_of ch fs).
  { unfold forms_of. cbn [borders ch']. apply map_ext_in. intros ws I. rewrite Forall_forall in CB. symmetry. now apply CB. }
  assert (NE : forall e, match nth_error brs e, nth_error (branches ch) e with
    | Some (v', ss'), Some (v, ss) => ss' = ss /\ agree read (combf v fs :: fs) (combf v' gs :: gs)
    | None, None => True | _, _ => False end).
  { intro e. assert (CE : forall v ss, nth_error brs e = Some (v, ss) -> combf v fs = combf v gs).
    { intros v ss E. rewrite Forall_forall in CR. apply CR. change v with (fst (v, ss)).
      apply in_map. now apply nth_error_In with e. }
    subst brs. destruct (hd false read) eqn:R.
    - destruct (nth_error (branches ch) e) as [[v ss] |] eqn:E; trivial. split; trivial. cbn [agree]. eauto.
    - rewrite nth_error_map. destruct (nth_error (branches ch) e) as [[v ss] |]; cbn [option_map snd]; trivial.
      split; trivial. cbn [agree]. split; [congruence | trivial]. }
  assert (BO : forall e, agree read (combf (branch_of ch e) fs :: fs) (combf (branch_of ch' e) gs :: gs)).
  { intro e. unfold branch_of. cbn [branches ch']. specialize (NE e).
    destruct (nth_error brs e) as [[v' ss'] |] eqn:E', (nth_error (branches ch) e) as [[v ss] |] eqn:E; try easy.
    - rewrite (nth_error_nth _ _ _ E), (nth_error_nth _ _ _ E'). apply NE.
    - apply nth_error_None in E, E'. rewrite !nth_overflow by trivial. cbn [agree]. now split. }
  split; intro c; cbn [chooses met]; change (borders ch') with (borders ch); destruct (borders ch) as [| b bl] eqn:Eb.
  - now apply IH.
  - destruct c as [| e c]; [reflexivity |]. specialize (NE e). change (branches ch') with brs.
    destruct (nth_error brs e) as [[v' ss'] |], (nth_error (branches ch) e) as [[v ss] |]; try easy.
    destruct NE as [-> NE]. rewrite FO. now rewrite (proj1 (IH _ _ NE) c).
  - now apply IH.
  - destruct c as [| e c]; [reflexivity |]. rewrite FO. f_equal. now apply IH.
Qed.

Definition short (d : nat) (f : form) := (length f <= S d)%nat.
Lemma axpy_length m r acc : (length (axpy m r acc) <= Nat.max (length r) (length acc))%nat.
Proof.
  revert acc. induction r as [| a r IH]; intros [| b acc]; cbn [axpy length]; [lia | lia | |].
  - specialize (IH []). simpl in IH. lia.
  - specialize (IH acc). lia.
Qed.
Lemma combf_short d ws fs : Forall (short d) fs -> short d (combf ws fs).
Proof.
  revert fs. induction ws as [| [gap w] ws IH]; intros fs H; cbn [combf]; [unfold short; simpl; lia |].
  rewrite <- (firstn_skipn gap fs) in H. apply Forall_app in H. destruct H as [_ H].
  destruct (skipn gap fs) as [| f fs']; [unfold short; simpl; lia |].
  apply Forall_cons_iff in H. destruct H as [Hf H]. specialize (IH fs' H). unfold short in *.
  destruct (combf ws fs') as [| a acc].
  - unfold scale. destruct (w =? 1)%Z; rewrite ?map_length; trivial.
  - assert (L := axpy_length w f (a :: acc)). lia.
Qed.
Lemma met_short d chs forms c : Forall (short d) forms -> Forall (short d) (met chs forms c).
Proof.
  revert forms c. induction chs as [| ch chs IH]; intros forms c H; [constructor |]. cbn [met].
  destruct (borders ch) as [| b bs]; [apply IH; constructor; trivial; now apply combf_short |].
  destruct c as [| e c]; [constructor |]. apply Forall_app. split.
  - unfold forms_of. apply Forall_map. apply Forall_forall. intros ws _. now apply combf_short.
  - apply IH. constructor; trivial. now apply combf_short.
Qed.

Lemma ev_shift j r p : ev F (repeat 0%Z j ++ r) p = ev F r (skipn j p).
Proof.
  revert p. induction j as [| j IH]; intros [| x p]; cbn [repeat app ev skipn]; trivial.
  - now destruct r.
  - rewrite IH. simpl (zr 0). ring.
Qed.
Lemma ev_unit j p : ev F (unit_form j) p = nth j p 0.
Proof.
  unfold unit_form. rewrite ev_shift. revert p. induction j as [| j IH]; intros [| x p]; cbn [skipn nth]; trivial.
  cbn [ev]. simpl (zr 1). replace (ev F [] p) with (0 : F) by now destruct p. ring.
Qed.
Lemma seq_nth (p : list F) : map (fun j => nth j p 0) (seq 0 (length p)) = p.
Proof.
  induction p as [| x p IH]; trivial. cbn [length seq map nth]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.
Lemma input_values d x : length x = d -> map (fun f => ev F f (1 :: x)) (input_forms d) = start F x.
Proof.
  intros <-. unfold input_forms, start. rewrite map_rev, map_map. f_equal.
  change (S (length x)) with (length (1 :: x)). rewrite <- (seq_nth (1 :: x)) at 2.
  apply map_ext. intro j. apply ev_unit.
Qed.
Lemma scaled_ones vs : scaled (repeat 1%Z (length vs)) vs vs.
Proof.
  induction vs as [| v vs IH]; cbn [length repeat scaled]; trivial. repeat split; trivial.
  - simpl (zr 1). ring.
Qed.
Lemma input_short d : Forall (short d) (input_forms d).
Proof.
  unfold input_forms. apply Forall_rev. apply Forall_map. apply Forall_forall. intros j I.
  apply in_seq in I. unfold short, unit_form. rewrite app_length, repeat_length. simpl. lia.
Qed.

Lemma prim_pos f p : 0 < ev F (prim f) p <-> 0 < ev F f p.
Proof.
  destruct (prim_scale F f) as (g & G & E & _). rewrite E. symmetry. apply mul_pos_gt_0. now apply zr_pos.
Qed.
Lemma den_side n d (v : F) : 0 < zr n * 1 + (zr d * v + 0) <-> 0 < zr d * v + zr n.
Proof. replace (zr n * 1 + (zr d * v + 0)) with (zr d * v + zr n) by ring. reflexivity. Qed.
Lemma low_side q (v : F) : 0 < zr (Z.pos (Qden q)) * v + zr (- Qnum q) <-> qr q < v.
Proof.
  rewrite (lt_sub F (qr q)). assert (N := pr_neq0 F (Qden q)).
  replace (zr (Z.pos (Qden q)) * v + zr (- Qnum q)) with (pr (Qden q) * (v - qr q)).
  - apply mul_pos_gt_0, pr_pos.
  - unfold qr. rewrite zr_opp. cbn [zr]. now field.
Qed.
Lemma high_side q (v : F) : 0 < zr (Z.neg (Qden q)) * v + zr (Qnum q) <-> v < qr q.
Proof.
  rewrite (lt_sub F v). assert (N := pr_neq0 F (Qden q)).
  replace (zr (Z.neg (Qden q)) * v + zr (Qnum q)) with (pr (Qden q) * (qr q - v)).
  - apply mul_pos_gt_0, pr_pos.
  - unfold qr. cbn [zr]. now field.
Qed.
Lemma box_rows_spec box x j acc y : length y = j -> length x = length box ->
  (positive F (box_rows j box acc) (1 :: y ++ x) <->
   Forall2 (fun ends v => qr (fst ends) < v /\ v < qr (snd ends)) box x /\ positive F acc (1 :: y ++ x)).
Proof.
  revert x j acc y. induction box as [| [lo hi] box IH]; intros [| v x] j acc y Ly L; try discriminate L.
  - cbn [box_rows]. split; [intro H; split; trivial; constructor | now intros [_ H]].
  - cbn [box_rows]. replace (y ++ v :: x) with ((y ++ [v]) ++ x) by now rewrite <- app_assoc.
    rewrite IH; [| rewrite app_length; simpl; lia | now injection L].
    assert (SK : skipn j (y ++ v :: x) = v :: x).
    { rewrite <- Ly. clear. induction y; trivial. }
    rewrite <- app_assoc. cbn [app]. unfold positive. rewrite !Forall_cons_iff, !prim_pos. cbn [ev].
    rewrite !ev_shift, SK. cbn [ev]. replace (ev F [] x) with (0 : F) by now destruct x.
    rewrite !den_side, low_side, high_side. split.
    + intros (H & H1 & H2 & K). split; trivial. constructor; trivial. now split.
    + intros [H K]. inversion H as [| ? ? ? ? [H1 H2] H3]; subst. cbn [fst snd] in *. auto.
Qed.

(** ** The theorem *)
Theorem check_sound (source : Type) (full : bool) d box net next (s s' : source) n k :
  check full d box net next s = Some (n, k, s') ->
  exists regions stricts : list (list nat),
    NoDup regions /\ Z.of_nat (length regions) = n /\
    (forall c, In c regions -> full_dimensional F d box net c) /\
    (full = true -> forall c, full_dimensional F d box net c -> In c regions) /\
    NoDup stricts /\ Z.of_nat (length stricts) = k /\
    (forall c, In c stricts -> full_dimensional F d box net c /\ strict F d box net c) /\
    (full = true -> forall c, full_dimensional F d box net c -> strict F d box net c -> In c stricts).
Proof.
  unfold check. destruct (match box with [] => true | _ => (length box =? d)%nat end) eqn:LB; [| discriminate].
  destruct (compile (repeat 1%Z (S d)) net) as [chs |] eqn:Cm; [| discriminate]. intro W.
  set (ch := fst (prune (trim chs))) in *. set (forms := input_forms d) in *. set (path := box_rows 0 box []) in *.
  assert (PL : planned ch (map (fun _ => None) ch) forms).
  { intros i last E. rewrite nth_error_map in E. now destruct (nth_error ch i). }
  destruct (walk_sound F full d source next _ _ _ _ _ _ _ _ _ W PL) as (L & ND & Ln & Lk & Comp & Inh).
  assert (KP : forall p, kept F ch (map (fun _ => None) ch) forms p).
  { intros p i last c ws known E. rewrite nth_error_map in E. now destruct (nth_error ch i). }
  (* inside the box, in rows *)
  assert (IN : forall x, length x = d -> (positive F path (1 :: x) <-> inside F box x)).
  { intros x Lx. unfold inside, path. destruct box as [| b box'].
    - split; [now left | constructor].
    - apply Nat.eqb_eq in LB. assert (B := box_rows_spec (b :: box') x 0 [] [] eq_refl). cbn [app] in B.
      rewrite B by congruence. split; [intros [H _]; now right | intros [H | H]; [easy | split; [trivial | constructor]]]. }
  (* choices, in forms *)
  assert (BR : forall x, length x = d -> (forall c, chooses F ch forms (1 :: x) c <-> choices F net x = c) /\
    Forall2 multiple (map (fun f => ev F f (1 :: x)) (met ch forms (choices F net x))) (all_borders F net (start F x))).
  { intros x Lx. destruct (bridge net (repeat 1%Z (S d)) (start F x) forms (1 :: x) chs Cm) as [B1 B2].
    - unfold forms. rewrite input_values by trivial.
      replace (S d) with (length (start F x)) by (unfold start; rewrite rev_length; simpl; congruence). apply scaled_ones.
    - unfold val, Network.val, start. rewrite rev_length. cbn [length rev].
      rewrite app_nth2; rewrite rev_length; [| lia]. now replace (S (length x) - 1 - length x)%nat with O by lia.
    - unfold start. cbn [rev]. intro K. now apply app_eq_nil in K.
    - assert (PR := prune_same (trim chs) (1 :: x)). unfold ch. destruct (prune (trim chs)) as [pruned read].
      destruct (PR forms forms (agree_refl _ _)) as [P1 P2]. cbn [fst].
      split; [intro c; rewrite P1, trim_chooses; apply B1 | rewrite P2, trim_met; exact B2]. }
  assert (SH : forall c, Forall (fun r => (length r <= S d)%nat) (met ch forms c)).
  { intro c. apply met_short, input_short. }
  (* a full-dimensional region holds a generic point; a generic point lies in one *)
  assert (GEN : forall c, full_dimensional F d box net c -> exists y, region F d box net c y /\
    off F (met ch forms c) (1 :: y)).
  { intros c (x & e & Lx & E & N).
    destruct (dense F d (near e x) (met ch forms c) (open_ball F d x e E) (SH c) x Lx (near_refl F e x E)) as (y & Ly & Ny & Oy).
    exists y. split; trivial. now apply N. }
  assert (CELL : forall c, In c L -> full_dimensional F d box net c).
  { intros c I. destruct (Inh c I) as (new & x & Lx & Px & Q).
    destruct (dense F d _ (met ch forms c) (open_positive F d (new ++ path)) (SH c) x Lx Px) as (y & Ly & Py & Oy).
    assert (OP : open F d (fun z => positive F (new ++ path) (1 :: z) /\ off F (met ch forms c) (1 :: z))).
    { apply open_and; [apply open_positive |]. clear. induction (met ch forms c) as [| f fs IH].
      - intros z _ _. exists 1. split; [apply lt_0_1 | constructor].
      - intros z Lz H. apply Forall_cons_iff in H. destruct H as [H K].
        destruct (IH z Lz K) as (e1 & E1 & N1). destruct (is0 f) eqn:Z.
        + exists e1. split; trivial. intros w M. constructor; [now left | now apply N1].
        + destruct H as [| H]; [discriminate |]. destruct (open_neq F d f z Lz H) as (e2 & E2 & N2).
          destruct (min_pos F e1 e2 E1 E2) as (m & M & M1 & M2). exists m. split; trivial.
          intros w Nw. constructor; [right; apply N2 | apply N1]; eapply near_weaken; eauto. }
    destruct (OP y Ly (conj Py Oy)) as (e & E & N). exists y, e. repeat split; trivial.
    - rewrite <- Ly. now apply near_length with (1 := H).
    - apply IN; [rewrite <- Ly; now apply near_length with (1 := H) |].
      apply N in H. destruct H as [H _]. apply Forall_app in H. apply H.
    - assert (Ly0 : length y0 = d) by (rewrite <- Ly; now apply near_length with (1 := H)).
      apply (BR y0 Ly0). apply N in H. destruct H as [H1 H2]. now apply Q. }
  (* strict regions, in forms *)
  assert (STR : forall c, full_dimensional F d box net c -> (tied ch forms c = false <-> strict F d box net c)).
  { intros c FD. destruct (GEN c FD) as (y & Ry & Oy). unfold tied. split.
    - intros T j (x & Rx & Lj). exists y. split; trivial.
      destruct Ry as (Ly & Iy & Cy). destruct Rx as (Lx & Ix & Cx).
      destruct (BR y Ly) as [_ By]. destruct (BR x Lx) as [_ Bx]. rewrite Cy in By. rewrite Cx in Bx.
      assert (Hj : (j < length (all_borders F net (start F y)))%nat).
      { apply Forall2_length' in By. apply Forall2_length' in Bx. rewrite map_length in By, Bx. lia. }
      assert (X := Forall2_nth_error _ _ _ j By). rewrite nth_error_map in X.
      destruct (nth_error (met ch forms c) j) as [f |] eqn:Nf; cbn [option_map] in X.
      + destruct (nth_error (all_borders F net (start F y)) j) as [b |] eqn:Nb; [| easy].
        rewrite (nth_error_nth _ _ _ Nb). destruct X as (g & G & X). intro K. rewrite K in X.
        unfold off in Oy. rewrite Forall_forall in Oy. apply nth_error_In in Nf.
        destruct (Oy f Nf) as [Z | Z].
        * assert (existsb is0 (met ch forms c) = true) by (apply existsb_exists; eauto). congruence.
        * apply Z. rewrite X. ring.
      + destruct (nth_error (all_borders F net (start F y)) j) eqn:Nb; [easy |]. apply nth_error_None in Nb. lia.
    - intro S. apply not_true_iff_false. intro T. apply existsb_exists in T. destruct T as (f & I & Z).
      apply In_nth_error in I. destruct I as [j I].
      assert (XX : forall x, region F d box net c x -> exists g, 0 < g /\ (j < length (all_borders F net (start F x)))%nat /\
        ev F f (1 :: x) = g * nth j (all_borders F net (start F x)) 0).
      { intros x (Lx & Ix & Cx). destruct (BR x Lx) as [_ Bx]. rewrite Cx in Bx.
        assert (X := Forall2_nth_error _ _ _ j Bx). rewrite nth_error_map, I in X. cbn [option_map] in X.
        destruct (nth_error (all_borders F net (start F x)) j) as [b |] eqn:Nb; [| easy].
        destruct X as (g & G & X). exists g. rewrite (nth_error_nth _ _ _ Nb). repeat split; trivial.
        apply nth_error_Some. congruence. }
      destruct (XX y Ry) as (_ & _ & Lj & _). destruct (S j) as (x & Rx & Nz); [now exists y |].
      destruct (XX x Rx) as (g & G & _ & X). rewrite (ev_is0 F f _ Z) in X. apply Nz.
      symmetry in X. exact (proj1 (mul_pos_eq_0 F _ _ G) X). }
  exists L, (filter (fun c => negb (false || tied ch forms c)) L). repeat split; trivial.
  - intros Fu c FD. destruct (GEN c FD) as (y & (Ly & Iy & Cy) & Oy). apply (Comp Fu y c); trivial.
    + now apply IN.
    + now apply (BR y Ly).
  - now apply NoDup_filter.
  - apply CELL. now apply filter_In in H.
  - apply filter_In in H. destruct H as [H T]. apply STR; [now apply CELL |]. now apply negb_true_iff in T.
  - intros Fu c FD S. apply filter_In. split.
    + destruct (GEN c FD) as (y & (Ly & Iy & Cy) & Oy). apply (Comp Fu y c); trivial; [now apply IN | now apply (BR y Ly)].
    + cbn [orb]. apply negb_true_iff. now apply STR.
Qed.
End Sound.
