(** Over a real closed field, ceil (M / (s - 1)) filters of degree s, or one, multiply to any filter
    of degree M. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.real_closed Require Import complex.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
From Crease Require Import Specification Algebra.
Local Open Scope ring_scope.

Section Factors.
Variable R : rcfType.
Add Field factor_field : (o_field (R : realFieldType)).
Ltac mring := ops (R : realFieldType); ring.
Implicit Types p q d W : {poly R}.

(** A polynomial that is not constant has a divisor of degree one or two. *)
Lemma small_divisor p : (1 < size p)%N -> exists q, q %| p /\ ((size q == 2)%N || (size q == 3)%N).
Proof.
move=> sp; pose f := real_complex R; pose c := map_poly f p.
have : size c != 1%N by rewrite size_map_poly; apply: contraTneq sp => ->.
case/closed_rootP=> -[a b] rz; set z := (a +i* b)%C in rz.
have [b0 | bn] := eqVneq b 0.
  exists ('X - a%:P); rewrite size_XsubC; split=> //; rewrite dvdp_XsubCl.
  by move: rz; rewrite /z b0 -[(a +i* 0)%C]/(f a) fmorph_root.
have [k kE] : exists k, k = a * a + b * b by eexists.
have [h hE] : exists h, h = - (a + a) by eexists.
pose q : {poly R} := 'X^2 + (h *: 'X + k%:P).
have sq : size q = 3%N.
  rewrite /q size_addl size_polyXn // (leq_ltn_trans (size_add _ _)) // gtn_max.
  rewrite (leq_ltn_trans (size_scale_leq _ _)) ?size_polyX //=.
  by rewrite (leq_ltn_trans (size_polyC_leq1 _)).
exists q; rewrite sq eqxx orbT; split=> //.
have q0 : q != 0 by rewrite -size_poly_gt0 sq.
set r := p %% q; have sr : (size r < 3)%N by rewrite -sq ltn_modp.
have rE : r = r`_1 *: 'X + (r`_0)%:P.
  apply/polyP => -[|[|i]]; rewrite coefD coefZ coefX coefC /= ?mulr0 ?mulr1 ?add0r ?addr0 //.
  by rewrite nth_default // (leq_trans _ (isT : (2 <= i.+2)%N)) // -ltnS.
have qz : root (map_poly f q) z.
  rewrite /q !rmorphD /= map_polyXn map_polyZ map_polyX map_polyC /root !hornerE /=.
  by rewrite eq_complex /= kE hE; apply/andP; split; apply/eqP; mring.
have rz0 : f r`_0 + f r`_1 * z = 0.
  have : root (map_poly f r) z.
    move: rz; rewrite /c {1}(divp_eq p q) -/r rmorphD rmorphM /= !rootE hornerD hornerM.
    by move: qz; rewrite rootE => /eqP ->; rewrite mulr0 add0r.
  rewrite {1}rE rmorphD /= map_polyZ map_polyX map_polyC rootE !hornerE /= => /eqP <-.
  by rewrite addrC.
have /andP [/eqP re /eqP im] : (complex.Re (f r`_0 + f r`_1 * z) == 0) && (complex.Im (f r`_0 + f r`_1 * z) == 0).
  by rewrite rz0 /= !eqxx.
have r1 : r`_1 = 0.
  by move: im; rewrite /z /= => im; apply: (mulIf bn); rewrite mul0r -[RHS]im; mring.
have r0 : r`_0 = 0.
  by move: re; rewrite /z /= r1 !mul0r subr0 addr0.
by rewrite /dvdp -/r rE r1 r0 scale0r add0r.
Qed.

(** A divisor of degree [k] or [k + 1], where there is more to divide. *)
Lemma greedy p k : (0 < k)%N -> (k.+1 < size p)%N -> exists d, d %| p /\ ((size d == k.+1)%N || (size d == k.+2)%N).
Proof.
move=> k0 sp; have p0 : p != 0 by rewrite -size_poly_gt0 (leq_trans _ sp).
elim: k k0 sp => // k IH _ sp.
have [d [dp ds]] : exists d, d %| p /\ ((size d == k.+1)%N || (size d == k.+2)%N).
  case: k IH sp => [|k] IH sp; last exact: IH (ltn_trans (ltnSn _) sp).
  by exists 1; rewrite dvd1p size_poly1.
case/orP: ds => /eqP ds; last by exists d; rewrite ds eqxx.
have d0 : d != 0 by rewrite -size_poly_gt0 ds.
have [q [qp qs]] : exists q, q %| p %/ d /\ ((size q == 2)%N || (size q == 3)%N).
  by apply: small_divisor; rewrite size_divp // ds /= ltn_subRL addn1 (ltn_trans _ sp).
