(* The slope falls on (0, 1) from +oo to 0, and its inverse is its inverse: for the plain statements about it. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Inverse.
Open Scope R_scope.

Lemma ln_over x : 0 < x < 1 -> 0 < - ln x < / x - 1.
Proof.
  intros [X0 X1]. assert (L : ln x < 0) by (rewrite <- ln_1; apply ln_increasing; lra). split; [lra |].
  assert (E := exp_ineq1 (- ln x) ltac:(lra)). rewrite exp_Ropp, exp_ln in E by exact X0. lra.
Qed.

Lemma slope_is gamma x : 0 < x < 1 -> slope x gamma = Rpower (1 - x) gamma * (gamma * (- ln x / (1 - x)) + / x).
Proof. intros X. unfold slope, loss. rewrite !rpow_Rpower by lra. field. lra. Qed.

Lemma slope_positive gamma x : 0 < gamma -> 0 < x < 1 -> 0 < slope x gamma.
Proof.
  intros G X. rewrite slope_is by exact X. assert (L := ln_over x X). apply Rmult_lt_0_compat; [apply exp_pos |].
  apply Rplus_lt_0_compat; [| apply Rinv_0_lt_compat; lra].
  apply Rmult_lt_0_compat; [exact G | apply Rdiv_lt_0_compat; lra].
Qed.

Definition bend gamma x := Rpower (1 - x) gamma * (/ x ^ 2 + 2 * gamma / ((1 - x) * x) - ln x * gamma * (gamma - 1) / (1 - x) ^ 2).

Lemma slope_derive gamma x : 0 < x < 1 -> is_derive (fun t => slope t gamma) x (- bend gamma x).
Proof.
  intros [H0 H1].
  apply (is_derive_ext_loc (fun t => gamma * (- ln t * Rpower (1 - t) gamma) / (1 - t) + Rpower (1 - t) gamma / t)).
  - apply (locally_interval _ x 0 1 H0 H1). intros t T0 T1. unfold slope, loss. rewrite rpow_Rpower by (simpl in *; lra).
    reflexivity.
  - unfold bend, Rpower. auto_derive; [repeat split; lra |]. replace (1 + - x) with (1 - x) by ring. field. lra.
Qed.

Lemma bend_positive gamma x : 0 < gamma -> 0 < x < 1 -> 0 < bend gamma x.
Proof.
  intros G X. assert (L := ln_over x X). unfold bend. apply Rmult_lt_0_compat; [apply exp_pos |].
  set (A := - ln x * x). assert (A0 : 0 < A) by (apply Rmult_lt_0_compat; lra).
  assert (A1 : A < 1 - x).
  { replace (1 - x) with ((/ x - 1) * x) by (field; lra). apply Rmult_lt_compat_r; lra. }
  replace (/ x ^ 2 + 2 * gamma / ((1 - x) * x) - ln x * gamma * (gamma - 1) / (1 - x) ^ 2) with
    (((1 - x) ^ 2 + 2 * gamma * x * (1 - x) + A * gamma * (gamma - 1) * x) / (x ^ 2 * (1 - x) ^ 2)) by (unfold A; field; lra).
  assert (0 < x * gamma) by (apply Rmult_lt_0_compat; lra).
  assert (A * (x * gamma) < (1 - x) * (x * gamma)) by (apply Rmult_lt_compat_r; lra).
  assert (0 < A * (x * gamma) * gamma) by (repeat apply Rmult_lt_0_compat; lra).
  assert (0 < (1 - x) ^ 2) by (apply pow_lt; lra). assert (0 < x ^ 2) by (apply pow_lt; lra).
  assert (0 < (1 - x) * (x * gamma)) by (apply Rmult_lt_0_compat; lra).
  apply Rdiv_lt_0_compat; [| apply Rmult_lt_0_compat; assumption].
  replace (A * gamma * (gamma - 1) * x) with (A * (x * gamma) * gamma - A * (x * gamma)) by ring.
  replace (2 * gamma * x * (1 - x)) with (2 * ((1 - x) * (x * gamma))) by ring. lra.
Qed.

Lemma slope_above gamma y : 0 < gamma -> 0 < y -> exists x, 0 < x < 1 /\ y < slope x gamma.
Proof.
  intros G Y. set (c := Rpower (1 / 2) gamma). assert (C : 0 < c) by apply exp_pos.
  set (x := Rmin (1 / 2) (c / (2 * y))).
  assert (X0 : 0 < x) by (apply Rmin_pos; [lra | apply Rdiv_lt_0_compat; lra]).
  assert (X1 : x <= 1 / 2) by apply Rmin_l. assert (X2 : x <= c / (2 * y)) by apply Rmin_r.
  exists x. split; [lra |]. rewrite slope_is by lra. assert (L := ln_over x ltac:(lra)).
  assert (P : c <= Rpower (1 - x) gamma) by (apply Rle_Rpower_l; lra).
  assert (S : y < c * / x).
  { apply Rmult_lt_reg_r with x; [exact X0 |]. replace (c * / x * x) with c by (field; lra).
    apply Rle_lt_trans with (y * (c / (2 * y))); [apply Rmult_le_compat_l; lra |].
    replace (y * (c / (2 * y))) with (c / 2) by (field; lra). lra. }
  apply Rlt_le_trans with (1 := S). apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; exact X0 | exact P |].
  assert (0 < gamma * (- ln x / (1 - x))) by (apply Rmult_lt_0_compat; [exact G | apply Rdiv_lt_0_compat; lra]). lra.
