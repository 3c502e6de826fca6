(* From what Coq says when a lemma is applied to other arguments to how the same statement is printed: parts of sums and
   products may stand in another order. One lemma an operation and a relation. *)
From Coq Require Import Reals Lra.
Require Import Meaning.
Open Scope R_scope.

Lemma inv_eq x y : x = y -> / x = / y.
Proof. intros ->. reflexivity. Qed.

Lemma pow_eq x y k : x = y -> x ^ k = y ^ k.
Proof. intros ->. reflexivity. Qed.

Lemma lt_eq a b c d : a < b -> a = c -> b = d -> c < d.
Proof. intros H <- <-. exact H. Qed.

Lemma le_eq a b c d : a <= b -> a = c -> b = d -> c <= d.
Proof. intros H <- <-. exact H. Qed.

Lemma eq_eq (a b c d : R) : a = b -> a = c -> b = d -> c = d.
Proof. intros H <- <-. exact H. Qed.

Lemma ne_eq (a b c d : R) : a <> b -> a = c -> b = d -> c <> d.
Proof. intros H <- <-. exact H. Qed.

Lemma pdef_eq a b c d : pdef a b -> a = c -> b = d -> pdef c d.
Proof. intros H <- <-. exact H. Qed.
