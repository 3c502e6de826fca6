(* "It tends to the uniform distribution as gamma grows", with a rate: every entry of the optimum lies within
   ln (max p / min p) / (gamma - 1) of 1/n. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.uniform_limit_close ->
  forall (N : nat) (p q : nat -> R) (gamma lambda low high : R) (j : nat),
  1 < gamma ->
  (forall k, (k <= N)%nat -> 0 < p k) -> sum_n p N = 1 ->
  (forall k, (k <= N)%nat -> 0 < q k < 1) -> sum_n q N = 1 ->
  (forall k, (k <= N)%nat -> p k * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q k) = - lambda) ->
  0 < low -> (forall k, (k <= N)%nat -> low <= p k <= high) ->
  (j <= N)%nat ->
  Rabs (q j - 1 / INR (S N)) <= ln (high / low) / (gamma - 1).
Proof.
  intros H N p q gamma lambda low high j G P PS Q QS K L0 B Hj.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (X := H (S N) ltac:(lia) p q j ltac:(lia) high gamma lambda low G p0 p1 ps q0 q1 qs ltac:(known) L0
    ltac:(intros k Hk; apply B; lia) ltac:(intros k Hk; apply B; lia)).
  destruct X as (_ & M & _ & _ & X).
  replace (ln (high / low)) with (ln high - ln low); [exact X |].
  unfold Rdiv. rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption). ring.
Qed.
