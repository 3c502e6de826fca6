(* "The focal-entropy is finite exactly when Q is positive wherever P is", in [0, +oo], with loss(0) = +oo and 0 * oo = 0. *)
From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain.
Require Statements.
Open Scope R_scope.

Definition loss_to_infinity (gamma x : R) : Rbar :=
  if Req_EM_T x 0 then p_infty else Finite (- Rpower (1 - x) gamma * ln x).

Definition entropy_to_infinity (n : nat) (p q : nat -> R) (gamma : R) : Rbar :=
  fold_left Rbar_plus (map (fun i => Rbar_mult (Finite (p i)) (loss_to_infinity gamma (q i))) (seq 0 n)) (Finite 0).

Lemma same n p q gamma : (forall i, (i < n)%nat -> 0 <= p i) -> (forall i, (i < n)%nat -> 0 <= q i <= 1) ->
  entropy_to_infinity n p q gamma = extended_focal_entropy n p q gamma.
Proof.
  intros P Q. unfold entropy_to_infinity, extended_focal_entropy. induction n as [|n IH]; [reflexivity |].
  rewrite seq_S, map_app, fold_left_app, IH by (intros; (apply P || apply Q); lia).
  cbn [map fold_left esum Nat.add]. f_equal.
  assert (A := P n ltac:(lia)). assert (B := Q n ltac:(lia)). unfold loss_to_infinity.
  destruct (Req_EM_T (p n) 0) as [->|E].
  - destruct (Req_EM_T (q n) 0).
    + unfold Rbar_mult, Rbar_mult'. destruct (Rle_dec 0 0) as [L|]; [| lra].
      destruct (Rle_lt_or_eq_dec 0 0 L); [lra | reflexivity].
    + simpl. f_equal. ring.
  - destruct (Req_EM_T (q n) 0).
    + unfold Rbar_mult, Rbar_mult'. destruct (Rle_dec 0 (p n)) as [L|]; [| lra].
      destruct (Rle_lt_or_eq_dec 0 (p n) L); [reflexivity | lra].
    + simpl. f_equal. rewrite loss_plain by lra. reflexivity.
Qed.

Theorem plainly : Statements.finiteness_finite_on_the_support ->
  forall (N : nat) (p q : nat -> R) (gamma : R),
  0 <= gamma ->
  (forall i, (i <= N)%nat -> 0 <= p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 <= q i) -> sum_n q N = 1 ->
  (is_finite (entropy_to_infinity (S N) p q gamma) <-> (forall i, (i <= N)%nat -> 0 < p i -> 0 < q i)).
Proof.
  intros H N p q gamma G P PS Q QS.
  destruct (pmf N p P PS) as [p1 ps]. destruct (pmf N q Q QS) as [q1 qs].
  assert (p0 : forall i, (i < S N)%nat -> 0 <= p i) by (intros; apply P; lia).
  assert (q0 : forall i, (i < S N)%nat -> 0 <= q i) by (intros; apply Q; lia).
  rewrite same by (intros i Hi; try split; auto).
  destruct (H (S N) ltac:(lia) p q gamma G p0 p1 ps q0 q1 qs) as (_ & _ & K). rewrite <- K.
  split; intros A i Hi; apply A; lia.
Qed.
