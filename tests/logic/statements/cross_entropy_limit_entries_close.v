(* "It tends to the data distribution as gamma tends to 0", with a rate: where 1/2 and all p_i are at most b < 1, the optimum is
   within 2 gamma p_j / (1 - b) of p_j, for gamma <= (1 - b) / (2 b). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.cross_entropy_limit_entries_close ->
  forall (N : nat) (p q : nat -> R) (gamma lambda b : R) (j : nat),
  1 / 2 <= b < 1 -> 0 < gamma <= (1 - b) / (2 * b) ->
  (forall i, (i <= N)%nat -> 0 < p i <= b) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (j <= N)%nat ->
  Rabs (q j - p j) < 2 * gamma * p j / (1 - b) /\ Rabs (q j - p j) < 2 * gamma * q j / (1 - b).
Proof.
  intros H N p q gamma lambda b j [B0 B1] [G0 G1] P PS Q QS K Hj.
  destruct (optimum N p q gamma lambda (fun i Hi => proj1 (P i Hi)) PS Q QS K)
    as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (G : b <> 0 /\ gamma <= 1 / 2 * (1 - b) / b).
  { split; [lra |]. replace (1 / 2 * (1 - b) / b) with ((1 - b) / (2 * b)) by (field; lra). exact G1. }
  rewrite Rabs_minus_sym.
  destruct (H (S N) ltac:(lia) p q j ltac:(lia) b gamma lambda G0 G p0 p1 ps
    ltac:(intros i Hi; apply P; lia) q0 q1 qs ltac:(known) B0 B1) as (_ & X & Y).
  split; assumption.
Qed.
