(** What the theorems speak of. Everything that a statement of [Claims] uses is defined here or in
    MathComp: this file and the statements are all that has to be read.

    [R] is any ordered field: the rationals, the reals, or another. A vector is a row. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Counting *)

(** Exactly [k] things have the property [P]. *)
Definition number (T : eqType) (P : T -> Prop) (k : nat) : Prop :=
  exists L : seq T, [/\ uniq L, size L = k & forall t, t \in L <-> P t].

(** At most [k] things have the property [P]. *)
Definition at_most (T : eqType) (P : T -> Prop) (k : nat) : Prop :=
  forall L : seq T, uniq L -> (forall t, t \in L -> P t) -> (size L <= k)%N.

(** ** Hyperplanes: one fully connected layer *)
Section Hyperplanes.
Variables (R : realFieldType) (n : nat).

Definition dot (u v : 'rV[R]_n) : R := \sum_i u 0 i * v 0 i.

(** An affine form: normal and offset. *)
Definition form := ('rV[R]_n * R)%type.
Definition ev (f : form) (x : 'rV[R]_n) : R := dot f.1 x + f.2.

(** The activation pattern at [x]: which units are positive. *)
Definition pattern (A : seq form) (x : 'rV[R]_n) : seq bool := [seq 0 < ev f x | f <- A].

(** The open box around [x] with half side [e]. *)
Definition near (e : R) (x y : 'rV[R]_n) : Prop := forall i, `|y 0 i - x 0 i| < e.

(** A set that contains a box. *)
Definition full_dimensional (P : 'rV[R]_n -> Prop) : Prop :=
  exists x e, 0 < e /\ forall y, near e x y -> P y.

(** The regions of a layer (R2): the patterns whose points are a full-dimensional set. *)
Definition is_region (A : seq form) (s : seq bool) : Prop :=
  full_dimensional (fun x => pattern A x = s).

(** The same on the hyperplane of [h]: patterns of all points of it near one of them. *)
Definition is_region_on (h : form) (A : seq form) (s : seq bool) : Prop :=
  exists x e, [/\ 0 < e, ev h x = 0 & forall y, near e x y -> ev h y = 0 -> pattern A y = s].

(** [f] and [h] vanish on the same hyperplane. *)
Definition same_hyperplane (f h : form) : Prop := exists2 c : R, c != 0 & f = (c *: h.1, c * h.2).

(** A linear combination of a sequence of vectors. *)
Definition combination (c : seq R) (a : seq 'rV[R]_n) : 'rV[R]_n := \sum_(t <- zip c a) t.1 *: t.2.
Definition independent (a : seq 'rV[R]_n) : Prop :=
  forall c, size c = size a -> combination c a = 0 -> all (fun t => t == 0) c.

(** Any at most [n] normals are independent, and no [n + 1] hyperplanes share a point. *)
Definition general_position (A : seq form) : Prop :=
  (forall B, subseq B A -> (size B <= n)%N -> independent [seq f.1 | f <- B]) /\
  (forall B, subseq B A -> size B = n.+1 -> ~ exists x, all (fun f => ev f x == 0) B).
End Hyperplanes.

(** The number of sets of at most [n] of [m] things. *)
Definition choose_up_to (m n : nat) : nat := \sum_(i < n.+1) 'C(m, i).
(** [a / b], rounded up. *)
Definition ceil_div (a b : nat) : nat := (a + b.-1) %/ b.

(** ** Layers of ReLU units *)
Section Networks.
Variable R : realFieldType.
Definition relu (y : R) : R := Num.max 0 y.

(** A network with [n] inputs: hidden layers of ReLU units, and a linear output. *)
Inductive net : nat -> Type :=
  | Output n (v : 'rV[R]_n) (c : R) : net n
  | Layer n m (W : 'M[R]_(n, m)) (b : 'rV[R]_m) (rest : net m) : net n.

Definition units n m (W : 'M[R]_(n, m)) (b : 'rV[R]_m) (x : 'rV[R]_n) : 'rV[R]_m := x *m W + b.

Fixpoint value n (N : net n) : 'rV[R]_n -> R :=
  match N with
  | Output _ v c => fun x => dot v x + c
  | Layer _ _ W b rest => fun x => value rest (map_mx relu (units W b x))
  end.
(** Which units are positive, layer by layer. *)
Fixpoint activation n (N : net n) : 'rV[R]_n -> seq (seq bool) :=
  match N with
  | Output _ _ _ => fun _ => [::]
  | Layer _ _ W b rest => fun x =>
      let z := units W b x in
      codom (fun i => 0 < z 0 i) :: activation rest (map_mx relu z)
  end.
(** The numbers of units, first layer first. *)
Fixpoint widths n (N : net n) : seq nat :=
  match N with
  | Output _ _ _ => [::]
  | Layer _ m _ _ rest => m :: widths rest
  end.
End Networks.

(** The product over the layers of [choose_up_to n_l m_l], where [m_l] is the smallest width
    before layer [l], inputs included; [d] is the smallest so far. *)
Fixpoint smallest_width_bound (d : nat) (ns : seq nat) : nat :=
  if ns is n :: ns' then (choose_up_to n d * smallest_width_bound (minn d n) ns')%N else 1.

(** ** Pieces of functions on a line *)
Section Pieces.
Variable R : realFieldType.

(** [f] is affine between [x] and [y]. *)
Definition affine_between (f : R -> R) (x y : R) : Prop :=
  forall z, x <= z <= y -> (f z - f x) * (y - x) = (f y - f x) * (z - x).
(** No number of [b] lies strictly between [x] and [y]. *)
Definition free (b : seq R) (x y : R) : bool := all (fun t => (t <= x) || (y <= t)) b.
(** [f] is affine between neighbours in [b], on the interval from [lo] to [hi] or everywhere. *)
Definition breaks_only_at (f : R -> R) (b : seq R) : Prop :=
  forall x y, x < y -> free b x y -> affine_between f x y.
Definition breaks_only_at_within (lo hi : R) (f : R -> R) (b : seq R) : Prop :=
  forall x y, lo <= x -> y <= hi -> x < y -> free b x y -> affine_between f x y.
(** At most [p] intervals on which [f] is affine cover the line: it breaks at fewer than [p]. *)
Definition pieces_at_most (f : R -> R) (p : nat) : Prop :=
  exists2 b : seq R, (size b < p)%N & breaks_only_at f b.
(** Exactly [p], between [lo] and [hi]: [p - 1] breaks are enough, and fewer are not. *)
Definition pieces_are (lo hi : R) (f : R -> R) (p : nat) : Prop :=
  (exists2 b : seq R, size b = p.-1 & breaks_only_at_within lo hi f b) /\
  (forall b : seq R, breaks_only_at_within lo hi f b -> (p.-1 <= size b)%N).

(** Layers that fold [[0, 1]]: where [y] is what is read so far, a layer of [p] units has
    [relu (p y)] and [relu (2 p y - 2 j)] for [0 < j < p], read with the signs [+, -, +, ..]. *)
Fixpoint folds m (read : 'rV[R]_m) (ps : seq nat) : net R m :=
  match ps with
  | [::] => Output read 0
  | p :: ps' =>
      Layer (\matrix_(i < m, j < p) ((if val j == 0%N then p else (2 * p)%N)%:R * read 0 i))
            (\row_(j < p) - (2 * j)%:R) (folds (\row_(j < p) (-1) ^+ j) ps')
  end.
Definition sawtooth (ps : seq nat) : net R 1 := folds (const_mx 1) ps.
End Pieces.

(** ** Filters *)
Section Filters.
Variable R : ringType.

(** Filters [w_0, .., w_s] are polynomials of size at most [s + 1]; convolution is their product.
    The Toeplitz matrix with [m] rows and [n] columns has the entry [w_(i - k)] in row [i], column [k]. *)
Definition toeplitz (m n : nat) (w : {poly R}) : 'M[R]_(m, n) :=
  \matrix_(i, k) (if (k <= i)%N then w`_(i - k) else 0).
(** A chain of such layers, first filter first: filters of degree at most [s] widen [d] inputs by
    [s] each. *)
Fixpoint width_after (d s : nat) (ws : seq {poly R}) : nat :=
  if ws is _ :: ws' then width_after (d + s) s ws' else d.
Fixpoint chain (d s : nat) (ws : seq {poly R}) : 'M[R]_(width_after d s ws, d) :=
  match ws with
  | [::] => 1%:M
  | w :: ws' => chain (d + s) s ws' *m toeplitz (d + s) d w
  end.
End Filters.

(** Filters of [f1 x f2] taps [w], on an input that they read at [f1 x f2] positions: the unit at
    position [(i, j)] reads [x (i + k) (j + l)] with tap [(k, l)]. *)
Section Sliding.
Variables (R : ringType) (f1 f2 : nat).
Definition filter := 'I_f1 -> 'I_f2 -> R.
Definition unit_at (w : filter) (b : R) (x : nat -> nat -> R) (i : 'I_f1) (j : 'I_f2) : R :=
  \sum_(k < f1) \sum_(l < f2) w k l * x (i + k)%N (j + l)%N + b.
Definition taps (w : filter) : R := \sum_(i < f1) \sum_(j < f2) w i j.
Definition weighted (w : filter) (z : 'I_f1 -> 'I_f2 -> R) : R :=
  \sum_(i < f1) \sum_(j < f2) w i j * z i j.
End Sliding.

(** Two such filters on one input. A unit is a filter, [true] for the first, and a position. *)
Section Pairs.
Variables (R : fieldType) (f1 f2 : nat).
Notation unit := (bool * ('I_f1 * 'I_f2))%type.

(** A set of units to each of which an input of its own, in its window, can be given. *)
Definition matched (S : {set unit}) : Prop :=
  exists m : unit -> nat * nat, {in S &, injective m} /\
    forall s, s \in S -> exists (k : 'I_f1) (l : 'I_f2), m s = (s.2.1 + k, s.2.2 + l)%N.
(** A set of units whose values, without biases, are linearly independent functions of the input. *)
Definition independent_units (u v : filter R f1 f2) (S : {set unit}) : Prop :=
  forall c : unit -> R, (forall s, s \notin S -> c s = 0) ->
  (forall x, \sum_s c s * unit_at (if s.1 then u else v) 0 x s.2.1 s.2.2 = 0) -> forall s, c s = 0.

(** The filter as a polynomial in two variables, at [x] for the first. *)
Definition slice (w : filter R f1 f2) (x : R) : {poly R} :=
  \sum_(l < f2) (\sum_(k < f1) w k l * x ^+ k) *: 'X^l.
(** At some value of the first variable the two have full degree in the second and are coprime. *)
Definition coprime_slices (u v : filter R f1 f2) : Prop :=
  exists x, [/\ size (slice u x) = f2, size (slice v x) = f2 & coprimep (slice u x) (slice v x)].
End Pairs.
(** No common factor: at some value of either variable there is none in the other. *)
Definition no_common_factor (R : fieldType) f1 f2 (u v : filter R f1 f2) : Prop :=
  coprime_slices u v /\ coprime_slices (fun l k => u k l) (fun l k => v k l).

(** ** The perceptron *)
Section Perceptron.
Variables (R : realFieldType) (n : nat).

(** How many of the signed samples [zs] = [y x], in this order, are mistakes: the weights [w] give
    none of them a positive product, and move by the sample. *)
Fixpoint mistakes (w : 'rV[R]_n) (zs : seq 'rV[R]_n) : nat :=
  match zs with
  | [::] => 0
  | z :: zs' => if dot w z <= 0 then (mistakes (w + z) zs').+1 else mistakes w zs'
  end.
End Perceptron.

(** ** Channels *)
Section Channels.
Variables (R : realFieldType) (X : Type) (C K S T O : finType).

(** A hidden layer with channels [C], and the layer that reads it. On the input [x] the sample [s]
    of channel [c] is written by the taps [w c k], which read [patch x s k] (0 outside the input),
    and the channel's own biases. Between writer and reader [between c] makes the samples [T] of the
    channel from them. The outputs [O] are linear in those; [rest] is what other paths add. *)
Definition written (patch : X -> S -> K -> R) (w : K -> R) (b : S -> R) (x : X) : {ffun S -> R} :=
  [ffun s => \sum_k w k * patch x s k + b s].
Definition channel_net patch (w : C -> K -> R) (b : C -> S -> R)
    (between : C -> {ffun S -> R} -> T -> R) (v : C -> O -> T -> R) (rest : X -> O -> R)
    (x : X) (o : O) : R :=
  \sum_c \sum_t v c o t * between c (written patch (w c) (b c) x) t + rest x o.
(** The family with [f] at the channel [c] and [g] at the others. *)
Definition at_channel (A : Type) (c : C) (f : A) (g : C -> A) (c' : C) : A :=
  if c' == c then f else g c'.
End Channels.
