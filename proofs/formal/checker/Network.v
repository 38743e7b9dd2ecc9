(** Networks as certificates state them, and what an activation region is. With the record of
    [OField] this is the whole specification: what [Sound] proves is said in these words.

    A network computes values in order; value 0 is the number 1 and values 1 to d are its inputs.
    Numbers of the statement are rational; points have coordinates in any ordered field [F]. *)
From Coq Require Import ZArith QArith List Bool Lia Field.
From Crease Require Import OField.
Import ListNotations.
Open Scope nat_scope.

(** ** The statement of a certificate *)
Inductive line :=
  | Sum (terms : list (nat * Q))                       (* [sum I:NUMBER...] *)
  | Bend (i : nat) (at0 first : Q) (rest : list (Q * Q)) (* [bend I AT FIRST (POINT SLOPE)...] *)
  | Max (is : list nat).                               (* [max I...] *)
Definition Relu i := Bend i 0 0 [(0, 1)]%Q.

(** ** What it means *)
Section Network.
Variable F : ofield.
Open Scope of_scope.
Add Field Ff : (is_field F).

(** Values are kept newest first; value 0 is the number 1, values 1 to d are the inputs. *)
Definition val (vs : list F) (i : nat) : F := nth (length vs - S i) vs 0.
Definition lin (ts : list (nat * Q)) (vs : list F) : F :=
  fold_right (fun t acc => qr (snd t) * val vs (fst t) + acc) 0 ts.
Definition relu (y : F) : F := if lt_or_ge F 0 y then y else 0.
(** The continuous function that is [at0] at 0, with slope [first] and, after each point, the slope given. *)
Fixpoint kinks (m : Q) (rest : list (Q * Q)) (y : F) : F :=
  match rest with
  | [] => 0
  | (b, m') :: rest' => qr (m' - m) * (relu (y - qr b) - relu (0 - qr b)) + kinks m' rest' y
  end.
Definition bend (at0 first : Q) (rest : list (Q * Q)) (y : F) : F :=
  qr at0 + qr first * y + kinks first rest y.
(** On a kink the left piece counts. *)
Fixpoint piece (rest : list (Q * Q)) (y : F) : nat :=
  match rest with
  | [] => O
  | (b, _) :: rest' => if lt_or_ge F (qr b) y then S (piece rest' y) else O
  end.
(** Of equal entries the first counts. *)
Fixpoint greatest (v : F) (vs : list F) : nat * F :=
  match vs with
  | [] => (O, v)
  | w :: vs' => let (j, m) := greatest w vs' in if lt_or_ge F v m then (S j, m) else (O, v)
  end.
Definition first_greatest (vs : list F) : nat * F :=
  match vs with [] => (O, 0) | v :: vs' => greatest v vs' end.

Definition value_of (l : line) (vs : list F) : F :=
  match l with
  | Sum ts => lin ts vs
  | Bend i at0 first rest => bend at0 first rest (val vs i)
  | Max is => snd (first_greatest (map (val vs) is))
  end.
Definition branch (l : line) (vs : list F) : nat :=
  match l with
  | Sum _ => O
  | Bend i _ _ rest => piece rest (val vs i)
  | Max is => fst (first_greatest (map (val vs) is))
  end.
Definition pairs (n : nat) : list (nat * nat) :=
  flat_map (fun s => map (fun f => (f, s)) (seq 0 s)) (seq 0 n).
(** What decides: a kink less the value, an entry less a later one. *)
Definition borders_of (l : line) (vs : list F) : list F :=
  match l with
  | Sum _ => []
  | Bend i _ _ rest => map (fun bm => qr (fst bm) - val vs i) rest
  | Max is => map (fun fs => val vs (nth (fst fs) is O) - val vs (nth (snd fs) is O)) (pairs (length is))
  end.
Definition chosen (l : line) : bool :=
  match l with Sum _ => false | Bend _ _ _ rest => (0 <? length rest)%nat | Max is => (1 <? length is)%nat end.

(** The branches taken, and the borders, of all values that have more than one branch. *)
Fixpoint run (net : list line) (vs : list F) : list nat :=
  match net with
  | [] => []
  | l :: net' =>
      let c := run net' (value_of l vs :: vs) in if chosen l then branch l vs :: c else c
  end.
Fixpoint all_borders (net : list line) (vs : list F) : list F :=
  match net with
  | [] => []
  | l :: net' => borders_of l vs ++ all_borders net' (value_of l vs :: vs)
  end.
Definition start (x : list F) : list F := rev (1 :: x).
Definition choices (net : list line) (x : list F) : list nat := run net (start x).

Definition inside (box : list (Q * Q)) (x : list F) : Prop :=
  box = [] \/ Forall2 (fun ends v => qr (fst ends) < v /\ v < qr (snd ends)) box x.

(** All coordinates differ by less than [e]. *)
Definition near (e : F) (x y : list F) := Forall2 (fun a b => a < b + e /\ b < a + e) x y.

(** An activation region is the set of points of the box where the choices are the same; it is
    full-dimensional if it holds all points near one, and strict if no border vanishes on all of it. *)
Definition region (d : nat) box net c (x : list F) : Prop :=
  length x = d /\ inside box x /\ choices net x = c.
Definition full_dimensional (d : nat) box net c : Prop :=
  exists x e, length x = d /\ 0 < e /\ forall y, near e x y -> region d box net c y.
Definition strict (d : nat) box net c : Prop :=
  forall j, (exists x, region d box net c x /\ (j < length (all_borders net (start x)))%nat) ->
  exists x, region d box net c x /\ nth j (all_borders net (start x)) 0 <> 0.
End Network.
Arguments near {F} _ _ _.

