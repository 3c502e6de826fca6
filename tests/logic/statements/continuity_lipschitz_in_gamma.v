(* "The focal-entropy is continuous in gamma": Lipschitz with the constant (ln 2)^2, for all P and Q. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.continuity_lipschitz_in_gamma ->
  forall (N : nat) (p q : nat -> R) (gamma delta : R),
  0 <= gamma -> 0 <= delta ->
  (forall i, (i <= N)%nat -> 0 <= p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i) -> sum_n q N = 1 ->
  Rabs (sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N -
        sum_n (fun i => p i * (- Rpower (1 - q i) delta * ln (q i))) N) <= Rsqr (ln 2) * Rabs (gamma - delta).
Proof.
  intros H N p q gamma delta G D P PS Q QS.
  destruct (pmf N p P PS) as [p1 ps].
  destruct (pmf N q (fun i Hi => Rlt_le _ _ (Q i Hi)) QS) as [q1 qs].
  assert (Q1 : forall i, (i <= N)%nat -> 0 < q i <= 1) by (intros i Hi; split; [apply Q; exact Hi | apply q1; lia]).
  rewrite <- !entropy_plain by exact Q1.
  destruct (H (S N) ltac:(lia) p q gamma delta D G) as (_ & _ & _ & _ & X); try assumption.
  - intros i Hi. apply P. lia.
  - intros i Hi. apply Q. lia.
  - unfold Rsqr. replace (ln 2 * ln 2 * Rabs (gamma - delta)) with (Rabs (gamma - delta) * ln 2 ^ 2) by ring. exact X.
Qed.
