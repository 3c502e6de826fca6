(* "Which probabilities are amplified": those with psi(p_j) > lambda, psi(x) = - x loss'(x); suppressed are those with
   psi(p_j) < lambda, kept those with psi(p_j) = lambda. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.amplification_criterion ->
  forall (N : nat) (p q : nat -> R) (gamma lambda : R) (j : nat),
  0 < gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (j <= N)%nat -> p j < 1 ->
  (p j < q j <-> lambda < - (p j * Derive (fun x => - Rpower (1 - x) gamma * ln x) (p j))) /\
  (q j < p j <-> - (p j * Derive (fun x => - Rpower (1 - x) gamma * ln x) (p j)) < lambda) /\
  (q j = p j <-> - (p j * Derive (fun x => - Rpower (1 - x) gamma * ln x) (p j)) = lambda).
Proof.
  intros H N p q gamma lambda j G P PS Q QS K Hj J.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (J0 := P j Hj).
  destruct (H (S N) ltac:(lia) p q j ltac:(lia) gamma lambda G p0 p1 ps q0 q1 qs ltac:(known) J) as (_ & _ & _ & _ & _ & _ & _ & _ & _ & A & B & C).
  rewrite Derive_loss by (split; assumption). rewrite gain_slope in A, B, C by (split; assumption).
  replace (- (p j * - slope (p j) gamma)) with (p j * slope (p j) gamma) by ring.
  repeat split; [exact A | | exact B | | exact C |]; intros L; destruct (Rtotal_order (p j) (q j)) as [T | [T | T]];
    first [exact T | symmetry; exact T | exfalso; first [apply A in T | apply B in T | symmetry in T; apply C in T]; lra].
Qed.
