(** What is proved of certificates. The words are those of [OField], [Network], and the first
    parts of [Facts], [LinearRange] and [Spline]; [check] is the program of [Check], its tokens are those of [Tree], the others are in the files of
    the words; [two_filters_net] and [front_page] are in [Nets]. *)
From Coq Require Import ZArith QArith List.
From Crease Require Import OField Network Forms Tree Check Nets Facts LinearRange Spline.
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

(** Some affine form (linear, if [affine] is false) has every point strictly on its side of zero, or
    none has, over every ordered field. *)
Theorem separation_certificate (F : ofield) separable affine points evidence :
  check_separation separable affine points evidence = true ->
  if separable then exists w, separates F affine points w else ~ exists w, separates F affine points w.
Proof. apply Facts.separation_sound. Qed.

(** [count] filters of [s + 1] taps at most have a product whose coefficients differ from the target's
    by [residual] at most, in sum; with the residual 0 it is the target. *)
Theorem factorization_certificate (F : ofield) target s count residual filters :
  check_factorization target s count residual filters = true ->
  exists fs : list (list F), length fs = count /\ Forall (fun f => (length f <= S s)%nat) fs /\
    (distance F (map qr target) (product_in F fs) <= qr residual)%O.
Proof. apply Facts.factorization_sound. Qed.

(** At every point of the closed box, over every ordered field, the network of these layers is the stated
    affine function and the ridges. *)
Theorem linear_range_certificate (F : ofield) box layers readout affine ridges states :
  check_linear_range box layers readout affine ridges states = true -> forall x, in_range F box x ->
  layers_at F layers readout x = (value_at F affine x + ridges_at F ridges x)%O.
Proof. apply LinearRange.linear_range_sound. Qed.

(** The least variation of slope of all continuous piecewise linear functions through the points:
    [a + b x + sum c relu(x - t)] with finitely many knots [t]. *)
Theorem interpolation_certificate (F : ofield) points value slope knots dual :
  check_interpolation points value slope knots dual = true ->
  (exists a b ks, through F points a b ks /\ variation F ks = qr value) /\
  (forall a b ks, through F points a b ks -> (qr value <= variation F ks)%O).
Proof. apply Spline.interpolation_sound. Qed.

(** The least of half the squared differences and [lambda] times the variation, over all such functions, is
    [upper] at most and [lower] at least. *)
Theorem penalised_certificate (F : ofield) points lambda lower upper values dual :
  check_penalised points lambda lower upper values dual = true ->
  (exists a b ks, (objective F points lambda a b ks <= qr upper)%O) /\
  (forall a b ks, (qr lower <= objective F points lambda a b ks)%O).
Proof. apply Spline.penalised_sound. Qed.

(** Two shared 2x2 filters on a 3x3 input, with any bias at each of the 8 units, as a certificate
    states them, have at most 255 regions, over every ordered field and in every box. *)
Theorem two_shared_filters_net (F : ofield) u v bu bv box (regions : list (list nat)) :
  NoDup regions ->
  (forall c, In c regions -> full_dimensional F 9 box (two_filters_net u v bu bv) c) ->
  (length regions <= 255)%nat.
Proof. apply TwoFiltersNet.two_shared_filters_net. Qed.

(** The network of the front page has exactly 255, on the whole space. *)
Theorem front_page_255 (F : ofield) : exists regions : list (list nat),
  NoDup regions /\ Z.of_nat (length regions) = 255%Z /\
  forall c, In c regions <-> full_dimensional F 9 [] front_page c.
Proof. apply Postcard.two_shared_filters_255. Qed.
