(** The theorems, each named as the claim of the catalogue that it proves, but for [regions_exist] and
    [toeplitz_widths], which say that the words are not empty. The words are those of
    [Specification] and of MathComp; what a statement adds to its claim, or leaves out, is said
    above it. All other files are only proofs. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Crease Require Import Specification.
From Crease Require Gordan TwoFilters BoxDeficit Regions Layers Perceptron Channels Filters Factorization
  Lines Pieces General.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** regions/commutator_identity: over any commutative ring, filters of any size. The input has no
    border here; the units read [(2 f1 - 1) x (2 f2 - 1)] of it. *)
Theorem commutator_identity (R : comRingType) f1 f2 (u v : filter R f1 f2) (bu bv : R) x :
  weighted v (unit_at u bu x) - weighted u (unit_at v bv x) = bu * taps v - bv * taps u.
Proof. exact: TwoFilters.commutator_of_filters. Qed.

(** regions/two_shared_filters: strict sign patterns of the 8 units, over any ordered domain, with
    a bias of its own at each unit (so one for each filter, too). *)
Theorem two_shared_filters (R : realDomainType) (u v b c : 'I_2 -> 'I_2 -> R) :
  at_most (fun s : {ffun bool * ('I_2 * 'I_2) -> bool} =>
    exists x : nat -> nat -> R, forall i j,
      let side (positive : bool) z := if positive then 0 < z else z < 0 in
      side (s (true, (i, j))) (unit_at u (b i j) x i j) /\
      side (s (false, (i, j))) (unit_at v (c i j) x i j)) 255.
Proof. exact: TwoFilters.at_most_255. Qed.

