(** The checker of region certificates: it turns a network into choices between integer forms,
    leaves out what is never read, and walks the tree with them. [Sound] proves it, [Extract] makes a
    program of it. *)
From Coq Require Import ZArith QArith List Bool Lia Field.
From Crease Require Import OField Network Forms Tree.
Import ListNotations.
Open Scope nat_scope.

(** ** The checker: choices with rational weights, then with integers *)
Record qchoice := { qborders : list (list (nat * Q)); qbranches : list (list (nat * Q) * sides) }.

Definition qrelu (q : Q) : Q := if Qle_bool q 0 then 0%Q else q.
Fixpoint offset (m : Q) (rest : list (Q * Q)) : Q :=
  match rest with [] => 0 | (b, m') :: rest' => Qred ((m' - m) * qrelu (- b) + offset m' rest') end%Q.
Fixpoint pieces (a m : Q) (rest : list (Q * Q)) : list (Q * Q) :=
  (a, m) :: match rest with [] => [] | (b, m') :: rest' => pieces (Qred (a - (m' - m) * b)) m' rest' end%Q.
Fixpoint increasing (rest : list (Q * Q)) : bool :=
  match rest with
  | (b, _) :: (((b', _) :: _) as rest') => negb (Qle_bool b' b) && increasing rest'
  | _ => true
  end.
Definition bend_sides (k e : nat) : sides :=
  match e with O => [] | S p => [(p, false)] end ++ (if (e <? k)%nat then [(e, true)] else []).
Definition max_sides (n e : nat) : sides :=
  flat_map (fun t => let '(i, (f, s)) := t in
      if (f =? e)%nat then [(i, true)] else if (s =? e)%nat then [(i, false)] else [])
    (combine (seq 0 (length (pairs n))) (pairs n)).
Definition qline (l : line) : option qchoice :=
  match l with
  | Sum ts => Some {| qborders := []; qbranches := [(ts, [])] |}
  | Bend i at0 first rest =>
      if increasing rest then
        let ps := pieces (Qred (at0 - offset first rest)) first rest in
        Some {| qborders := map (fun bm => [(O, fst bm); (i, (-1)%Q)]) rest;
                qbranches := map (fun t => ([(O, fst (snd t)); (i, snd (snd t))], bend_sides (length rest) (fst t)))
                                 (combine (seq 0 (length ps)) ps) |}
      else None
  | Max is =>
      match is with
      | [] => None
      | _ => Some {| qborders := map (fun fs => [(nth (fst fs) is O, 1%Q); (nth (snd fs) is O, (-1)%Q)]) (pairs (length is));
                     qbranches := map (fun t => ([(snd t, 1%Q)], max_sides (length is) (fst t)))
                                      (combine (seq 0 (length is)) is) |}
      end
  end.

(** Form [v] is a positive multiple of value [v]: [scales] are the factors, newest first. *)
Fixpoint add_at (pos : nat) (k : Z) (ws : weights) : weights :=
  match ws with
  | [] => [(pos, k)]
  | (gap, w) :: t =>
      if (pos <? gap)%nat then (pos, k) :: ((gap - S pos)%nat, w) :: t
      else if (pos =? gap)%nat then (gap, (w + k)%Z) :: t
      else (gap, w) :: add_at (pos - S gap) k t
  end.
Fixpoint clear (scales : list Z) (s : Z) (ts : list (nat * Q)) : option weights :=
  match ts with
  | [] => Some []
  | (i, q) :: ts' =>
      if (i <? length scales)%nat then
        let pos := (length scales - S i)%nat in
        let num := (s * Qnum q)%Z in
        let den := (nth pos scales 1 * Zpos (Qden q))%Z in
        let k := (num / den)%Z in
        if (k * den =? num)%Z then
          match clear scales s ts' with
          | None => None
          | Some ws => Some (if (k =? 0)%Z then ws else add_at pos k ws)
          end
        else None
      else None
  end.
Definition scale_of (scales : list Z) (ts : list (nat * Q)) : Z :=
  fold_right (fun t acc => let den := (nth (length scales - S (fst t)) scales 1 * Zpos (Qden (snd t)))%Z in
    Z.lcm (den / Z.gcd (Qnum (snd t)) den) acc) 1%Z ts.
Fixpoint map_opt {A B} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: l' => match f a, map_opt f l' with Some b, Some m => Some (b :: m) | _, _ => None end
  end.
Definition clear_border scales ts :=
  let s := scale_of scales ts in if (0 <? s)%Z then clear scales s ts else None.
Definition clear_branch scales s (b : list (nat * Q) * sides) :=
  match clear scales s (fst b) with None => None | Some ws => Some (ws, snd b) end.
Definition clear_choice (scales : list Z) (q : qchoice) : option (choice * Z) :=
  let s := fold_right (fun b acc => Z.lcm (scale_of scales (fst b)) acc) 1%Z (qbranches q) in
  if (0 <? s)%Z then
    match map_opt (clear_border scales) (qborders q), map_opt (clear_branch scales s) (qbranches q) with
    | Some bs, Some brs => Some ({| borders := bs; branches := brs |}, s)
    | _, _ => None
    end
  else None.
Fixpoint compile (scales : list Z) (net : list line) : option (list choice) :=
  match net with
  | [] => Some []
  | l :: net' =>
      match qline l with
      | None => None
      | Some q =>
          match clear_choice scales q with
          | None => None
          | Some (ch, s) => match compile (s :: scales) net' with None => None | Some chs => Some (ch :: chs) end
          end
      end
  end.
(** What comes after the last choice decides nothing. *)
Fixpoint trim (chs : list choice) : list choice :=
  match chs with
  | [] => []
  | ch :: chs' => match trim chs', borders ch with [], [] => [] | chs'', _ => ch :: chs'' end
  end.

(** What nothing reads need not be computed. Which values are read, the newest first: *)
Fixpoint mark_after (gap : nat) (others : list bool -> list bool) (read : list bool) : list bool :=
  match gap with
  | O => true :: others (tl read)
  | S g => hd false read :: mark_after g others (tl read)
  end.
Fixpoint mark (ws : weights) (read : list bool) : list bool :=
  match ws with [] => read | (gap, _) :: ws' => mark_after gap (mark ws') read end.
Fixpoint prune (chs : list choice) : list choice * list bool :=
  match chs with
  | [] => ([], [])
  | ch :: chs' =>
      let (pruned, read) := prune chs' in
      let brs := if hd false read then branches ch else map (fun b => ([], snd b)) (branches ch) in
      ({| borders := borders ch; branches := brs |} :: pruned,
       fold_right mark (tl read) (borders ch ++ map fst brs))
  end.

Definition unit_form (j : nat) : form := repeat 0%Z j ++ [1%Z].
Definition input_forms (d : nat) : list form := rev (map unit_form (seq 0 (S d))).
Fixpoint box_rows (j : nat) (box : list (Q * Q)) (acc : list form) : list form :=
  match box with
  | [] => acc
  | (lo, hi) :: box' =>
      box_rows (S j) box'
        (prim (Qnum hi :: repeat 0%Z j ++ [Zneg (Qden hi)])
         :: prim ((- Qnum lo)%Z :: repeat 0%Z j ++ [Zpos (Qden lo)]) :: acc)
  end.

Definition check {source} (full : bool) (d : nat) (box : list (Q * Q)) (net : list line)
    (next : source -> option (token * source)) (s : source) : answer source :=
  if match box with [] => true | _ => (length box =? d)%nat end then
    match compile (repeat 1%Z (S d)) net with
    | None => None
    | Some chs =>
        let chs := fst (prune (trim chs)) in
        walk full d source next chs (map (fun _ => None) chs) (input_forms d) (box_rows 0 box []) false s
    end
  else None.
