(* Logarithms and exponentials of rationals, between rationals: ln ((1 + t) / (1 - t)) by its series in t. *)
From Coq Require Import Reals Lra Lia.
Require Import Meaning Calculus.
Open Scope R_scope.

Fixpoint series (n : nat) (t : R) : R :=
  match n with O => 0 | S m => series m t + t ^ (2 * m + 1) / INR (2 * m + 1) end.
Fixpoint slope_of_series (n : nat) (t : R) : R := match n with O => 0 | S m => slope_of_series m t + t ^ (2 * m) end.

Lemma d_series n t : deriv (series n) t (slope_of_series n t).
Proof.
  induction n as [|n IH]; cbn [series slope_of_series]; [apply d_const|].
  apply d_plus; [exact IH|].
  apply (deriv_as _ _ (INR (2 * n + 1) * t ^ (2 * n) * 1 * / INR (2 * n + 1) + t ^ (2 * n + 1) * 0)).
  - apply (d_mult (fun t => t ^ (2 * n + 1)) (fun _ => / INR (2 * n + 1))); [|apply d_const].
    replace (2 * n + 1)%nat with (S (2 * n)) by lia. apply d_pow; [apply d_id | reflexivity].
  - assert (N : INR (2 * n + 1) <> 0) by (apply not_0_INR; lia). revert N.
    generalize (INR (2 * n + 1)) (t ^ (2 * n)) (t ^ (2 * n + 1)). intros c a b N. field. exact N.
Qed.

Lemma slope_of_series_is n t : (1 - t ^ 2) * slope_of_series n t = 1 - t ^ (2 * n).
Proof.
  induction n as [|n IH]; cbn [slope_of_series]; [simpl; ring|].
  rewrite Rmult_plus_distr_l, IH. replace (2 * S n)%nat with (2 * n + 2)%nat by lia. rewrite pow_add. simpl. ring.
Qed.

Definition ratio (t : R) : R := ln (1 + t) - ln (1 - t).

Lemma d_ratio t : -1 < t -> t < 1 -> deriv ratio t (/ (1 + t) + / (1 - t)).
Proof.
  intros H K. unfold ratio.
  apply (deriv_near _ (fun t => ln (1 + t) + -1 * ln (1 + -1 * t))).
  { exists (mkposreal 1 Rlt_0_1). intros h _. replace (1 + -1 * (t + h)) with (1 - (t + h)) by ring. ring. }
  refine (deriv_as _ _ (/ (1 + t) * (0 + 1) + (0 * ln (1 + -1 * t) + -1 * (/ (1 + -1 * t) * (0 + (0 * t + -1 * 1))))) _ _ _).
  - apply d_plus.
    + apply (d_log (fun t => 1 + t)); [apply (d_plus (fun _ => 1) (fun t => t)); [apply d_const | apply d_id] | lra].
    + apply (d_mult (fun _ => -1) (fun t => ln (1 + -1 * t))); [apply d_const|].
      apply (d_log (fun t => 1 + -1 * t)); [|lra].
      apply (d_plus (fun _ => 1) (fun t => -1 * t)); [apply d_const|].
      apply (d_mult (fun _ => -1) (fun t => t)); [apply d_const | apply d_id].
  - field. lra.
Qed.

Lemma ratio_zero : ratio 0 = 0.
Proof. unfold ratio. replace (1 + 0) with 1 by ring. replace (1 - 0) with 1 by ring. rewrite ln_1. ring. Qed.

Lemma series_zero n : series n 0 = 0.
Proof.
  induction n as [|n IH]; cbn [series]; [reflexivity|].
  rewrite IH, pow_ne_zero by lia. unfold Rdiv. ring.
Qed.

