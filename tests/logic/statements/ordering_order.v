(* "It preserves the order": of two letters the likelier one under P is the likelier one under the optimum, and equal stays
   equal. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.ordering_order ->
  forall (N : nat) (p q : nat -> R) (gamma lambda : R) (i j : nat),
  0 <= gamma ->
  (forall k, (k <= N)%nat -> 0 < p k) -> sum_n p N = 1 ->
  (forall k, (k <= N)%nat -> 0 < q k < 1) -> sum_n q N = 1 ->
  (forall k, (k <= N)%nat -> p k * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q k) = - lambda) ->
  (i <= N)%nat -> (j <= N)%nat ->
  (q j < q i <-> p j < p i) /\ (q i = q j <-> p i = p j).
Proof.
  intros H N p q gamma lambda i j G P PS Q QS K Hi Hj.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  apply (H (S N) ltac:(lia) p q i ltac:(lia) j ltac:(lia) gamma lambda G p0 p1 ps q0 q1 qs ltac:(known)).
Qed.
