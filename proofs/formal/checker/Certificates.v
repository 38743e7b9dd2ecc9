(** What is proved of certificates of regions. The words are those of [OField] and [Network];
    [two_filters_net] is in [TwoFiltersNet], [net] in [Postcard]. *)
From Coq Require Import ZArith QArith List.
From Crease Require Import OField Network Forms Tree Check.
From Crease Require Sound TwoFiltersNet Postcard.
Import ListNotations.

(** A certificate that the checker accepts with the answer [n] and [k] shows, over every ordered
    field, that exactly [n] activation regions are full-dimensional, and that [k] of them are
    strict. [regions-at-least] ([full] false) shows that there are as many at least. *)
Theorem region_certificate (F : ofield) (source : Type) (full : bool) d box net
    (next : source -> option (token * source)) (s s' : source) n k :
  check full d box net next s = Some (n, k, s') ->
  exists regions stricts : list (list nat),
    NoDup regions /\ Z.of_nat (length regions) = n /\
    (forall c, In c regions -> full_dimensional F d box net c) /\
    (full = true -> forall c, full_dimensional F d box net c -> In c regions) /\
    NoDup stricts /\ Z.of_nat (length stricts) = k /\
    (forall c, In c stricts -> full_dimensional F d box net c /\ strict F d box net c) /\
    (full = true -> forall c, full_dimensional F d box net c -> strict F d box net c -> In c stricts).
Proof. apply Sound.check_sound. Qed.

(** Two shared 2x2 filters on a 3x3 input, with any bias at each of the 8 units, as a certificate
    states them, have at most 255 regions, over every ordered field and in every box. *)
Theorem two_shared_filters_net (F : ofield) u v bu bv box (regions : list (list nat)) :
  NoDup regions ->
  (forall c, In c regions -> full_dimensional F 9 box (TwoFiltersNet.two_filters_net u v bu bv) c) ->
  (length regions <= 255)%nat.
Proof. apply TwoFiltersNet.two_shared_filters_net. Qed.

(** The network of the front page has exactly 255. *)
Theorem front_page_255 (F : ofield) : exists regions : list (list nat),
  NoDup regions /\ Z.of_nat (length regions) = 255%Z /\
  forall c, In c regions <-> full_dimensional F 9 Postcard.box Postcard.net c.
Proof. apply Postcard.two_shared_filters_255. Qed.

(** That network is one of those above, read by a sum. *)
Theorem front_page_net :
  Postcard.net = (TwoFiltersNet.two_filters_net (1, 2, 3#1, 5#1) (2, 7#1, 1, 4#1)
    (1, 1, 1, 1) (-1#1, -1#1, -1#1, -1#1) ++ [Sum (map (fun i => (i, 1)) (seq 18 8))])%Q.
Proof. reflexivity. Qed.