Lemma above_series n t : 0 <= t -> t < 1 -> 2 * series n t <= ratio t.
Proof.
  intros H K.
  assert (D : forall u, 0 <= u -> u < 1 ->
    deriv (fun u => ratio u + -2 * series n u) u (/ (1 + u) + / (1 - u) + (0 * series n u + -2 * slope_of_series n u))).
  { intros u Hu Ku. apply (d_plus ratio (fun u => -2 * series n u)); [apply d_ratio; lra|].
    apply (d_mult (fun _ => -2) (series n)); [apply d_const | apply d_series]. }
  assert (L : ratio 0 + -2 * series n 0 <= ratio t + -2 * series n t).
  { apply (rises_le (fun u => ratio u + -2 * series n u)
      (fun u => / (1 + u) + / (1 - u) + (0 * series n u + -2 * slope_of_series n u)) 0 t).
    - intros u Hu Ku. apply (deriv_cont _ _ _ (D u Hu (Rle_lt_trans _ _ _ Ku K))).
    - exact H.
    - intros u Hu Ku. split; [apply D; lra|].
      assert (E : slope_of_series n u = (1 - u ^ (2 * n)) / (1 - u ^ 2)).
      { rewrite <- (slope_of_series_is n u). field. nra. }
      rewrite E. replace (/ (1 + u) + / (1 - u) + (0 * series n u + -2 * ((1 - u ^ (2 * n)) / (1 - u ^ 2))))
        with (2 * u ^ (2 * n) * / (1 - u ^ 2)) by (field; repeat split; nra).
      apply Rmult_le_pos; [apply Rmult_le_pos; [lra | apply pow_le; lra]|].
      apply Rlt_le, Rinv_0_lt_compat. nra. }
  rewrite ratio_zero, series_zero in L. lra.
Qed.

