(* "The high-probability suppression": a commonest letter p_j with psi(p_j) <= 1, psi(x) = - x loss'(x), gets less than its
   share, unless all letters are as common. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.high_suppression_commonest ->
  forall (N : nat) (p q : nat -> R) (gamma lambda : R) (j k : nat),
  0 < gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (j <= N)%nat -> (k <= N)%nat ->
  - (p j * Derive (fun x => - Rpower (1 - x) gamma * ln x) (p j)) <= 1 ->
  (forall i, (i <= N)%nat -> p i <= p j) -> p k < p j ->
  q j < p j.
Proof.
  intros H N p q gamma lambda j k G P PS Q QS K Hj Hk L Top Less.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (J : 0 < p j < 1).
  { split; [apply P; exact Hj |]. assert (Ne : j <> k) by (intros ->; lra).
    assert (A := pair_le_sum N p j k ltac:(intros; left; apply P; assumption) Hj Hk Ne). assert (B := P k Hk). lra. }
  rewrite Derive_loss in L by exact J.
  apply (H (S N) ltac:(lia) p q j ltac:(lia) k ltac:(lia) gamma lambda G p0 p1 ps q0 q1 qs ltac:(known)).
  - repeat split; [lra | lra | left; lra | rewrite gain_slope by exact J; lra].
  - intros i Hi. apply Top. lia.
  - exact Less.
Qed.
