(* The inverse of the slope is its inverse: by two claims, for the plain statements about it. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Lemma slope_positive gamma x : 0 < gamma -> 0 < x < 1 -> 0 < slope x gamma.
Proof.
  intros G [X0 X1]. unfold slope, loss. rewrite !rpow_Rpower by lra.
  assert (A : 0 < Rpower (1 - x) gamma) by apply exp_pos.
  assert (L : ln x < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
  apply Rplus_lt_0_compat; [| apply Rdiv_lt_0_compat; assumption].
  apply Rdiv_lt_0_compat; [| lra]. apply Rmult_lt_0_compat; [exact G |]. apply Rmult_lt_0_compat; lra.
Qed.

Lemma inverse_is : Statements.uniqueness_inverse -> Statements.uniqueness_slope_reverses ->
  forall gamma x, 0 < gamma -> 0 < x < 1 -> phi_inverse (slope x gamma) gamma = x.
Proof.
  intros Inv Ord gamma x G X. assert (Y := slope_positive gamma x G X).
  destruct (Inv 1%nat (le_n 1) gamma _ G Y) as (_ & _ & _ & _ & _ & _ & E & Z0 & Z1).
  destruct (Ord 1%nat (le_n 1) gamma _ _ G Z0 Z1 (proj1 X) (proj2 X)) as (_ & _ & _ & _ & _ & _ & _ & _ & _ & A).
  destruct (Ord 1%nat (le_n 1) gamma _ _ G (proj1 X) (proj2 X) Z0 Z1) as (_ & _ & _ & _ & _ & _ & _ & _ & _ & B).
  rewrite E in A, B. apply Rle_antisym; [apply B | apply A]; apply Rle_refl.
Qed.
