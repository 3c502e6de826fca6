(* What the rules of logic and arithmetic lean on: negated relations, signs of cases, weighted sums, absolute values. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

Lemma not_lt a b : ~ a < b -> b <= a.
Proof. apply Rnot_lt_le. Qed.

Lemma not_le a b : ~ a <= b -> b < a.
Proof. apply Rnot_le_lt. Qed.

Lemma not_eq a b : ~ a = b -> (a : R) <> b.
Proof. exact (fun H => H). Qed.

Lemma not_ne (a b : R) : ~ a <> b -> a = b.
Proof. intros H. destruct (Req_dec a b) as [E|E]; [exact E | contradiction]. Qed.

(* Each number is negative, zero or positive; a relation that compares it with 0 follows from its sign. *)
Lemma sign_of (x : R) : x < 0 \/ x = 0 \/ 0 < x.
Proof. destruct (Rtotal_order x 0) as [H|[H|H]]; auto. Qed.

Ltac by_sign :=
  first
    [ lra
    | (let H := fresh in intro H; lra)
    | match goal with H : _ <> _ |- _ => exfalso; apply H; lra end ].

(* A weighted sum of relations. *)
Lemma weighted_lt w a b : 0 < w -> a < b -> 0 < w * (b - a).
Proof. intros. apply Rmult_lt_0_compat; lra. Qed.

Lemma weighted_le w a b : 0 <= w -> a <= b -> 0 <= w * (b - a).
Proof. intros. apply Rmult_le_pos; lra. Qed.

Lemma weighted_eq w a b : a = b -> w * (a - b) = 0.
Proof. intros ->. ring. Qed.

Lemma below_absolute x a : a = x -> a <= Rabs x.
Proof. intros ->. apply Rle_abs. Qed.

Lemma below_absolute_opposite x a : a = -1 * x -> a <= Rabs x.
Proof. intros ->. rewrite <- Rabs_Ropp. replace (-1 * x) with (- x) by ring. apply Rle_abs. Qed.

Lemma absolute_lt x b : x < b -> -1 * x < b -> Rabs x < b.
Proof. intros. apply Rabs_def1; lra. Qed.

Lemma absolute_le x b : x <= b -> -1 * x <= b -> Rabs x <= b.
Proof. intros. apply Rabs_le. lra. Qed.
