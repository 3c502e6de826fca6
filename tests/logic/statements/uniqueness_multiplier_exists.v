(* "Existence and uniqueness": exactly one multiplier has an optimum, a pmf q with p_i loss'(q_i) = - lambda for all i, between
   p_min phi(1/n) and p_max phi(1/n), phi = - loss'. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain PlainInverse.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.uniqueness_multiplier_exists ->
  forall (N : nat) (p : nat -> R) (gamma low high : R),
  (1 <= N)%nat -> 0 < gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  0 < low -> (forall i, (i <= N)%nat -> low <= p i <= high) ->
  let phi := fun x => - Derive (fun x => - Rpower (1 - x) gamma * ln x) x in
  exists! lambda : R,
    low * phi (1 / INR (S N)) <= lambda <= high * phi (1 / INR (S N)) /\
    exists q : nat -> R, (forall i, (i <= N)%nat -> 0 < q i < 1 /\ p i * phi (q i) = lambda) /\ sum_n q N = 1.
Proof.
  intros H N p gamma low high HN G P PS L0 B phi.
  destruct (pmf N p (fun i Hi => Rlt_le _ _ (P i Hi)) PS) as [p1 ps].
  assert (p0 : forall i, (i < S N)%nat -> 0 < p i) by (intros; apply P; lia).
  assert (N2 : 2 <= INR (S N)) by (apply (le_INR 2); lia).
  assert (A : 0 < 1 / INR (S N) < 1).
  { split; [apply Rdiv_lt_0_compat; lra |]. apply Rmult_lt_reg_r with (INR (S N)); [lra |]. field_simplify; lra. }
  assert (Phi : forall x, 0 < x < 1 -> phi x = slope x gamma) by (intros x X; unfold phi; rewrite Derive_loss by exact X; ring).
  assert (At : phi (1 / INR (S N)) =
    gamma * loss (1 / INR (S N)) gamma / (1 - 1 / INR (S N)) + INR (S N) * rpow (1 - 1 / INR (S N)) gamma).
  { rewrite Phi by exact A. unfold slope. field. repeat split; lra. }
  destruct (H (S N) ltac:(lia) p high gamma low G p0 p1 ps L0 ltac:(intros i Hi; apply B; lia)
    ltac:(intros i Hi; apply B; lia) N2) as (_ & _ & _ & _ & x & (X0 & X1 & _ & _ & Pos & Sum) & Un).
  rewrite <- At in X0, X1, Un. exists x. split.
  - split; [lra |]. exists (fun i => phi_inverse (x / p i) gamma). split.
    + intros i Hi. assert (Pi := P i Hi).
      destruct (inverse_at gamma G (x / p i) (Pos i ltac:(lia))) as ([Z0 Z1] & E).
      split; [split; assumption |]. rewrite Phi, E by (split; assumption). field. lra.
    + rewrite rsum_sum_n in Sum. exact Sum.
  - intros y [[Y0 Y1] (q & Q & QS)].
    assert (E : forall i, (i <= N)%nat -> y / p i = slope (q i) gamma).
    { intros i Hi. destruct (Q i Hi) as [Qi K]. rewrite Phi in K by exact Qi. assert (Pi := P i Hi). rewrite <- K. field. lra. }
    apply Un. split; [lra |]. split; [lra |]. split; [exact G |]. split; [intros i Hi; assert (Pi := p0 i Hi); lra |]. split.
    + intros i Hi. rewrite E by lia. apply slope_positive; [exact G | apply Q; lia].
    + rewrite rsum_sum_n, <- QS. apply sum_n_ext_loc. intros i Hi. rewrite E by exact Hi. apply inverse_is; [exact G |].
      apply Q; exact Hi.
Qed.