(* The rest of the series is at most t^(2 n + 1) / ((2 n + 1) (1 - t^2)), here without 1 / (2 n + 1). *)
Lemma below_series n t : 0 <= t -> t < 1 -> ratio t <= 2 * series n t + 2 * t ^ (2 * n + 1) * / (1 - t ^ 2).
Proof.
  intros H K.
  set (f := fun u => -1 * ratio u + (2 * series n u + 2 * u * (u ^ (2 * n) * / (1 + -1 * u ^ 2)))).
  pose (f' := fun u =>
    (0 * ratio u + -1 * (/ (1 + u) + / (1 - u))) + ((0 * series n u + 2 * slope_of_series n u) + ((0 * u + 2 * 1) *
    (u ^ (2 * n) * / (1 + -1 * u ^ 2)) + 2 * u * (INR (2 * n) * u ^ pred (2 * n) * 1 * / (1 + -1 * u ^ 2) + u ^ (2 * n) *
    (-1 * / ((1 + -1 * u ^ 2) ^ 2) * (0 + (0 * u ^ 2 + -1 * (2 * u ^ 1 * 1)))))))).
  assert (D : forall u, 0 <= u -> u < 1 -> deriv f u (f' u)).
  { intros u Hu Ku. unfold f, f'. assert (N : 1 + -1 * u ^ 2 <> 0) by nra.
    apply d_plus; [apply d_mult; [apply d_const | apply d_ratio; lra]|].
    apply d_plus; [apply d_mult; [apply d_const | apply d_series]|].
    apply (d_mult (fun u => 2 * u) (fun u => u ^ (2 * n) * / (1 + -1 * u ^ 2)));
      [apply (d_mult (fun _ => 2) (fun u => u)); [apply d_const | apply d_id]|].
    apply (d_mult (fun u => u ^ (2 * n)) (fun u => / (1 + -1 * u ^ 2))).
    - apply (d_comp (fun y => y ^ (2 * n)) (fun u => u)); [apply d_id | apply derivable_pt_lim_pow].
    - apply (d_inv (fun u => 1 + -1 * u ^ 2)); [|exact N].
      apply (d_plus (fun _ => 1) (fun u => -1 * u ^ 2)); [apply d_const|].
      apply (d_mult (fun _ => -1) (fun u => u ^ 2)); [apply d_const|].
      apply (d_pow (fun u => u) u 1 1 2); [apply d_id | simpl; ring]. }
  assert (L : f 0 <= f t).
  { apply (rises_le f f' 0 t).
    - intros u Hu Ku. apply (deriv_cont _ _ _ (D u Hu (Rle_lt_trans _ _ _ Ku K))).
    - exact H.
    - intros u Hu Ku. split; [apply D; lra|]. unfold f'.
      assert (P : 0 < 1 - u ^ 2) by nra.
      assert (E : slope_of_series n u = (1 - u ^ (2 * n)) / (1 - u ^ 2)).
      { rewrite <- (slope_of_series_is n u). field. lra. }
      rewrite E.
      replace (0 * ratio u + -1 * (/ (1 + u) + / (1 - u)) + (0 * series n u + 2 * ((1 - u ^ (2 * n)) / (1 - u ^ 2)) +
        ((0 * u + 2 * 1) * (u ^ (2 * n) * / (1 + -1 * u ^ 2)) + 2 * u * (INR (2 * n) * u ^ pred (2 * n) * 1 * /
        (1 + -1 * u ^ 2) + u ^ (2 * n) * (-1 * / ((1 + -1 * u ^ 2) ^ 2) * (0 + (0 * u ^ 2 + -1 * (2 * u ^ 1 * 1))))))))
        with (2 * u * (INR (2 * n) * u ^ pred (2 * n)) * / (1 - u ^ 2) + 4 * u ^ 2 * u ^ (2 * n) * / ((1 - u ^ 2) ^ 2))
        by (field; repeat split; nra).
      assert (0 <= u ^ (2 * n)) by (apply pow_le; lra). assert (0 <= u ^ pred (2 * n)) by (apply pow_le; lra).
      assert (0 <= INR (2 * n)) by apply pos_INR. assert (0 < / (1 - u ^ 2)) by (apply Rinv_0_lt_compat; exact P).
      assert (0 < / ((1 - u ^ 2) ^ 2)) by (apply Rinv_0_lt_compat, pow_lt; exact P).
      apply Rplus_le_le_0_compat; repeat apply Rmult_le_pos; try lra; apply pow_le; lra. }
  unfold f in L. rewrite ratio_zero, series_zero in L. rewrite pow_add, pow_1.
  replace (1 - t ^ 2) with (1 + -1 * t ^ 2) by ring. lra.
Qed.

(* ln x = k ln 2 + s ln ((1 + t) / (1 - t)). *)
Lemma log_by_series x t k : 0 < x -> -1 < t -> t < 1 -> x * (1 - t) = 2 ^ k * (1 + t) -> ln x = INR k * ln 2 + ratio t.
Proof.
  intros X H K E. unfold ratio. replace x with (2 ^ k * ((1 + t) * / (1 - t))) by (field_simplify_eq; lra).
  assert (0 < 2 ^ k) by (apply pow_lt; lra). assert (0 < / (1 - t)) by (apply Rinv_0_lt_compat; lra).
  rewrite !ln_mult, ln_Rinv by (try apply Rmult_lt_0_compat; lra).
  replace (ln (2 ^ k)) with (INR k * ln 2); [ring|]. symmetry. clear E. induction k as [|k IH].
  - simpl. rewrite ln_1. ring.
  - assert (0 < 2 ^ k) by (apply pow_lt; lra). rewrite S_INR. simpl pow. rewrite ln_mult, IH by lra. ring.
Qed.

Lemma log_below_one x y : 0 < x -> x * y = 1 -> ln x = - ln y.
Proof.
  intros X E. assert (Y : 0 < y) by (apply (Rmult_lt_reg_l x); lra).
  replace x with (/ y) by (field_simplify_eq; lra). apply ln_Rinv. exact Y.
Qed.

Lemma log_two : ln 2 = ratio (1 / 3).
Proof.
  rewrite (log_by_series 2 (1 / 3) 0) by (simpl; lra). simpl. ring.
Qed.

(* Exponentials by logarithms. *)
Lemma exp_above x y : 0 < y -> ln y <= x -> y <= exp x.
Proof.
  intros Y H. rewrite <- (exp_ln y Y). destruct H as [H|H]; [left; apply exp_increasing; exact H | right; f_equal; exact H].
Qed.

Lemma exp_below x y : 0 < y -> x <= ln y -> exp x <= y.
Proof.
  intros Y H. rewrite <- (exp_ln y Y). destruct H as [H|H]; [left; apply exp_increasing; exact H | right; f_equal; exact H].
Qed.
