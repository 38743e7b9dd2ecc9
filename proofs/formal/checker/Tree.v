(** The walk through a tree of choices, and why the count it answers is right. *)
From Coq Require Import ZArith List Bool Lia FinFun Field.
From Crease Require Import OField Network Forms.
Import ListNotations.

(** A value: borders (forms that decide), and branches: its value there, and its sides. *)
Definition sides := list (nat * bool).
Record choice := { borders : list weights; branches : list (weights * sides) }.

Inductive token :=
  | Ahead (steps : nat) (last : bool) (fk : farkas)
  | Every | Identity | Last (fk : farkas) | First (fk : farkas)
  | Some_of (marks : list (option farkas))
  | Cell (q : Z) (x : list Z).

Section Walk.
Variables (full : bool) (dim : nat) (source : Type) (next : source -> option (token * source)).

(** The rows of a branch, in order, those that vanish identically left out. *)
Definition row (bs : list form) (side : nat * bool) : form :=
  let b := nth (fst side) bs [] in if snd side then b else neg b.
Definition rows (bs : list form) (ss : sides) : list form :=
  filter (fun r => negb (is0 r)) (map (row bs) ss).
(** An identity excludes the branches on the negative side of its border. *)
Definition is_open (bs : list form) (ss : sides) : bool :=
  forallb (fun s => snd s || negb (is0 (nth (fst s) bs []))) ss.

Definition refuted (bs : list form) (ss : sides) (path : list form) (fk : farkas) : bool :=
  if full then refutes (rev_append (rows bs ss) path) fk
  else match fk with [] => true | _ => false end.

