(* Values that may be +oo: when a value by cases, and a sum of such values, is finite. *)
From Coq Require Import Reals Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning.
Open Scope R_scope.

Lemma finite_eq a b : is_finite a -> a = b -> is_finite b.
Proof. intros H <-. exact H. Qed.

Lemma esum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> esum n f = esum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [reflexivity|].
  rewrite IH, H by (intros; try apply H; lia). reflexivity.
Qed.

(* The same case of two values by cases. *)
Lemma case_lt a b c d (v w x y : Rbar) :
  a = c -> b = d -> v = x -> w = y -> (if Rlt_dec a b then v else w) = (if Rlt_dec c d then x else y).
Proof. intros <- <- <- <-. reflexivity. Qed.

Lemma case_le a b c d (v w x y : Rbar) :
  a = c -> b = d -> v = x -> w = y -> (if Rle_dec a b then v else w) = (if Rle_dec c d then x else y).
Proof. intros <- <- <- <-. reflexivity. Qed.

Lemma case_eq a b c d (v w x y : Rbar) :
  a = c -> b = d -> v = x -> w = y -> (if Req_EM_T a b then v else w) = (if Req_EM_T c d then x else y).
Proof. intros <- <- <- <-. reflexivity. Qed.

Ltac no_minus_infinity :=
  repeat match goal with |- context [if ?d then _ else _] => destruct d end; discriminate.

Lemma esum_finite n f :
  (forall i, (i < n)%nat -> f i <> m_infty) ->
  esum n f <> m_infty /\ (is_finite (esum n f) <-> forall i, (i < n)%nat -> is_finite (f i)).
Proof.
  induction n as [|n IH]; intros H.
  - split; [discriminate|]. split; [intros _ i Hi; lia | reflexivity].
  - destruct IH as [N F]; [intros; apply H; lia|]. pose proof (H n (Nat.lt_succ_diag_r n)) as K.
    assert (S : forall i, (i < S n)%nat -> i = n \/ (i < n)%nat) by lia.
    simpl. destruct (esum n f) as [x| |], (f n) as [y| |] eqn:E; try contradiction; simpl.
    + split; [discriminate|]. split; [|reflexivity]. intros _ i Hi.
      destruct (S i Hi) as [->|L]; [rewrite E; reflexivity | apply F; [reflexivity | exact L]].
    + split; [discriminate|]. split; [discriminate|]. intros G. specialize (G n (Nat.lt_succ_diag_r n)). rewrite E in G. discriminate.
    + split; [discriminate|]. split; [discriminate|]. intros G. exfalso.
      assert (is_finite p_infty) as D by (apply F; intros; apply G; lia). discriminate.
    + split; [discriminate|]. split; [discriminate|]. intros G. specialize (G n (Nat.lt_succ_diag_r n)). rewrite E in G. discriminate.
Qed.

(* No term is -oo: the sum is finite just where a condition holds at each letter under which its term is finite. *)
Lemma finite_sum n f (C : nat -> Prop) :
  (forall i, (i < n)%nat -> f i <> m_infty) -> (forall i, (i < n)%nat -> (is_finite (f i) <-> C i)) ->
  (is_finite (esum n f) <-> forall i, (i < n)%nat -> C i).
Proof.
  intros N H. destruct (esum_finite n f N) as [_ F]. rewrite F.
  split; intros K i Hi; apply (H i Hi), K, Hi.
Qed.
