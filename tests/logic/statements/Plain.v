(* Coq's own powers, sums and derivatives, and those of the project: what the plain statements lean on. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions.
Open Scope R_scope.

Lemma rpow_Rpower b e : 0 < b -> rpow b e = Rpower b e.
Proof. intros H. unfold rpow, Rpower. destruct (Rlt_dec 0 b); [reflexivity | lra]. Qed.

Lemma rsum_sum_n N f : rsum (S N) f = sum_n f N.
Proof.
  induction N as [|N IH]; [simpl; rewrite sum_O; ring |].
  rewrite sum_Sn, <- IH. reflexivity.
Qed.

Lemma term_le_sum N p i : (forall k, (k <= N)%nat -> 0 <= p k) -> (i <= N)%nat -> p i <= sum_n p N.
Proof.
  revert i. induction N as [|N IH]; intros i P Hi; [replace i with 0%nat by lia; rewrite sum_O; lra |].
  rewrite sum_Sn. unfold plus; simpl. destruct (Nat.eq_dec i (S N)) as [->|E].
  - assert (0 <= sum_n p N); [| lra].
    apply Rle_trans with (p 0%nat); [apply P; lia | apply IH; [intros; apply P; lia | lia]].
  - assert (p i <= sum_n p N) by (apply IH; [intros; apply P; lia | lia]). assert (0 <= p (S N)) by (apply P; lia). lra.
Qed.

Lemma largest N (p : nat -> R) : exists j, (j <= N)%nat /\ forall i, (i <= N)%nat -> p i <= p j.
Proof.
  induction N as [|N (j & Hj & L)].
  - exists 0%nat. split; [lia |]. intros i Hi. replace i with 0%nat by lia. lra.
  - destruct (Rle_dec (p j) (p (S N))) as [A|A]; [exists (S N) | exists j]; (split; [lia |]); intros i Hi;
      (destruct (Nat.eq_dec i (S N)) as [->|E]; [lra | assert (B := L i ltac:(lia)); lra]).
Qed.

Lemma pair_le_sum N p j k : (forall i, (i <= N)%nat -> 0 <= p i) -> (j <= N)%nat -> (k <= N)%nat -> j <> k ->
  p j + p k <= sum_n p N.
Proof.
  intros P. induction N as [|N IH]; intros Hj Hk Ne; [lia |].
  assert (P' : forall i, (i <= N)%nat -> 0 <= p i) by (intros; apply P; lia).
  rewrite sum_Sn. unfold plus; simpl. destruct (Nat.eq_dec j (S N)) as [->|J]; [| destruct (Nat.eq_dec k (S N)) as [->|K]].
  - assert (A := term_le_sum N p k P' ltac:(lia)). lra.
  - assert (A := term_le_sum N p j P' ltac:(lia)). lra.
  - assert (A := IH P' ltac:(lia) ltac:(lia) Ne). assert (B := P (S N) ltac:(lia)). lra.
Qed.

(* The derivative of the focal loss is minus the slope. *)
Lemma loss_derive gamma x : 0 < x < 1 -> is_derive (fun t => - Rpower (1 - t) gamma * ln t) x (- slope x gamma).
Proof.
  intros [H0 H1]. unfold slope, loss. rewrite !rpow_Rpower by lra. unfold Rpower.
  auto_derive; [lra |]. replace (1 + - x) with (1 - x) by ring. field. lra.
Qed.

Lemma Derive_loss gamma x : 0 < x < 1 -> Derive (fun t => - Rpower (1 - t) gamma * ln t) x = - slope x gamma.
Proof. intros H. apply is_derive_unique, loss_derive, H. Qed.

Lemma gain_slope gamma x : 0 < x < 1 -> gain x gamma = x * slope x gamma.
Proof. intros H. unfold gain, slope, loss, s. field. lra. Qed.

Lemma loss_plain gamma x : 0 < x <= 1 -> loss x gamma = - Rpower (1 - x) gamma * ln x.
Proof.
  intros [H [L| ->]]; unfold loss; [rewrite rpow_Rpower by lra; ring | rewrite ln_1; ring].
Qed.

Lemma entropy_plain N p q gamma : (forall i, (i <= N)%nat -> 0 < q i <= 1) ->
  focal_entropy (S N) p q gamma = sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N.
Proof.
  intros Q. unfold focal_entropy. rewrite rsum_sum_n. apply sum_n_ext_loc. intros i Hi. rewrite loss_plain by (apply Q, Hi).
  reflexivity.
Qed.

(* A pmf, and what it is for the project. *)
Lemma pmf N p : (forall i, (i <= N)%nat -> 0 <= p i) -> sum_n p N = 1 ->
  (forall i, (i < S N)%nat -> p i <= 1) /\ rsum (S N) p = 1.
Proof.
  intros P PS. split; [| rewrite rsum_sum_n; exact PS].
  intros i Hi. rewrite <- PS. apply term_le_sum; [exact P | lia].
Qed.

(* The optimum of p: its pmf q, and the multiplier. *)
Lemma optimum N p q gamma lambda :
  (forall i, (i <= N)%nat -> 0 < p i) -> sum_n p N = 1 ->
  (forall i, (i <= N)%nat -> 0 < q i < 1) -> sum_n q N = 1 ->
  (forall i, (i <= N)%nat -> p i * Derive (fun x => - Rpower (1 - x) gamma * ln x) (q i) = - lambda) ->
  ((forall i, (i < S N)%nat -> 0 < p i) /\ (forall i, (i < S N)%nat -> p i <= 1) /\ rsum (S N) p = 1) /\
  ((forall i, (i < S N)%nat -> 0 < q i) /\ (forall i, (i < S N)%nat -> q i < 1) /\ rsum (S N) q = 1) /\
  (forall i, (i < S N)%nat -> q i <> 0) /\ (forall i, (i < S N)%nat -> 1 - q i <> 0) /\
  (forall i, (i < S N)%nat -> pdef (1 - q i) gamma) /\ (forall i, (i < S N)%nat -> slope (q i) gamma * p i = lambda).
Proof.
  intros P PS Q QS K.
  destruct (pmf N p) as [P1 PS']; [intros; left; apply P; assumption | exact PS |].
  assert (Q' : forall i, (i < S N)%nat -> 0 < q i < 1) by (intros i Hi; apply Q; lia).
  repeat split; try assumption; try (rewrite rsum_sum_n; assumption);
    intros i Hi; try (apply P; lia); specialize (Q' i Hi); try lra.
  - left. lra.
  - assert (E := K i ltac:(lia)). rewrite Derive_loss in E by exact Q'. lra.
Qed.

(* The hypotheses of a claim about the optimum, from what stands in the context. *)
Ltac known :=
  lazymatch goal with
  | |- _ /\ _ => split; known
  | |- _ => assumption
  end.