(** regions/box_deficit: every one of the [4 ^ (f1 f2)] sets of units can be matched with inputs, so
    the published formula R_N, which asks for Hall's condition, counts it; and all but one have
    independent rows: the deficit is one. A common factor that
    contains the second variable shows at every value of the first where the slices have full degree;
    without one the resultant is not zero, and almost every value will do. So [no_common_factor] is
    the claim's hypothesis; the claim decides it likewise, by full degree of one of the two. That the maximal number of regions
    is also one less, step 5 of the claim's note, is a corollary of the note, not part of the claim, nor proved here. *)
Theorem box_deficit (R : realFieldType) f1 f2 (u v : filter R f1 f2) :
  (1 < f1)%N -> (1 < f2)%N -> (forall k l, u k l != 0 /\ v k l != 0) -> no_common_factor u v ->
  number (@matched f1 f2) (4 ^ (f1 * f2)) /\
  number (independent_units u v) (4 ^ (f1 * f2)).-1.
Proof. exact: BoxDeficit.box_deficit. Qed.

(** regions/zaslavsky_bound: regions (R2) of a layer, with weights and biases of any kind, zero
    normals and units that vanish everywhere among them. *)
Theorem zaslavsky_bound (R : realFieldType) n (A : seq (form R n)) m :
  number (is_region A) m -> (m <= choose_up_to (size A) n)%N.
Proof. exact: Regions.zaslavsky_bound. Qed.

(** regions/general_position: in one dimension or more, as in the claim. *)
Theorem general_position (R : realFieldType) n (A : seq (form R n.+1)) m :
  number (is_region A) m ->
  (m = choose_up_to (size A) n.+1 <-> Specification.general_position A).
Proof. exact: General.general_position_attains. Qed.

(** regions/deletion_restriction: [h] is the hyperplane H, [A] the others; the claim asks for two
    dimensions at least, which is not needed. Forms of [A] may be constant: they cut nothing. *)
Theorem deletion_restriction (R : realFieldType) n (h : form R n) (A : seq (form R n)) m k l :
  h.1 != 0 -> (forall f, f \in A -> ~ same_hyperplane f h) ->
  number (is_region (h :: A)) m -> number (is_region A) k -> number (is_region_on h A) l ->
  m = (k + l)%N.
Proof. exact: Regions.deletion_restriction. Qed.

(** regions/one_more_unit: the unit comes first here, last in the claim. *)
Theorem one_more_unit (R : realFieldType) n (h : form R n) (A : seq (form R n)) m k :
  number (is_region (h :: A)) m -> number (is_region A) k -> (m <= 2 * k)%N.
Proof. exact: Regions.one_more_unit. Qed.

(** Every layer has a number of regions, so that these statements are about something. *)
Theorem regions_exist (R : realFieldType) n (A : seq (form R n)) :
  exists m, number (is_region A) m.
Proof. exact: Regions.regions_exist. Qed.

(** depth/smallest_width_upper_bound: of activation patterns that occur anywhere, so also of those
    whose points are a full-dimensional set, which the claim counts. *)
Theorem smallest_width_upper_bound (R : realFieldType) n (N : net R n) :
  at_most (fun s => exists x, activation N x = s) (smallest_width_bound n (widths N)).
Proof. exact: Layers.smallest_width_upper_bound. Qed.

(** perceptron/separable_or_not: exactly one of the two, and which, in any dimension and for any
    number of samples. *)
Theorem separable_or_not (R : realFieldType) n (zs : seq 'rV[R]_n) :
  let separated := exists w, forall z, z \in zs -> 0 < dot w z in
  let combined := exists c : seq R, [/\ size c = size zs, all (fun t => 0 <= t) c,
    \sum_(t <- c) t = 1 & combination c zs = 0] in
  (separated \/ combined) /\ ~ (separated /\ combined).
Proof. exact: Gordan.exactly_one. Qed.

(** perceptron/mistake_bound: [radius] is the claim's R², any bound of the squared lengths, not
    only a square. For any sequence of samples, in any order and with repetitions, so for any number
    of the claim's rounds. Divided by the squared margin it is the claim's bound. *)
Theorem mistake_bound (R : realFieldType) n (u : 'rV[R]_n) (margin radius : R) zs :
  0 < margin -> 0 <= radius ->
  (forall z, z \in zs -> margin <= dot u z /\ dot z z <= radius) ->
  (mistakes 0 zs)%:R * margin ^+ 2 <= radius * dot u u.
Proof. exact: Perceptron.mistake_bound. Qed.

(** perceptron/xor_no_threshold: a unit fires where its value is positive; on some bit pair that is
    not the exclusive or. *)
Theorem xor_no_threshold (R : realFieldType) (w1 w2 b : R) :
  exists x y : bool, (0 < w1 * x%:R + w2 * y%:R + b) != (x (+) y).
Proof. exact: Perceptron.xor_no_threshold. Qed.

(** perceptron/xor_one_relu_unit. *)
Theorem xor_one_relu_unit (R : realFieldType) (v w1 w2 b c : R) :
  exists x y : bool, 2%:R^-1 <= `|v * relu (w1 * x%:R + w2 * y%:R + b) + c - (x (+) y)%:R|.
Proof. exact: Perceptron.xor_one_relu_unit. Qed.

(** symmetry/channel_rescaling: the inputs of the layer are what an arbitrary network made, and an
    arbitrary one may read the outputs; convolutions, padding, strides, groups and dense layers are
    choices of [patch], pools and activations of [between], residual paths go into [rest]. *)
Theorem channel_rescaling (R : realFieldType) (X : Type) (C K S T O : finType)
    (patch : X -> S -> K -> R) (w : C -> K -> R) (b : C -> S -> R)
    (between : C -> {ffun S -> R} -> T -> R) (v : C -> O -> T -> R) (rest : X -> O -> R)
    (c : C) (a : R) (x : X) (o : O) :
  0 < a ->
  (forall (h : {ffun S -> R}) t, between c [ffun s => a * h s] t = a * between c h t) ->
  channel_net patch (at_channel c (fun k => a * w c k) w) (at_channel c (fun s => a * b c s) b)
    between (at_channel c (fun o t => v c o t / a) v) rest x o =
  channel_net patch w b between v rest x o.
Proof. exact: Channels.channel_rescaling. Qed.

(** convolution/toeplitz_product: over any commutative ring; filters of degree at most [s], the
    first of [ws] first, and their product in any order [vs]. *)
Theorem toeplitz_product (R : comRingType) (d s : nat) (ws vs : seq {poly R}) :
  all (fun w : {poly R} => size w <= s.+1)%N ws -> perm_eq ws vs ->
  chain d s ws = toeplitz (width_after d s ws) d (\prod_(w <- vs) w).
Proof. exact: Filters.toeplitz_product. Qed.

(** The widths are those of the claim. *)
Theorem toeplitz_widths (R : ringType) (d s : nat) (ws : seq {poly R}) :
  width_after d s ws = (d + size ws * s)%N.
Proof. exact: Filters.width_afterE. Qed.

(** convolution/factorization: over any real closed field, the reals among them. A filter with
    [s + 1] taps is a polynomial of size at most [s + 1]; the zero filter is one. *)
Theorem factorization (R : rcfType) (M s : nat) (W : {poly R}) : (2 <= s)%N -> (size W <= M.+1)%N ->
  exists ws : seq {poly R}, [/\ all (fun w : {poly R} => size w <= s.+1)%N ws,
    W = \prod_(w <- ws) w & (size ws <= maxn 1 (ceil_div M s.-1))%N].
Proof. exact: Factorization.factorization. Qed.

(** depth/line_pieces: any read-out, of which the claim's sum is one. *)
Theorem line_pieces (R : realFieldType) (w : nat) (ws : seq nat) (N : net R 1) :
  widths N = w :: ws -> all (leq 1) (w :: ws) ->
  pieces_at_most (fun x => value N (const_mx x)) (2 ^ size ws * (w.+1 * \prod_(v <- ws) v)).
Proof. exact: Pieces.line_pieces. Qed.

(** depth/sawtooth_pieces: the network of the claim, with [p] units in a layer that folds [p] times;
    pieces (R4) between 0 and 1. *)
Theorem sawtooth_pieces (R : realFieldType) ps : all (leq 1) ps ->
  widths (sawtooth R ps) = ps /\
  pieces_are 0 1 (fun x => value (sawtooth R ps) (const_mx x)) (\prod_(p <- ps) p).
Proof. exact: Lines.sawtooth_pieces. Qed.