Definition answer := option (Z * Z * source).
(** The open branches, each followed or refuted. *)
Fixpoint follow (walk : weights -> list form -> source -> answer) (bs path : list form)
    (brs : list (weights * sides)) (marks : list (option farkas)) (s : source) : answer :=
  match brs with
  | [] => match marks with [] => Some (0, 0, s)%Z | _ => None end
  | (value, ss) :: brs' =>
      if is_open bs ss then
        match marks with
        | [] => None
        | None :: marks' =>
            match walk value (rev_append (rows bs ss) path) s with
            | None => None
            | Some (n, k, s') =>
                match follow walk bs path brs' marks' s' with
                | None => None
                | Some (n', k', s'') => Some (n + n', k + k', s'')%Z
                end
            end
        | Some fk :: marks' =>
            if refuted bs ss path fk then follow walk bs path brs' marks' s else None
        end
      else follow walk bs path brs' marks s
  end.

Definition marks_of (t : token) (count : nat) : option (list (option farkas)) :=
  match t, count with
  | Identity, 1%nat => Some [None]
  | Every, S (S _) => Some (repeat None count)
  | Last fk, 2%nat => Some [Some fk; None]
  | First fk, 2%nat => Some [None; Some fk]
  | Some_of ms, S (S (S _)) =>
      if existsb (fun m => match m with None => true | _ => false end) ms
      && existsb (fun m => match m with None => false | _ => true end) ms then Some ms else None
  | _, _ => None
  end.

Fixpoint upd {A} (i : nat) (a : A) (l : list A) : list A :=
  match l, i with [], _ => [] | _ :: t, O => a :: t | h :: t, S j => h :: upd j a t end.

(** A later value of two branches takes one of them everywhere on the path. *)
Definition decide (chs : list choice) (dec : list (option bool)) (forms path : list form)
    (steps : nat) (last : bool) (fk : farkas) : option (list (option bool)) :=
  match steps, nth_error chs steps, nth_error dec steps with
  | S _, Some ch, Some None =>
      match borders ch, branches ch with
      | [ws], [(_, [(O, true)]); (_, [(O, false)])] =>
          match before steps ws with
          | None => None
          | Some ws =>
              let f := prim (combf ws forms) in
              if is0 f then None
              else if full && refutes ((if last then f else neg f) :: path) fk
                   then Some (upd steps (Some last) dec) else None
          end
      | _, _ => None
      end
  | _, _, _ => None
  end.
Fixpoint aheads (fuel : list choice) chs dec forms path (s : source) : option (list (option bool) * token * source) :=
  match next s with
  | None => None
  | Some (Ahead steps last fk, s') =>
      match fuel with
      | [] => None
      | _ :: fuel' =>
          match decide chs dec forms path steps last fk with
          | None => None
          | Some dec' => aheads fuel' chs dec' forms path s'
          end
      end
  | Some (t, s') => Some (dec, t, s')
  end.

Definition branch_of (ch : choice) (e : nat) : weights := fst (nth e (branches ch) ([], [])).
Definition number (last : bool) : nat := if last then 1 else 0.

Fixpoint walk (chs : list choice) (dec : list (option bool)) (forms path : list form) (ties : bool)
    (s : source) {struct chs} : answer :=
  match chs with
  | [] =>
      match next s with
      | Some (Cell q x, s') =>
          if (0 <? q)%Z && (length x =? dim)%nat && forallb (fun r => (0 <? dotz r (q :: x))%Z) path
          then Some (1%Z, (if ties then 0 else 1)%Z, s') else None
      | _ => None
      end
  | ch :: chs' =>
      match borders ch with
      | [] => walk chs' (tl dec) (combf (branch_of ch 0) forms :: forms) path ties s
      | _ :: _ =>
          match hd None dec with
          | Some last => walk chs' (tl dec) (combf (branch_of ch (number last)) forms :: forms) path ties s
          | None =>
              match aheads chs chs dec forms path s with
              | None => None
              | Some (dec', t, s') =>
                  let bs := map (fun ws => prim (combf ws forms)) (borders ch) in
                  let ties' := ties || existsb is0 bs in
                  match marks_of t (length (filter (fun b => is_open bs (snd b)) (branches ch))) with
                  | None => None
                  | Some marks =>
                      follow (fun value path' => walk chs' (tl dec') (combf value forms :: forms) path' ties')
                             bs path (branches ch) marks s'
                  end
              end
          end
      end
  end.
End Walk.

(** ** Meaning *)
Lemma NoDup_app_intro {A} (l m : list A) : NoDup l -> NoDup m ->
  (forall a, In a l -> In a m -> False) -> NoDup (l ++ m).
Proof.
  intros H K D. induction H as [| a l N _ IH]; trivial. simpl. constructor.
  - intro I. apply in_app_or in I. destruct I as [I | I]; [easy |]. apply (D a); simpl; auto.
  - apply IH. intros b I J. apply (D b); simpl; auto.
Qed.
Section Meaning.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).

(** A side of a border: the positive one holds the border itself. *)
Definition on_side (v : F) (b : bool) : Prop := if b then 0 <= v else v < 0.
Definition on_sides (bs : list form) (p : list F) (ss : sides) : Prop :=
  Forall (fun s => on_side (ev F (nth (fst s) bs []) p) (snd s)) ss.

Definition forms_of (ch : choice) (forms : list form) := map (fun ws => combf ws forms) (borders ch).

(** The choices [c] are made at [p]; only values of more than one branch are listed. *)
Fixpoint chooses (chs : list choice) (forms : list form) (p : list F) (c : list nat) : Prop :=
  match chs with
  | [] => c = []
  | ch :: chs' =>
      match borders ch with
      | [] => chooses chs' (combf (branch_of ch 0) forms :: forms) p c
      | _ :: _ =>
          match c with
          | [] => False
          | e :: c' =>
              match nth_error (branches ch) e with
              | None => False
              | Some (value, ss) =>
                  on_sides (forms_of ch forms) p ss /\
                  chooses chs' (combf value forms :: forms) p c'
              end
          end
      end
  end.
(** All borders met along the choices [c]. *)
Fixpoint met (chs : list choice) (forms : list form) (c : list nat) : list form :=
  match chs with
  | [] => []
  | ch :: chs' =>
      match borders ch with
      | [] => met chs' (combf (branch_of ch 0) forms :: forms) c
      | _ :: _ =>
          match c with
          | [] => []
          | e :: c' => forms_of ch forms ++ met chs' (combf (branch_of ch e) forms :: forms) c'
          end
      end
  end.
Definition tied chs forms c := existsb is0 (met chs forms c).
Definition strict_of ties chs forms (L : list (list nat)) :=
  length (filter (fun c => negb (ties || tied chs forms c)) L).

(** What was decided ahead, as data, and as a fact about a point. *)
Definition planned (chs : list choice) (dec : list (option bool)) (forms : list form) : Prop :=
  forall i last, nth_error dec i = Some (Some last) ->
  exists ch ws v0 v1 known, nth_error chs i = Some ch /\ borders ch = [ws] /\
    branches ch = [(v0, [(O, true)]); (v1, [(O, false)])] /\
    before i ws = Some known /\ is0 (combf known forms) = false.
Definition kept (chs : list choice) (dec : list (option bool)) (forms : list form) (p : list F) : Prop :=
  forall i last ch ws known, nth_error dec i = Some (Some last) -> nth_error chs i = Some ch ->
  borders ch = [ws] -> before i ws = Some known -> let v := ev F (combf known forms) p in
  v <> 0 -> if last then v < 0 else 0 < v.

Variables (full : bool) (dim : nat) (source : Type) (next : source -> option (token * source)).

Definition complete (L : list (list nat)) chs dec forms path := forall x c,
  positive F path (1 :: x) -> kept chs dec forms (1 :: x) -> off F (met chs forms c) (1 :: x) ->
  chooses chs forms (1 :: x) c -> In c L.
Definition inhabited (c : list nat) chs dec forms path := exists new x,
  length x = dim /\ positive F (new ++ path) (1 :: x) /\
  forall y, positive F (new ++ path) (1 :: y) -> kept chs dec forms (1 :: y) ->
  off F (met chs forms c) (1 :: y) -> chooses chs forms (1 :: y) c.
Definition correct chs dec forms path ties (n k : Z) := exists L,
  NoDup L /\ Z.of_nat (length L) = n /\ Z.of_nat (strict_of ties chs forms L) = k /\
  (full = true -> complete L chs dec forms path) /\
  (forall c, In c L -> inhabited c chs dec forms path).

(** *** Small facts *)
Lemma before_0 ws : before 0 ws = Some ws.
Proof. destruct ws as [| [gap w] ws]; trivial. cbn. now rewrite PeanoNat.Nat.sub_0_r. Qed.
Lemma before_S i ws known g forms : before (S i) ws = Some known ->
  exists next, before i ws = Some next /\ combf next (g :: forms) = combf known forms.
Proof.
  destruct ws as [| [gap w] ws]; cbn [before]; [intros [= <-]; now exists [] |].
  destruct (PeanoNat.Nat.leb_spec (S i) gap) as [L | _]; [intros [= <-] | discriminate].
  destruct (PeanoNat.Nat.leb_spec i gap) as [_ | G]; [| lia].
  exists ((gap - i, w) :: ws)%nat. split; trivial.
  replace (gap - i)%nat with (S (gap - S i)) by lia. reflexivity.
Qed.
Lemma planned_tail ch chs dec forms g : planned (ch :: chs) dec forms -> planned chs (tl dec) (g :: forms).
Proof.
  intros P i last E. destruct dec as [| d dec]; [now destruct i |].
  destruct (P (S i) last E) as (ch' & ws & v0 & v1 & known & A & B & C & D & Z). simpl in A.
  destruct (before_S i ws known g forms D) as (known' & S1 & S2).
  exists ch', ws, v0, v1, known'. rewrite S2. auto.
Qed.
Lemma kept_tail ch chs dec forms g p : planned (ch :: chs) dec forms ->
  kept (ch :: chs) dec forms p -> kept chs (tl dec) (g :: forms) p.
Proof.
  intros P K i last ch' ws known E A B N. destruct dec as [| d dec]; [now destruct i |].
  destruct (P (S i) last E) as (ch'' & ws' & v0 & v1 & known' & A' & B' & C & D & Z). simpl in A'.
  rewrite A in A'. injection A' as <-. rewrite B in B'. injection B' as <-.
  destruct (before_S i ws known' g forms D) as (next' & S1 & S2).
  rewrite N in S1. injection S1 as <-. rewrite S2. exact (K (S i) last ch' ws known' E A B D).
Qed.
Lemma on_side_scale g v b : 0 < g -> on_side (g * v) b <-> on_side v b.
Proof. intro G. destruct b; [now apply mul_pos_ge_0 | now apply mul_pos_lt_0]. Qed.
Lemma prim_side f p b : on_side (ev F f p) b <-> on_side (ev F (prim f) p) b.
Proof.
  destruct (prim_scale F f) as (g & G & E & _). rewrite E. apply on_side_scale. now apply zr_pos.
Qed.
Lemma prim_is0 f : is0 (prim f) = is0 f.
Proof. now destruct (prim_scale F f) as (g & G & E & Z). Qed.
Lemma prim_neq f p : ev F f p <> 0 <-> ev F (prim f) p <> 0.
Proof.
  destruct (prim_scale F f) as (g & G & E & _). rewrite E. apply (zr_pos F) in G.
  now rewrite (mul_pos_eq_0 F _ _ G).
Qed.

(** Off the borders, being on the sides of a branch and its rows being positive is the same. *)
Lemma rows_positive bs ss p : off F bs p -> is_open bs ss = true ->
  (Forall (fun s => on_side (ev F (nth (fst s) bs []) p) (snd s)) ss <-> positive F (rows bs ss) p).
Proof.
  intros O. induction ss as [| [j b] ss IH]; intro Op; [split; constructor |].
  apply andb_prop in Op. destruct Op as [Ob Op]. specialize (IH Op). simpl in Ob.
  rewrite Forall_cons_iff, IH. unfold rows. cbn [map filter]. clear IH.
  change (row bs (j, b)) with (if b then nth j bs [] else neg (nth j bs [])).
  cbn [fst snd]. set (f := nth j bs []) in *.
  assert (N : is0 f = true \/ ev F f p <> 0).
  { unfold f. destruct (nth_in_or_default j bs []) as [I | ->]; [| now left].
    unfold off in O. rewrite Forall_forall in O. now apply O. }
  destruct (is0 f) eqn:Z.
  - destruct b; [| discriminate]. rewrite Z. cbn [negb].
    split; [now intros [_ H] | intro H; split; trivial]. cbn [on_side].
    rewrite (ev_is0 F f p Z). apply le_refl.
  - destruct N as [| N]; [discriminate |].
    destruct b; cbn [on_side].
    + rewrite Z. cbn [negb]. unfold positive. rewrite Forall_cons_iff. split; intros [H K]; split; trivial.
      * destruct H as [H | H]; [trivial | now destruct N].
      * now left.
    + assert (Zn : is0 (neg f) = false).
      { rewrite <- Z. clear. induction f as [| a f IH]; trivial. cbn [neg map is0 forallb].
        change (forallb (Z.eqb 0) (map Z.opp f)) with (is0 (neg f)). rewrite IH. f_equal. now destruct a. }
      rewrite Zn. cbn [negb]. unfold positive. rewrite Forall_cons_iff, (ev_neg F).
      split; intros [H K]; split; trivial; now apply neg_pos.
Qed.
Lemma closed_nowhere bs ss p : is_open bs ss = false ->
  Forall (fun s => on_side (ev F (nth (fst s) bs []) p) (snd s)) ss -> False.
Proof.
  induction ss as [| [j b] ss IH]; intros C H; [discriminate |]. apply Forall_cons_iff in H.
  destruct H as [H K]. cbn [is_open forallb fst snd] in *. apply andb_false_iff in C.
  destruct C as [C | C]; [| now apply IH]. destruct b; [discriminate |].
  cbn in C. apply negb_false_iff in C. rewrite (ev_is0 F _ p C) in H. now apply (lt_irrefl F) in H.
Qed.
Lemma positive_app a b p : positive F (a ++ b) p <-> positive F a p /\ positive F b p.
Proof. apply Forall_app. Qed.
Lemma positive_rev a p : positive F (rev a) p <-> positive F a p.
Proof.
  split; intro H; [rewrite <- (rev_involutive a) |]; now apply Forall_rev.
Qed.

Lemma met_cons ch chs forms e c : borders ch <> [] -> met (ch :: chs) forms (e :: c) =
  forms_of ch forms ++ met chs (combf (branch_of ch e) forms :: forms) c.
Proof. intro N. cbn [met]. now destruct (borders ch). Qed.
Lemma chooses_cons ch chs forms p e c : borders ch <> [] -> chooses (ch :: chs) forms p (e :: c) =
  match nth_error (branches ch) e with
  | None => False
  | Some (value, ss) => on_sides (forms_of ch forms) p ss /\ chooses chs (combf value forms :: forms) p c
  end.
Proof. intro N. cbn [chooses]. now destruct (borders ch). Qed.

(** *** The loop over the branches of a node *)
Section Node.
Variables (ch : choice) (chs : list choice) (dec : list (option bool)) (forms path : list form) (ties : bool).
Variable w : weights -> list form -> source -> answer source.
Let bs := map (fun ws => prim (combf ws forms)) (borders ch).
Let ties' := ties || existsb is0 bs.
Hypothesis plan : planned (ch :: chs) dec forms.
Hypothesis sound : forall value path' s n k s', w value path' s = Some (n, k, s') ->
  correct chs (tl dec) (combf value forms :: forms) path' ties' n k.

Lemma bs_nth j : nth j bs [] = prim (nth j (forms_of ch forms) []).
Proof.
  unfold bs, forms_of. rewrite <- (map_map (fun ws => combf ws forms) prim).
  change [] with (prim []) at 1. apply map_nth.
Qed.
Lemma on_sides_bs p ss : on_sides (forms_of ch forms) p ss <->
  Forall (fun s => on_side (ev F (nth (fst s) bs []) p) (snd s)) ss.
Proof.
  unfold on_sides. rewrite !Forall_forall. split; intros H s I.
  - rewrite bs_nth. apply -> prim_side. now apply H.
  - apply <- prim_side. rewrite <- bs_nth. now apply H.
Qed.
Lemma off_bs p : off F (forms_of ch forms) p -> off F bs p.
Proof.
  unfold off, bs. rewrite <- (map_map (fun ws => combf ws forms) prim). fold (forms_of ch forms).
  intro H. apply Forall_map. apply Forall_impl with (2 := H). intros f.
  rewrite prim_is0, <- prim_neq. trivial.
Qed.
Lemma ties_bs : existsb is0 bs = existsb is0 (forms_of ch forms).
Proof.
  unfold bs, forms_of. generalize (borders ch). intro l. clear sound plan ties' bs.
  induction l as [| b l IH]; trivial. cbn [map existsb]. now rewrite IH, prim_is0.
Qed.

Lemma follow_sound brs earlier marks s n k s' : branches ch = earlier ++ brs -> borders ch <> [] ->
  follow full source w bs path brs marks s = Some (n, k, s') -> exists L,
  NoDup L /\ Z.of_nat (length L) = n /\ Z.of_nat (strict_of ties (ch :: chs) forms L) = k /\
  (forall c, In c L -> exists e c', c = e :: c' /\ (length earlier <= e)%nat) /\
  (full = true -> forall x e c', (length earlier <= e)%nat ->
    positive F path (1 :: x) -> kept (ch :: chs) dec forms (1 :: x) ->
    off F (met (ch :: chs) forms (e :: c')) (1 :: x) ->
    chooses (ch :: chs) forms (1 :: x) (e :: c') -> In (e :: c') L) /\
  (forall c, In c L -> inhabited c (ch :: chs) dec forms path).
Proof.
  intros B NE. revert earlier marks s n k s' B.
  induction brs as [| [value ss] brs IH]; intros earlier marks s n k s' B E.
  - destruct marks; [| discriminate]. injection E as <- <- <-. exists [].
    repeat split; try constructor; try easy. intros _ x e c' L _ _ _ C. exfalso.
    rewrite chooses_cons in C by trivial.
    rewrite B, app_nil_r in C. rewrite (proj2 (nth_error_None earlier e) L) in C. exact C.
  - assert (B' : branches ch = (earlier ++ [(value, ss)]) ++ brs) by now rewrite <- app_assoc.
    assert (LB : length (earlier ++ [(value, ss)]) = S (length earlier))
      by (rewrite app_length; simpl; lia).
    assert (NB : nth_error (branches ch) (length earlier) = Some (value, ss)).
    { rewrite B, nth_error_app2, PeanoNat.Nat.sub_diag; trivial. }
    assert (BO : branch_of ch (length earlier) = value).
    { unfold branch_of. now rewrite (nth_error_nth _ _ _ NB). }
    (* what is known of a generic point that chooses this branch *)
    assert (G : forall x c', off F (met (ch :: chs) forms (length earlier :: c')) (1 :: x) ->
      off F bs (1 :: x) /\ off F (met chs (combf value forms :: forms) c') (1 :: x)).
    { intros x c' O. rewrite met_cons in O by trivial.
      apply Forall_app in O. destruct O as [O1 O2]. rewrite BO in O2. split; trivial.
      now apply off_bs. }
    assert (CH : forall x c', chooses (ch :: chs) forms (1 :: x) (length earlier :: c') <->
      Forall (fun s => on_side (ev F (nth (fst s) bs []) (1 :: x)) (snd s)) ss /\
      chooses chs (combf value forms :: forms) (1 :: x) c').
    { intros x c'. rewrite chooses_cons by trivial.
      rewrite NB, on_sides_bs. reflexivity. }
    cbn [follow] in E. destruct (is_open bs ss) eqn:Op.
    + destruct marks as [| [fk |] marks]; [discriminate | |].
      * (* refuted *)
        destruct (refuted full bs ss path fk) eqn:R; [| discriminate].
        destruct (IH _ _ _ _ _ _ B' E) as (L & A1 & A2 & A3 & A4 & A5 & A6).
        exists L. repeat split; trivial.
        { intros c I. destruct (A4 c I) as (e & c' & -> & Q). exists e, c'. split; trivial. lia. }
        intros Fu x e c' Le P K O C. destruct (PeanoNat.Nat.eq_dec e (length earlier)) as [-> | Ne];
          [exfalso | apply (A5 Fu x e c'); trivial; lia].
        destruct (G x c' O) as [O1 _]. apply CH in C. destruct C as [C _].
        unfold refuted in R. rewrite Fu in R. apply (refutes_sound F _ _ x R).
        rewrite rev_append_rev. apply positive_app. split; trivial. apply positive_rev.
        now apply rows_positive.
      * (* followed *)
        destruct (w value (rev_append (rows bs ss) path) s) as [[[n1 k1] s1] |] eqn:W; [| discriminate].
        destruct (follow full source w bs path brs marks s1) as [[[n2 k2] s2] |] eqn:E2; [| discriminate].
        injection E as <- <- <-.
        destruct (IH _ _ _ _ _ _ B' E2) as (L & A1 & A2 & A3 & A4 & A5 & A6).
        destruct (sound _ _ _ _ _ _ W) as (M & M1 & M2 & M3 & M4 & M5).
        exists (map (cons (length earlier)) M ++ L). repeat split.
        -- apply NoDup_app_intro; trivial.
           ++ apply Injective_map_NoDup; trivial. now intros a b [=].
           ++ intros c I J. apply in_map_iff in I. destruct I as (c' & <- & _).
              destruct (A4 _ J) as (e & c'' & [= <- _] & Q). lia.
        -- rewrite app_length, map_length. lia.
        -- unfold strict_of in *. rewrite filter_app, app_length, Nat2Z.inj_add, A3, <- M3.
           f_equal. f_equal. clear M1 M2 M3 M4 M5. induction M as [| c M IHM]; trivial.
           cbn [map filter]. replace (ties || tied (ch :: chs) forms (length earlier :: c))
             with (ties' || tied chs (combf value forms :: forms) c).
           ++ destruct (ties' || tied chs (combf value forms :: forms) c); cbn [negb length]; auto.
           ++ unfold tied, ties'. rewrite met_cons by trivial.
              rewrite existsb_app, BO, orb_assoc, ties_bs. trivial.
        -- intros c I. apply in_app_or in I. destruct I as [I | I].
           ++ apply in_map_iff in I. destruct I as (c' & <- & _). now exists (length earlier), c'.
           ++ destruct (A4 c I) as (e & c' & -> & Q). exists e, c'. split; trivial. lia.
        -- intros Fu x e c' Le P K O C. apply in_or_app.
           destruct (PeanoNat.Nat.eq_dec e (length earlier)) as [-> | Ne];
             [left | right; apply (A5 Fu x e c'); trivial; lia].
           destruct (G x c' O) as [O1 O2]. apply CH in C. destruct C as [C1 C2].
           apply in_map. apply (M4 Fu x c'); trivial.
           ++ rewrite rev_append_rev. apply positive_app. split; trivial. apply positive_rev.
              now apply rows_positive.
           ++ now apply kept_tail with ch.
        -- intros c I. apply in_app_or in I. destruct I as [I | I]; [| now apply A6].
           apply in_map_iff in I. destruct I as (c' & <- & I).
           destruct (M5 c' I) as (new & x & Lx & P & Q).
           rewrite rev_append_rev, app_assoc in P, Q.
           exists (new ++ rev (rows bs ss)), x. repeat split; trivial.
           intros y Py K O. destruct (G y c' O) as [O1 O2]. apply CH. split.
           ++ apply rows_positive; trivial. apply positive_app in Py. destruct Py as [Py _].
              apply positive_app in Py. apply positive_rev. apply Py.
           ++ apply Q; trivial. now apply kept_tail with ch.
    + (* closed by an identity *)
      destruct (IH _ _ _ _ _ _ B' E) as (L & A1 & A2 & A3 & A4 & A5 & A6).
      exists L. repeat split; trivial.
      { intros c I. destruct (A4 c I) as (e & c' & -> & Q). exists e, c'. split; trivial. lia. }
      intros Fu x e c' Le P K O C. destruct (PeanoNat.Nat.eq_dec e (length earlier)) as [-> | Ne];
        [exfalso | apply (A5 Fu x e c'); trivial; lia].
      apply CH in C. destruct C as [C _]. now apply (closed_nowhere bs ss (1 :: x)).
Qed.
End Node.

(** *** Decisions ahead *)
Lemma nth_upd {A} i j (a : A) l : nth_error (upd i a l) j =
  if (i =? j)%nat then match nth_error l j with None => None | Some _ => Some a end else nth_error l j.
Proof.
  revert i j. induction l as [| b l IH]; intros [| i] [| j]; simpl; trivial.
  - now destruct (i =? j)%nat.
Qed.
Lemma decide_sound chs dec forms path steps last fk dec' :
  decide full chs dec forms path steps last fk = Some dec' -> planned chs dec forms ->
  hd None dec = None ->
  planned chs dec' forms /\ hd None dec' = None /\
  forall x, positive F path (1 :: x) -> kept chs dec forms (1 :: x) -> kept chs dec' forms (1 :: x).
Proof.
  unfold decide. intros E P H0.
  destruct steps as [| steps]; [discriminate |]. set (i := S steps) in *.
  destruct (nth_error chs i) as [ch |] eqn:Ec; [| discriminate].
  destruct (nth_error dec i) as [[l |] |] eqn:Ed; [discriminate | | discriminate].
  destruct (borders ch) as [| ws [|]] eqn:Eb; [discriminate | | discriminate].
  destruct (branches ch) as [| [v0 [| [[|] []] []]] [| [v1 [| [[|] []] []]] []]] eqn:Er; try discriminate.
  destruct (before i ws) as [known |] eqn:Z0; [| discriminate].
  destruct (is0 (prim (combf known forms))) eqn:Z1; [discriminate |].
  destruct full; [| discriminate]. cbn [andb] in E.
  set (f := combf known forms) in *.
  destruct (refutes ((if last then prim f else neg (prim f)) :: path) fk) eqn:R; [| discriminate].
  assert (ED : dec' = upd i (Some last) dec) by congruence. clear E. rewrite ED. clear ED.
  rewrite prim_is0 in Z1. repeat split.
  - intros j l. rewrite nth_upd. destruct (PeanoNat.Nat.eqb_spec i j) as [<- |]; [| apply P].
    rewrite Ed. intros [= <-]. exists ch, ws, v0, v1, known. auto.
  - destruct dec; trivial.
  - intros x Px K j l ch' ws' known'. rewrite nth_upd.
    destruct (PeanoNat.Nat.eqb_spec i j) as [<- |]; [| apply K].
    rewrite Ed. intros [= <-] Ec' Eb' Ek. rewrite Ec in Ec'. injection Ec' as <-.
    rewrite Eb in Eb'. injection Eb' as <-. rewrite Z0 in Ek. injection Ek as <-.
    intros v N. subst v. fold f in N |- *.
    assert (Q : ~ (0 < ev F (if last then prim f else neg (prim f)) (1 :: x))).
    { intro Q. apply (refutes_sound F _ _ x R). now constructor. }
    destruct (prim_scale F f) as (g & G & S & _). apply (zr_pos F) in G. rewrite S in N |- *.
    destruct last.
    + destruct (lt_total F (ev F (prim f) (1 :: x)) 0) as [[L | L] | L]; [now apply mul_pos_neg | | now destruct Q].
      rewrite L in N. destruct N. ring.
    + destruct (lt_total F (ev F (prim f) (1 :: x)) 0) as [[L | L] | L]; [| | now apply lt_mul].
      * destruct Q. rewrite ev_neg. now apply neg_pos.
      * rewrite L in N. destruct N. ring.
Qed.
Lemma aheads_sound fuel chs dec forms path s dec' t s' :
  aheads full source next fuel chs dec forms path s = Some (dec', t, s') -> planned chs dec forms ->
  hd None dec = None ->
  planned chs dec' forms /\ hd None dec' = None /\
  forall x, positive F path (1 :: x) -> kept chs dec forms (1 :: x) -> kept chs dec' forms (1 :: x).
Proof.
  revert dec s. induction fuel as [| f0 fuel IH]; intros dec s E P H0; cbn [aheads] in E;
    destruct (next s) as [[[] s1] |]; try discriminate; try (injection E as <- <- <-; auto; fail).
  destruct (decide full chs dec forms path steps last fk) as [dec1 |] eqn:D; [| discriminate].
  destruct (decide_sound _ _ _ _ _ _ _ _ D P H0) as (P1 & H1 & K1).
  destruct (IH _ _ E P1 H1) as (P2 & H2 & K2). auto.
Qed.

Lemma ev_point r q x : (0 < q)%Z -> ev F r (1 :: map (fun a => zr a / zr q) x) = zr (dotz r (q :: x)) / zr q.
Proof.
  intro Q. assert (N : zr q <> 0 :> F) by (apply zr_neq0; lia).
  destruct r as [| a r]; cbn [ev dotz]; [simpl (zr 0); now field |].
  rewrite zr_add, zr_mul.
  assert (E : forall x, ev F r (map (fun a => zr a / zr q) x) = zr (dotz r x) / zr q).
  { clear x. induction r as [| b r IH]; intros [| x y]; cbn [map ev dotz]; try (simpl (zr 0); now field).
    rewrite IH, zr_add, zr_mul. now field. }
  rewrite E. now field.
Qed.

Theorem walk_sound chs dec forms path ties s n k s' :
  walk full dim source next chs dec forms path ties s = Some (n, k, s') ->
  planned chs dec forms -> correct chs dec forms path ties n k.
Proof.
  revert dec forms path ties s n k s'.
  induction chs as [| ch chs IH]; intros dec forms path ties s n k s' E P; cbn [walk] in E.
  - (* a cell *)
    destruct (next s) as [[[] s1] |]; try discriminate.
    destruct ((0 <? q)%Z && (length x =? dim)%nat && forallb (fun r => (0 <? dotz r (q :: x))%Z) path) eqn:C; [| discriminate].
    injection E as <- <- <-. apply andb_prop in C. destruct C as [C A]. apply andb_prop in C.
    destruct C as [Q L]. apply Z.ltb_lt in Q. apply PeanoNat.Nat.eqb_eq in L.
    exists [[]]. repeat split.
    + constructor; [easy | constructor].
    + unfold strict_of, tied. cbn. now destruct ties.
    + intros _ x' c _ _ _ H. left. now symmetry.
    + intros c [<- | []]. exists [], (map (fun a => zr a / zr q) x). repeat split.
      * now rewrite map_length.
      * cbn [app]. apply Forall_forall. intros r I. rewrite forallb_forall in A.
        specialize (A r I). apply Z.ltb_lt in A. rewrite ev_point by trivial.
        apply (zr_pos F) in A, Q.
        replace (zr (dotz r (q :: x)) / zr q) with (zr (dotz r (q :: x)) * inv (zr q) : F).
        -- apply lt_mul; trivial. now apply inv_pos.
        -- field. intro Z. rewrite Z in Q. now apply (lt_irrefl F) in Q.
  - destruct (borders ch) as [| b0 bl] eqn:Eb.
    + (* one branch *)
      destruct (IH _ _ _ _ _ _ _ _ E (planned_tail _ _ _ _ _ P)) as (L & A1 & A2 & A3 & A4 & A5).
      exists L. repeat split; trivial.
      * rewrite <- A3. unfold strict_of, tied. cbn [met]. now rewrite Eb.
      * intros Fu x c Px K O C. cbn [met chooses] in O, C. rewrite Eb in O, C.
        apply (A4 Fu x c); trivial. now apply kept_tail with ch.
      * intros c I. destruct (A5 c I) as (new & x & Lx & Px & Q). exists new, x. repeat split; trivial.
        intros y Py K O. cbn [met chooses] in O |- *. rewrite Eb in O |- *.
        apply Q; trivial. now apply kept_tail with ch.
    + destruct (hd None dec) as [last |] eqn:Ed.
      * (* decided ahead *)
        destruct dec as [| d dec]; [discriminate |]. simpl in Ed. subst d.
        destruct (P 0%nat last eq_refl) as (ch' & ws & v0 & v1 & known & B1 & B2 & B3 & B0 & B4).
        injection B1 as <-. rewrite Eb in B2. injection B2 as -> ->.
        rewrite before_0 in B0. injection B0 as <-.
        assert (NE : borders ch <> []) by now rewrite Eb.
        assert (FO : forms_of ch forms = [combf ws forms]) by (unfold forms_of; now rewrite Eb).
        destruct (IH _ _ _ _ _ _ _ _ E (planned_tail _ _ _ _ _ P)) as (L & A1 & A2 & A3 & A4 & A5).
        exists (map (cons (number last)) L). repeat split; trivial.
        -- apply Injective_map_NoDup; trivial. now intros a b [=].
        -- now rewrite map_length.
        -- rewrite <- A3. unfold strict_of. f_equal. clear - B4 NE FO. induction L as [| c L IHL]; trivial.
           cbn [map filter]. unfold tied at 1. rewrite met_cons, FO by trivial. cbn [app existsb].
           rewrite B4. cbn [orb]. fold (tied chs (combf (branch_of ch (number last)) forms :: forms) c).
           destruct (negb (ties || tied chs (combf (branch_of ch (number last)) forms :: forms) c)); cbn [length]; congruence.
        -- intros Fu x [| e c] Px K O C; [cbn [chooses] in C; now rewrite Eb in C |].
           rewrite met_cons, FO in O by trivial. cbn [app] in O.
           apply Forall_cons_iff in O. destruct O as [O1 O2]. destruct O1 as [O1 | O1]; [congruence |].
           assert (V := K 0%nat last ch ws ws eq_refl eq_refl Eb (before_0 ws) O1).
           rewrite chooses_cons, B3, FO in C by trivial.
           assert (Ee : e = number last /\ chooses chs (combf (branch_of ch e) forms :: forms) (1 :: x) c).
           { unfold branch_of. rewrite B3. destruct e as [| [| e]]; cbn [nth_error] in C; [| | now destruct e];
               destruct C as [C C2]; apply Forall_cons_iff in C; destruct C as [C _]; cbn in C; split; trivial.
             - destruct last; trivial. now destruct (lt_not_ge F _ _ V C).
             - destruct last; trivial. destruct (lt_irrefl F 0). now apply lt_trans with (1 := V). }
           destruct Ee as [-> C2]. apply in_map. apply (A4 Fu x c); trivial.
           now apply (kept_tail ch chs (Some last :: dec)).
        -- intros c I. apply in_map_iff in I. destruct I as (c' & <- & I).
           destruct (A5 c' I) as (new & x & Lx & Px & Q). exists new, x. repeat split; trivial.
           intros y Py K O. rewrite met_cons, FO in O by trivial. cbn [app] in O.
           apply Forall_cons_iff in O. destruct O as [O1 O2]. destruct O1 as [O1 | O1]; [congruence |].
           assert (V := K 0%nat last ch ws ws eq_refl eq_refl Eb (before_0 ws) O1).
           rewrite chooses_cons, B3, FO by trivial.
           assert (C2 := Q y Py (kept_tail ch chs (Some last :: dec) forms _ _ P K) O2).
           unfold branch_of in C2. rewrite B3 in C2. destruct last; cbn in C2 |- *; split; trivial;
             (constructor; [| constructor]); cbn; [exact V | now left].
      * (* a node *)
        destruct (aheads full source next (ch :: chs) (ch :: chs) dec forms path s)
          as [[[dec' t] s1] |] eqn:EA; [| discriminate].
        destruct (aheads_sound _ _ _ _ _ _ _ _ _ EA P Ed) as (P' & _ & K').
        rewrite <- Eb in E. cbv zeta in E.
        set (bs := map (fun ws => prim (combf ws forms)) (borders ch)) in E.
        destruct (marks_of t _) as [marks |]; [| discriminate].
        assert (NE : borders ch <> []) by now rewrite Eb.
        destruct (follow_sound ch chs dec' forms path ties
          (fun value path' => walk full dim source next chs (tl dec') (combf value forms :: forms) path'
             (ties || existsb is0 bs)) P') with (brs := branches ch) (earlier := @nil (weights * sides))
             (marks := marks) (s := s1) (n := n) (k := k) (s' := s') as (L & A1 & A2 & A3 & A4 & A5 & A6); trivial.
        -- intros value path' s2 n2 k2 s3 W. apply (IH _ _ _ _ _ _ _ _ W).
           now apply planned_tail with ch.
        -- exists L. repeat split; trivial.
           ++ intros Fu x [| e c] Px K O C; [cbn [chooses] in C; now rewrite Eb in C |].
              apply (A5 Fu x e c); trivial; [simpl; lia | now apply K'].
           ++ intros c I. destruct (A6 c I) as (new & x & Lx & Px & Q). exists new, x.
              repeat split; trivial. intros y Py K. apply Q; trivial. apply K'; trivial.
              apply positive_app in Py. apply Py.
Qed.
End Meaning.
