(* "Uniqueness of the minimizer": any other model with positive masses of at most 1 in all has more focal-entropy, by more than
   the multiplier times the mass that it leaves out. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.uniqueness_strictly_optimal ->
  forall (N : nat) (p q r : nat -> R) (gamma lambda : R) (j : nat),
  0 <= gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (forall i, (i <= N)%nat -> 0 < r i) -> sum_n r N <= 1 ->
  (j <= N)%nat -> r j <> q j ->
  sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N + lambda * (1 - sum_n r N) <
  sum_n (fun i => p i * (- Rpower (1 - r i) gamma * ln (r i))) N.
Proof.
  intros H N p q r gamma lambda j G P PS Q QS K R0 RS Hj Ne.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (R1 : forall i, (i <= N)%nat -> r i <= 1).
  { intros i Hi. apply Rle_trans with (sum_n r N); [apply term_le_sum; [intros; left; apply R0; assumption | exact Hi] | exact RS]. }
  rewrite <- !entropy_plain by (intros i Hi; split; [try apply R0 | try apply R1]; try (left; apply Q); try apply Q; exact Hi).
  destruct (H (S N) ltac:(lia) p q r j ltac:(lia) gamma lambda G p0 p1 ps q0 q1 qs ltac:(known)) as (_ & _ & _ & _ & X);
    try assumption.
  - intros i Hi. apply R0. lia.
  - intros i Hi. apply R1. lia.
  - rewrite rsum_sum_n. exact RS.
  - rewrite rsum_sum_n in X. lra.
Qed.
