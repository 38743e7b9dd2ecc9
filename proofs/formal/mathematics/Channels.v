(** A hidden channel scaled up, and its readers scaled down, leave the network as it is. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra.
Local Open Scope ring_scope.

Section Rescaling.
Variables (R : realFieldType) (X : Type) (C K S T O : finType).

Theorem channel_rescaling (patch : X -> S -> K -> R) (w : C -> K -> R) (b : C -> S -> R)
    (between : C -> {ffun S -> R} -> T -> R) (v : C -> O -> T -> R) (rest : X -> O -> R)
    (c : C) (a : R) (x : X) (o : O) :
  0 < a ->
  (forall (h : {ffun S -> R}) t, between c [ffun s => a * h s] t = a * between c h t) ->
  channel_net patch (at_channel c (fun k => a * w c k) w) (at_channel c (fun s => a * b c s) b)
    between (at_channel c (fun o t => v c o t / a) v) rest x o =
  channel_net patch w b between v rest x o.
Proof.
move=> a0 hom; rewrite /channel_net; congr (_ + _); apply: eq_bigr => c' _.
rewrite /at_channel; case: eqP => [-> | //]; apply: eq_bigr => t _.
have -> : written patch (fun k => a * w c k) (fun s => a * b c s) x =
    [ffun s => a * written patch (w c) (b c) x s].
  apply/ffunP => s; rewrite !ffunE mulrDr mulr_sumr; congr (_ + _).
  by apply: eq_bigr => k _; rewrite mulrA.
by rewrite hom mulrA divfK // gt_eqF.
Qed.
End Rescaling.
