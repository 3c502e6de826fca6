(* "How far the optimum can be from the data": in total variation, less than 1 - 1/n. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.departure_total_variation_below ->
  forall (N : nat) (p q : nat -> R) (gamma lambda : R),
  0 <= gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  sum_n (fun i => Rabs (p i - q i)) N / 2 < 1 - 1 / INR (S N).
Proof.
  intros H N p q gamma lambda G P PS Q QS K.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  destruct (largest N p) as (j & Hj & Top). destruct (largest N (fun i => - p i)) as (k & Hk & Low).
  destruct (H (S N) ltac:(lia) p q j ltac:(lia) gamma lambda (p k) G p0 p1 ps q0 q1 qs ltac:(known) (P k Hk)
    ltac:(intros i Hi; assert (A := Low i ltac:(lia)); simpl in A; lra) ltac:(intros i Hi; apply Top; lia)) as (_ & X).
  rewrite rsum_sum_n in X. lra.
Qed.
