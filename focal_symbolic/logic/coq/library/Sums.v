(* Sums over the alphabet: what the rules on sums, and the laws of sums in certificates, lean on. *)
From Coq Require Import Reals Lra Lia List Permutation Arith FinFun.
Require Import Meaning.
Open Scope R_scope.

Lemma rsum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> rsum n f = rsum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [reflexivity|].
  rewrite IH, H by (intros; try apply H; lia). reflexivity.
Qed.

Lemma rsum_plus n f g : rsum n (fun i => f i + g i) = rsum n f + rsum n g.
Proof. induction n as [|n IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma rsum_scal n c f : rsum n (fun i => c * f i) = c * rsum n f.
Proof. induction n as [|n IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma rsum_const n c : rsum n (fun _ => c) = c * INR n.
Proof. induction n as [|n IH]; [simpl; ring | rewrite S_INR; simpl rsum; rewrite IH; ring]. Qed.

Lemma rsum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> rsum n f <= rsum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rplus_le_compat; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma rsum_lt n f g : (0 < n)%nat -> (forall i, (i < n)%nat -> f i < g i) -> rsum n f < rsum n g.
Proof.
  intros Hn H. destruct n; [lia|]. simpl.
  apply Rplus_le_lt_compat; [apply rsum_le; intros; left; apply H; lia | apply H; lia].
Qed.

(* One strict inequality among weak ones. *)
Lemma rsum_lt_at n f g k :
  (k < n)%nat -> (forall i, (i < n)%nat -> f i <= g i) -> f k < g k -> rsum n f < rsum n g.
Proof.
  induction n as [|n IH]; intros Hk H L; [lia|]. simpl. destruct (Nat.eq_dec k n) as [->|E].
  - apply Rplus_le_lt_compat; [apply rsum_le; intros; apply H; lia | assumption].
  - apply Rplus_lt_le_compat; [apply IH; [lia | intros; apply H; lia | assumption] | apply H; lia].
Qed.

Lemma rsum_0 n : rsum n (fun _ => 0) = 0.
Proof. rewrite rsum_const. ring. Qed.

(* The sign of a sum whose terms have one sign: P > 0, N < 0, GE >= 0, LE <= 0, Z = 0. *)
Lemma rsum_P n f : (0 < n)%nat -> (forall i, (i < n)%nat -> 0 < f i) -> 0 < rsum n f.
Proof. intros Hn H. rewrite <- (rsum_0 n). apply rsum_lt; assumption. Qed.

Lemma rsum_N n f : (0 < n)%nat -> (forall i, (i < n)%nat -> f i < 0) -> rsum n f < 0.
Proof. intros Hn H. rewrite <- (rsum_0 n). apply rsum_lt; assumption. Qed.

Lemma rsum_GE n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= rsum n f.
Proof. intros H. rewrite <- (rsum_0 n). apply rsum_le; assumption. Qed.

Lemma rsum_LE n f : (forall i, (i < n)%nat -> f i <= 0) -> rsum n f <= 0.
Proof. intros H. rewrite <- (rsum_0 n). apply rsum_le; assumption. Qed.

Lemma rsum_Z n f : (forall i, (i < n)%nat -> f i = 0) -> rsum n f = 0.
Proof. intros H. rewrite <- (rsum_0 n). apply rsum_ext; assumption. Qed.

(* Terms that are not negative: one of them, and two of them, are at most the sum. *)
Lemma rsum_term n f k : (k < n)%nat -> (forall i, (i < n)%nat -> 0 <= f i) -> f k <= rsum n f.
Proof.
  induction n as [|n IH]; intros Hk H; [lia|]. simpl.
  assert (Hn : forall i, (i < n)%nat -> 0 <= f i) by (intros; apply H; lia).
  destruct (Nat.eq_dec k n) as [->|E].
  - pose proof (rsum_GE n f Hn). lra.
  - assert (f k <= rsum n f) by (apply IH; [lia | assumption]). assert (0 <= f n) by (apply H; lia). lra.
Qed.

Lemma rsum_pair n f k l :
  (k < n)%nat -> (l < n)%nat -> f k <> f l -> (forall i, (i < n)%nat -> 0 <= f i) -> f k + f l <= rsum n f.
Proof.
  intros Hk Hl D. assert (N : k <> l) by (intros ->; apply D; reflexivity). clear D. revert Hk Hl.
  induction n as [|n IH]; intros Hk Hl H; [lia|]. simpl.
  assert (Hn : forall i, (i < n)%nat -> 0 <= f i) by (intros; apply H; lia).
  destruct (Nat.eq_dec k n) as [->|E]; [|destruct (Nat.eq_dec l n) as [->|E']].
  - assert (f l <= rsum n f) by (apply rsum_term; [lia | assumption]). lra.
  - assert (f k <= rsum n f) by (apply rsum_term; [lia | assumption]). lra.
  - assert (f k + f l <= rsum n f) by (apply IH; try lia; assumption). assert (0 <= f n) by (apply H; lia). lra.
Qed.

(* Relabelling, by way of lists. *)
Lemma rsum_list n f : rsum n f = fold_right Rplus 0 (map f (seq 0 n)).
Proof.
  induction n as [|n IH]; [reflexivity|]. rewrite seq_S, map_app, fold_right_app. simpl rsum. rewrite IH. simpl.
  generalize (map f (seq 0 n)) (f n). intros l x. induction l as [|a l IHl]; simpl; [ring | rewrite <- IHl; ring].
Qed.

Lemma fold_perm l m : Permutation l m -> fold_right Rplus 0 l = fold_right Rplus 0 m.
Proof. induction 1; simpl; lra. Qed.

Lemma rsum_relabel n s f :
  (forall i, (i < n)%nat -> (s i < n)%nat) -> bijection n s -> rsum n (fun i => f (s i)) = rsum n f.
Proof.
  intros B S. rewrite !rsum_list, <- (map_map s f). apply fold_perm, Permutation_map, Permutation_sym.
  apply NoDup_Permutation_bis.
  - apply seq_NoDup.
  - rewrite map_length. lia.
  - intros j Hj. apply in_seq in Hj. destruct (S j) as (i & (Hi & E) & _); [lia|].
    apply in_map_iff. exists i. split; [assumption | apply in_seq; lia].
Qed.