Qed.

Lemma slope_below gamma y : 0 < gamma -> 0 < y -> exists x, 0 < x < 1 /\ slope x gamma < y.
Proof.
  intros G Y. set (e := y / (4 * (gamma + 1))). assert (E : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  set (w := Rmin (1 / 2) (Rpower e (/ gamma))).
  assert (W0 : 0 < w) by (apply Rmin_pos; [lra | apply exp_pos]).
  assert (W1 : w <= 1 / 2) by apply Rmin_l. assert (W2 : w <= Rpower e (/ gamma)) by apply Rmin_r.
  assert (P : Rpower w gamma <= e).
  { replace e with (Rpower (Rpower e (/ gamma)) gamma) at 1; [apply Rle_Rpower_l; lra |].
    rewrite Rpower_mult. replace (/ gamma * gamma) with 1 by (field; lra). apply Rpower_1, E. }
  assert (P0 : 0 < Rpower w gamma) by apply exp_pos.
  exists (1 - w). split; [lra |]. rewrite slope_is by lra. replace (1 - (1 - w)) with w by ring.
  assert (L := ln_over (1 - w) ltac:(lra)).
  assert (I : / (1 - w) <= 2).
  { apply Rmult_le_reg_r with (1 - w); [lra |]. rewrite Rinv_l by lra. lra. }
  assert (Q : - ln (1 - w) / w <= / (1 - w)).
  { apply Rmult_le_reg_r with w; [exact W0 |]. replace (- ln (1 - w) / w * w) with (- ln (1 - w)) by (field; lra).
    replace (/ (1 - w) * w) with (/ (1 - w) - 1) by (field; lra). lra. }
  assert (gamma * (- ln (1 - w) / w) <= gamma * 2) by (apply Rmult_le_compat_l; lra).
  apply Rle_lt_trans with (e * (2 * (gamma + 1))).
  - apply Rmult_le_compat; [lra | | exact P | lra].
    assert (0 < - ln (1 - w) / w) by (apply Rdiv_lt_0_compat; lra).
    assert (0 < gamma * (- ln (1 - w) / w)) by (apply Rmult_lt_0_compat; lra).
    assert (0 < / (1 - w)) by (apply Rinv_0_lt_compat; lra). lra.
  - unfold e. replace (y / (4 * (gamma + 1)) * (2 * (gamma + 1))) with (y / 2) by (field; lra). lra.
Qed.

Section Inverse.
  Variable gamma : R.
  Hypothesis G : 0 < gamma.

  Lemma falls t : 0 < t -> t < 1 -> derivable_pt_lim (fun x => slope x gamma) t (- bend gamma t) /\ - bend gamma t < 0.
  Proof.
    intros T0 T1. split; [apply is_derive_Reals, slope_derive; lra |]. assert (B := bend_positive gamma t G ltac:(lra)). lra.
  Qed.

  Lemma continuous t : 0 < t -> t < 1 -> continuity_pt (fun x => slope x gamma) t.
  Proof. intros T0 T1. apply Calculus.deriv_cont with (- bend gamma t). apply falls; assumption. Qed.

  Lemma inverse_at y : 0 < y -> 0 < phi_inverse y gamma < 1 /\ slope (phi_inverse y gamma) gamma = y.
  Proof.
    intros Y. destruct (slope_above gamma y G Y) as (a & A & AY). destruct (slope_below gamma y G Y) as (b & B & BY).
    destruct (Inverse.inverse_is _ _ continuous falls y a b) as (I0 & I1 & E); try tauto.
    replace (phi_inverse y gamma) with (inverse_of (fun x => slope x gamma) y); [tauto |].
    apply Inverse.inverse_of_same. intros x. unfold slope, loss. replace (x * -1 + 1) with (1 - x) by ring. unfold Rdiv. ring.
  Qed.

  Lemma inverse_is x : 0 < x < 1 -> phi_inverse (slope x gamma) gamma = x.
  Proof.
    intros X. destruct (inverse_at (slope x gamma) (slope_positive gamma x G X)) as ([Z0 Z1] & E).
    destruct (Rtotal_order (phi_inverse (slope x gamma) gamma) x) as [T | [T | T]]; [exfalso | exact T | exfalso];
      apply (Inverse.inverse_falls _ _ continuous falls) in T; lra.
  Qed.
End Inverse.
