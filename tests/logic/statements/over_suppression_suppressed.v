(* "An over-suppression regime": where the multiplier exceeds 1, every letter with 2 gamma sqrt(p_j) <= lambda - 1 gets less than
   its share. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.over_suppression_suppressed ->
  forall (N : nat) (p q : nat -> R) (gamma lambda : R) (j : nat),
  0 < gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (j <= N)%nat -> p j < 1 -> 2 * gamma * sqrt (p j) <= lambda - 1 ->
  q j < p j.
Proof.
  intros H N p q gamma lambda j G P PS Q QS K Hj J L.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (J0 := P j Hj).
  apply (H (S N) ltac:(lia) p q j ltac:(lia) gamma lambda G p0 p1 ps q0 q1 qs ltac:(known) J).
  split; [left; exact J0 |].
  rewrite rpow_Rpower by exact J0. replace (1 / 2) with (/ 2) by field. rewrite Rpower_sqrt by exact J0. lra.
Qed.
