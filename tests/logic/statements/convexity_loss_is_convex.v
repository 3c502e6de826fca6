(* "The focal loss is strictly convex on (0, 1) for every gamma >= 0": its second derivative is positive. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.convexity_loss_is_convex ->
  forall gamma x : R, 0 <= gamma -> 0 < x < 1 ->
  0 < Derive (Derive (fun t => - Rpower (1 - t) gamma * ln t)) x.
Proof.
  intros H gamma x G [H0 H1].
  destruct (H 1%nat (le_n 1) gamma x G H0 H1) as (_ & _ & _ & _ & K).
  rewrite rpow_Rpower in K by lra.
  rewrite (Derive_ext_loc _ (fun t => - slope t gamma)).
  - rewrite (Derive_ext_loc _ (fun t => - (gamma * (- ln t * Rpower (1 - t) gamma) / (1 - t) + Rpower (1 - t) gamma / t))).
    + erewrite is_derive_unique; [exact K |]. unfold Rpower.
      auto_derive; [lra |]. replace (1 + - x) with (1 - x) by ring. field. lra.
    + apply (locally_interval _ x 0 1 H0 H1). intros t T0 T1. unfold slope, loss. rewrite rpow_Rpower by (simpl in *; lra).
      reflexivity.
  - apply (locally_interval _ x 0 1 H0 H1). intros t T0 T1. apply Derive_loss. simpl in *; lra.
Qed.