exists (q * d); split; first by rewrite -(divpK dp) dvdp_mul2r.
have q0 : q != 0 by case/orP: qs => /eqP qs; rewrite -size_poly_gt0 qs.
by rewrite size_mul // ds; case/orP: qs => /eqP ->; rewrite !addSn add0n /= eqxx ?orbT.
Qed.

Lemma factors n s W : (1 < s)%N -> (size W <= n)%N -> W != 0 -> exists ws : seq {poly R},
  [/\ all (fun w : {poly R} => size w <= s.+1)%N ws, W = \prod_(w <- ws) w, (0 < size ws)%N &
    (size ws <= 1)%N || ((size ws).-1 * s.-1 < (size W).-1)%N].
Proof.
move=> s1; elim: n W => [|n IH] W; first by rewrite leqn0 size_poly_eq0 => /eqP ->; rewrite eqxx.
move=> sW W0; have [small | big] := leqP (size W) s.+1.
  by exists [:: W]; rewrite /= small big_seq1.
have [d [dW ds]] : exists d, d %| W /\ ((size d == s.-1.+1)%N || (size d == s.-1.+2)%N).
  by apply: greedy; [rewrite -subn1 subn_gt0 | rewrite prednK ?(ltnW s1) // ltnW].
have s0 : (0 < s)%N by exact: ltnW.
rewrite !prednK // in ds.
have d0 : d != 0 by rewrite -size_poly_gt0; case/orP: ds => /eqP ->.
have sd : (s <= size d <= s.+1)%N by case/orP: ds => /eqP ->; rewrite leqnn leqnSn.
have sV : size (W %/ d) = (size W - (size d).-1)%N by rewrite size_divp.
have V0 : W %/ d != 0 by rewrite divp_eq0 negb_or W0 negb_or d0 -leqNgt dvdp_leq.
have d1 : (0 < (size d).-1)%N by case/andP: sd => sd _; rewrite -ltnS prednK ?size_poly_gt0 // (leq_trans s1).
have [|ws [hw pw w0 bw]] := IH (W %/ d) _ V0.
  rewrite sV leq_subLR (leq_trans sW) // -addn1 addnC leq_add2r //.
exists (d :: ws); split=> //=.
- by case/andP: sd => _ ->.
- by rewrite big_cons -pw mulrC divpK.
- apply/orP; right; case/andP: sd => se es.
  have ew : (size d < size W)%N by apply: leq_ltn_trans es big.
  have sW1 : (size W).-1 = ((size (W %/ d)%R).-1 + (size d).-1)%N.
    rewrite sV; case: (size d) (size W) ew d1 => [|e] // [|w] //= ew e0.
    by rewrite subSn ?(ltnW ew) // ?subnK // ltnW.
  have sVp : (0 < (size (W %/ d)%R).-1)%N.
    rewrite sV; case: (size d) (size W) ew d1 => [|e] // [|w] //= ew e0.
    by rewrite subSn ?subn_gt0 // ltnW.
  have e1 : (s.-1 <= (size d).-1)%N by rewrite -!subn1 leq_sub2r.
  rewrite sW1; case/orP: bw => bw.
    have -> : size ws = 1%N by apply/eqP; rewrite eqn_leq bw.
    by rewrite mul1n -add1n leq_add.
  by rewrite -[size ws]prednK // mulSn addnC -addSn leq_add.
Qed.
End Factors.

Theorem factorization (R : rcfType) (M s : nat) (W : {poly R}) : (2 <= s)%N -> (size W <= M.+1)%N ->
  exists ws : seq {poly R}, [/\ all (fun w : {poly R} => size w <= s.+1)%N ws,
    W = \prod_(w <- ws) w & (size ws <= maxn 1 (ceil_div M s.-1))%N].
Proof.
move=> s2 sW; have [-> | W0] := eqVneq W 0.
  by exists [:: 0]; rewrite big_seq1 /= size_poly0 leq_max.
have [ws [hw pw w0 bw]] := factors s2 (leqnn _) W0; exists ws; split=> //.
rewrite leq_max; case/orP: bw => [-> // | bw]; apply/orP; right.
have s1 : (0 < s.-1)%N by rewrite -subn1 subn_gt0.
have xM : ((size ws).-1 * s.-1 < M)%N by apply: leq_trans bw _; case: (size W) sW.
rewrite /ceil_div leq_divRL // -[size ws]prednK // mulSn; case: s.-1 s1 xM => // t _ xM /=.
by rewrite addSnnS addnC leq_add2r.
Qed.
