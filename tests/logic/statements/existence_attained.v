(* "Existence of the minimizer": where an optimum q exists, the focal-entropy is attained at it and at no other model with positive
   masses of at most 1 in all. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain PlainInverse.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.existence_attained ->
  forall (N : nat) (p q r : nat -> R) (gamma lambda : R) (j : nat),
  0 < gamma ->
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  (forall i, (i <= N)%nat -> 0 < r i) -> sum_n r N <= 1 ->
  (j <= N)%nat -> r j <> q j ->
  sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N <
  sum_n (fun i => p i * (- Rpower (1 - r i) gamma * ln (r i))) N.
Proof.
  intros H N p q r gamma lambda j G P PS Q QS K R0 RS Hj Ne.
  destruct (optimum N p q gamma lambda P PS Q QS K) as ((p0 & p1 & ps) & (q0 & q1 & qs) & c1 & c2 & c3 & c4).
  assert (E : forall i, (i <= N)%nat -> lambda / p i = slope (q i) gamma).
  { intros i Hi. rewrite <- (c4 i) by lia. assert (Pi := P i Hi). field. lra. }
  assert (F : forall i, (i <= N)%nat -> phi_inverse (lambda / p i) gamma = q i).
  { intros i Hi. rewrite E by exact Hi. apply inverse_is; [exact G | apply Q; exact Hi]. }
  assert (Pos : forall i, (i <= N)%nat -> 0 < lambda / p i).
  { intros i Hi. rewrite E by exact Hi. apply slope_positive; [exact G | apply Q; exact Hi]. }
  assert (Lam : 0 < lambda).
  { assert (A := Pos j Hj). assert (B := P j Hj). replace lambda with (lambda / p j * p j) by (field; lra).
    apply Rmult_lt_0_compat; assumption. }
  assert (R1 : forall i, (i <= N)%nat -> r i <= 1).
  { intros i Hi. apply Rle_trans with (sum_n r N); [apply term_le_sum; [intros; left; apply R0; assumption | exact Hi] | exact RS]. }
  assert (Other : 0 < gamma /\ p j <> 0 /\ 0 < lambda / p j /\ r j <> phi_inverse (lambda / p j) gamma).
  { rewrite F by exact Hj. assert (B := P j Hj). split; [exact G |]. split; [lra |]. split; [apply Pos; exact Hj | exact Ne]. }
  assert (Mass : 0 < gamma /\ (forall i, (i < S N)%nat -> p i <> 0) /\ (forall i, (i < S N)%nat -> 0 < lambda / p i) /\
    rsum (S N) (fun i => phi_inverse (lambda / p i) gamma) = 1).
  { split; [exact G |]. split; [intros i Hi; assert (B := p0 i Hi); lra |]. split; [intros i Hi; apply Pos; lia |].
    rewrite rsum_sum_n, <- QS. apply sum_n_ext_loc. exact F. }
  destruct (H (S N) ltac:(lia) p r j ltac:(lia) gamma lambda G p0 p1 ps Lam Mass
    ltac:(intros i Hi; apply R0; lia) ltac:(intros i Hi; apply R1; lia) ltac:(rewrite rsum_sum_n; exact RS) Other)
    as (_ & _ & _ & _ & _ & _ & _ & X).
  rewrite entropy_plain in X by (intros i Hi; rewrite F by exact Hi; destruct (Q i Hi); lra).
  rewrite entropy_plain in X by (intros i Hi; split; [apply R0; exact Hi | apply R1; exact Hi]).
  rewrite rsum_sum_n in X.
  assert (Same : sum_n (fun i => p i * (- Rpower (1 - phi_inverse (lambda / p i) gamma) gamma *
      ln (phi_inverse (lambda / p i) gamma))) N = sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N).
  { apply sum_n_ext_loc. intros i Hi. rewrite F by exact Hi. reflexivity. }
  rewrite Same in X.
  assert (0 <= lambda * (1 - sum_n r N)) by (apply Rmult_le_pos; lra). lra.
Qed.
