(** The networks that statements name: two shared 2x2 filters on a 3x3 input, as a certificate states
    them, and the network of the front page. *)
From Coq Require Import ZArith QArith List.
From Crease Require Import OField Network.
Import ListNotations.
Open Scope nat_scope.

Definition unit_line (b : Q) (w : Q * Q * Q * Q) (corner : nat) : line :=
  let '(w0, w1, w2, w3) := w in
  Sum (filter (fun t => negb (Qeq_bool (snd t) 0))
    [(0, b); (1 + corner, w0); (2 + corner, w1); (4 + corner, w2); (5 + corner, w3)]).
(** [u], [v]: the filters; [bu], [bv]: a bias for each of the 8 units. *)
Definition two_filters_net (u v bu bv : Q * Q * Q * Q) : list line :=
  let four b w := let '(b0, b1, b2, b3) := b in
    [unit_line b0 w 0; unit_line b1 w 1; unit_line b2 w 3; unit_line b3 w 4] in
  four bu u ++ four bv v ++ map Relu (seq 10 8).

(** The filters 1, 2, 3, 5 with bias 1 and 2, 7, 1, 4 with bias -1, and the sum of the 8 units. *)
Definition front_page : list line :=
  two_filters_net (1, 2, 3#1, 5#1)%Q (2, 7#1, 1, 4#1)%Q (1, 1, 1, 1)%Q (-1#1, -1#1, -1#1, -1#1)%Q
  ++ [Sum (map (fun i => (i, 1%Q)) (seq 18 8))].
