(* The inverse of a continuous function that falls on (0, 1), as `inverse_of` defines it for all numbers. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Calculus.
Open Scope R_scope.

Section Inverse.
  Variables (f f' : R -> R).
  Hypothesis C : forall t, 0 < t -> t < 1 -> cont f t.
  Hypothesis D : forall t, 0 < t -> t < 1 -> deriv f t (f' t) /\ f' t < 0.

  Lemma inverse_falls x z : 0 < x -> x < z -> z < 1 -> f z < f x.
  Proof.
    intros H0 L H1. apply (falls_lt f f'); [intros t Ht Kt; apply C; lra | assumption | intros t Ht Kt; apply D; lra].
  Qed.

  (* Where f is above y at one point and below it at another, the inverse is what it should be. *)
  Lemma inverse_is y high low :
    0 < high -> high < 1 -> 0 < low -> low < 1 -> y < f high -> f low < y ->
    0 < inverse_of f y /\ inverse_of f y < 1 /\ f (inverse_of f y) = y.
  Proof.
    intros Hh Hh' Hl Hl' A B.
    assert (L : high < low).
    { destruct (Rtotal_order high low) as [T|[T|T]]; [assumption | subst; lra |].
      pose proof (inverse_falls low high Hl T Hh'). lra. }
    destruct (crosses f y high low) as (c & P & Q & E); [lra | intros t Ht Kt; apply C; lra | lra | lra |].
    assert (V : inverse_of f y = c).
    { unfold inverse_of. rewrite (is_glb_Rbar_unique _ (Finite c)); [reflexivity|]. split.
      - intros x (Hx & Hy). simpl. destruct (Rle_dec c x) as [|N]; [assumption|]. pose proof (inverse_falls x c). lra.
      - intros b Hb. apply Hb. split; lra. }
    rewrite V. repeat split; lra.
  Qed.

  (* The same for the inverse of the function in other words. *)
  Variable g : R -> R.
  Hypothesis G : forall x, f x = g x.

  Lemma inverse_of_same y : inverse_of f y = inverse_of g y.
  Proof. unfold inverse_of. f_equal. apply Glb_Rbar_eqset. intros x. rewrite G. reflexivity. Qed.

  Lemma inverse_is_of y high low :
    0 < high -> high < 1 -> 0 < low -> low < 1 -> y < f high -> f low < y ->
    0 < inverse_of g y /\ inverse_of g y < 1 /\ g (inverse_of g y) = y.
  Proof. rewrite <- G, <- inverse_of_same. apply inverse_is. Qed.

  (* Where that is so for all y > 0, it is continuous there. *)
  Lemma inverse_continuous :
    (forall y, 0 < y -> 0 < inverse_of g y /\ inverse_of g y < 1 /\ g (inverse_of g y) = y) ->
    forall y, 0 < y -> cont (inverse_of g) y.
  Proof.
    intros S' y Hy.
    assert (S : forall y, 0 < y -> 0 < inverse_of f y /\ inverse_of f y < 1 /\ f (inverse_of f y) = y).
    { intros z Hz. rewrite G, inverse_of_same. apply S'. exact Hz. }
    apply (cont_near _ (inverse_of f)).
    { exists (mkposreal 1 Rlt_0_1). intros h _. symmetry. apply inverse_of_same. }
    clear S'. intros eps He. destruct (S y Hy) as (A & B & E). set (x := inverse_of f y) in *.
    set (x1 := Rmax (x - eps / 2) (x / 2)). set (x2 := Rmin (x + eps / 2) ((x + 1) / 2)).
    assert (H1 : 0 < x1 < x /\ x - eps < x1) by (unfold x1, Rmax; destruct (Rle_dec (x - eps / 2) (x / 2)); lra).
    assert (H2 : x < x2 < 1 /\ x2 < x + eps) by (unfold x2, Rmin; destruct (Rle_dec (x + eps / 2) ((x + 1) / 2)); lra).
    pose proof (inverse_falls x1 x ltac:(lra) ltac:(lra) B) as F1.
    pose proof (inverse_falls x x2 A ltac:(lra) ltac:(lra)) as F2.
    exists (Rmin (Rmin (f x1 - y) (y - f x2)) y). split; [repeat apply Rmin_pos; lra|].
    intros z (_ & Hz). simpl in *. unfold R_dist in *. apply Rabs_def2 in Hz. destruct Hz as (Z1 & Z2).
    pose proof (Rmin_l (Rmin (f x1 - y) (y - f x2)) y). pose proof (Rmin_r (Rmin (f x1 - y) (y - f x2)) y).
    pose proof (Rmin_l (f x1 - y) (y - f x2)). pose proof (Rmin_r (f x1 - y) (y - f x2)).
    destruct (S z ltac:(lra)) as (A' & B' & E'). fold x. set (w := inverse_of f z) in *.
    assert (x1 < w).
    { destruct (Rlt_dec x1 w); [assumption|]. destruct (Req_dec w x1) as [Q|N]; [rewrite Q in E'; lra|].
      pose proof (inverse_falls w x1 A' ltac:(lra) ltac:(lra)). lra. }
    assert (w < x2).
    { destruct (Rlt_dec w x2); [assumption|]. destruct (Req_dec w x2) as [Q|N]; [rewrite Q in E'; lra|].
      pose proof (inverse_falls x2 w ltac:(lra) ltac:(lra) B'). lra. }
    apply Rabs_def1; lra.
  Qed.
End Inverse.
