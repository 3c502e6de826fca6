(* Signs of numbers: which of -, 0, + a number may have, and how signs go through the operations. *)
From Coq Require Import Reals Lra Lia.
From Coq Require Import ZArith Qreals.
Require Import Meaning Rational Sums.
Open Scope R_scope.

(* A set of signs. `sg m x` is a plain relation of x and 0, such as 0 < x where m is `Mask false false true`. *)
Inductive mask := Mask (neg nil pos : bool).
Definition sg (m : mask) (x : R) : Prop :=
  match m with
  | Mask false false false => False
  | Mask true false false => x < 0
  | Mask false true false => x = 0
  | Mask true true false => x <= 0
  | Mask false false true => 0 < x
  | Mask true false true => x <> 0
  | Mask false true true => 0 <= x
  | Mask true true true => True
  end.
(* By number: - is 1, 0 is 2, + is 4. *)
Notation M0 := (Mask false false false).
Notation M1 := (Mask true false false).
Notation M2 := (Mask false true false).
Notation M3 := (Mask true true false).
Notation M4 := (Mask false false true).
Notation M5 := (Mask true false true).
Notation M6 := (Mask false true true).
Notation M7 := (Mask true true true).

Open Scope bool_scope.
Definition madd (m k : mask) : mask :=
  let (a, b, c) := m in
  let (d, e, f) := k in
  Mask (a && (d || e || f) || d && (a || b || c)) (b && e || a && f || c && d) (c && (d || e || f) || f && (a || b || c)).
Definition mmul (m k : mask) : mask :=
  let (a, b, c) := m in
  let (d, e, f) := k in
  Mask (a && f || c && d) (b && (d || e || f) || e && (a || b || c)) (a && d || c && f).
Definition meet (m k : mask) : mask := let (a, b, c) := m in let (d, e, f) := k in Mask (a && d) (b && e) (c && f).
Definition within (m k : mask) : bool :=
  let (a, b, c) := m in
  let (d, e, f) := k in
  (negb a || d) && (negb b || e) && (negb c || f).
Definition mabs (m : mask) : mask := let (a, b, c) := m in Mask false b (a || c).
Definition minv (m : mask) : mask := let (a, b, c) := m in Mask a false c.
Definition mpow (m : mask) (k : nat) : mask :=
  match k with O => M4 | S _ => if Nat.even k then mabs m else m end.
Definition mipow (m : mask) (k : Z) : mask :=
  match k with Z0 => M4 | Zpos p => mpow m (Pos.to_nat p) | Zneg p => minv (mpow m (Pos.to_nat p)) end.
(* Signs that go from the terms of a sum to the sum. *)
Definition convex (m : mask) : bool := match m with Mask true _ true => false | _ => true end.

(* -- which signs: the lemmas below are shown case by case -- *)
Lemma sg_cases m x :
  sg m x <-> let (a, b, c) := m in (x < 0 /\ a = true) \/ (x = 0 /\ b = true) \/ (0 < x /\ c = true).
Proof.
  destruct m as [[] [] []]; simpl; split; intros H; try tauto;
    try (destruct (Rtotal_order x 0) as [K|[K|K]]; intuition lra); intuition (try discriminate; lra).
Qed.

Lemma sg_eq m x y : x = y -> sg m y -> sg m x.
Proof. intros ->. trivial. Qed.

Lemma sg_any x : sg M7 x.
Proof. exact I. Qed.

Lemma sg_weak m k x : within m k = true -> sg m x -> sg k x.
Proof. rewrite !sg_cases. destruct m as [[] [] []], k as [[] [] []]; simpl; intros; try discriminate; tauto. Qed.

Lemma sg_both m k x : sg m x -> sg k x -> sg (meet m k) x.
Proof.
  rewrite !sg_cases. destruct m as [a b c], k as [d e f]. simpl.
  intros [[H ->]|[[H ->]|[H ->]]] [[K ->]|[[K ->]|[K ->]]]; simpl; try lra; tauto.
Qed.

Lemma sg_add m k x y : sg m x -> sg k y -> sg (madd m k) (x + y).
Proof.
  rewrite !sg_cases. destruct m as [a b c], k as [d e f]. simpl.
  intros [[H ->]|[[H ->]|[H ->]]] [[K ->]|[[K ->]|[K ->]]]; simpl; rewrite ?Bool.orb_true_r; simpl.
  all: try (left; split; [lra | reflexivity]).
  all: try (right; left; split; [lra | reflexivity]).
  all: try (right; right; split; [lra | reflexivity]).
  all: destruct (Rtotal_order (x + y) 0) as [L|[L|L]]; [left | right; left | right; right]; (split; [exact L | now rewrite ?Bool.orb_true_r]).
Qed.

Lemma sg_mul m k x y : sg m x -> sg k y -> sg (mmul m k) (x * y).
Proof.
  rewrite !sg_cases. destruct m as [a b c], k as [d e f]. simpl.
  intros [[H ->]|[[H ->]|[H ->]]] [[K ->]|[[K ->]|[K ->]]]; simpl; rewrite ?Bool.orb_true_r; simpl.
  all: try (right; left; split; [subst; ring | reflexivity]).
  all: try (left; split; [nra | reflexivity]).
  all: right; right; split; [nra | reflexivity].
Qed.

Lemma sg_abs m x : sg m x -> sg (mabs m) (Rabs x).
Proof.
  rewrite !sg_cases. destruct m as [a b c]. simpl. intros [[H ->]|[[H ->]|[H ->]]]; simpl; rewrite ?Bool.orb_true_r.
  - right; right. split; [apply Rabs_pos_lt; lra | reflexivity].
  - right; left. rewrite H, Rabs_R0. auto.
  - right; right. split; [apply Rabs_pos_lt; lra | reflexivity].
Qed.

Lemma sg_inv m x : x <> 0 -> sg m x -> sg (minv m) (/ x).
Proof.
  rewrite !sg_cases. destruct m as [a b c]. simpl. intros N [[H ->]|[[H ->]|[H ->]]].
  - left. split; [apply Rinv_lt_0_compat; assumption | reflexivity].
  - contradiction.
  - right; right. split; [apply Rinv_0_lt_compat; assumption | reflexivity].
Qed.

Lemma sg_pow m k x : sg m x -> sg (mpow m k) (x ^ k).
Proof.
  destruct k as [|k]; [intros _; simpl; lra |]. unfold mpow.
  assert (E : forall j, sg m x -> Nat.even j = true -> 0 < x ^ j \/ x = 0).
  { intros j _ E. destruct (Req_dec x 0) as [K|K]; [auto | left]. apply Nat.even_spec in E as [h ->].
    rewrite pow_mult. apply pow_lt. nra. }
  destruct (Nat.even (S k)) eqn:P; rewrite !sg_cases; destruct m as [a b c]; simpl mabs; cbv iota beta;
    intros [[H ->]|[[H ->]|[H ->]]]; rewrite ?Bool.orb_true_r.
  1,3: right; right; split; [| reflexivity]; destruct (E (S k)) as [L|L]; [rewrite sg_cases; tauto | exact P | exact L | lra].
  - right; left. rewrite H. simpl. rewrite Rmult_0_l. auto.
  - left. split; [| reflexivity]. rewrite Nat.even_succ in P. rewrite <- Nat.negb_even in P. simpl.
    destruct (E k) as [L|L]; [rewrite sg_cases; tauto | destruct (Nat.even k); [reflexivity | discriminate] | nra | lra].
  - right; left. rewrite H. simpl. rewrite Rmult_0_l. auto.
  - right; right. split; [apply pow_lt; assumption | reflexivity].
Qed.

Lemma sg_ipow m k x : (match k with Zneg _ => x <> 0 | _ => True end) -> sg m x -> sg (mipow m k) (ipow x k).
Proof.
  destruct k as [|p|p]; intros N H; [exact Rlt_0_1 | apply sg_pow; exact H |].
  assert (K : sg (mipow m (Zneg p)) (/ x ^ Pos.to_nat p)) by (apply sg_inv; [apply pow_nonzero; exact N | apply sg_pow; exact H]).
  rewrite ipow_neg, pow_inv. exact K.
Qed.

Lemma sg_sum m n f : convex m = true -> (0 < n)%nat -> (forall i, (i < n)%nat -> sg m (f i)) -> sg m (rsum n f).
Proof.
  intros C Hn H. destruct m as [[] [] []]; simpl in *; try discriminate. 6: destruct (H O Hn).
  - apply rsum_LE; assumption. - apply rsum_N; assumption. - apply rsum_GE; assumption.
  - apply rsum_Z; assumption. - apply rsum_P; assumption.
Qed.

(* -- numbers, powers, logarithms -- *)
Definition msign (z : Z) : mask := match z with Z0 => M2 | Zpos _ => M4 | Zneg _ => M1 end.
Lemma sg_rat z q : sg (msign z) (rat z q).
Proof.
  rewrite <- rat_ok. unfold Q2R. simpl.
  assert (0 < / IZR (Zpos q)) by (apply Rinv_0_lt_compat, IZR_lt; reflexivity).
  destruct z as [|p|p]; simpl; [ring | |].
  - assert (0 < IZR (Zpos p)) by (apply IZR_lt; reflexivity). nra.
  - assert (IZR (Zneg p) < 0) by (apply IZR_lt; reflexivity). nra.
Qed.

Lemma sg_size n : (0 < n)%nat -> 0 < INR n.
Proof. apply lt_0_INR. Qed.

Lemma size_ge n : (0 < n)%nat -> 1 <= INR n.
Proof. intros H. change 1 with (INR 1). apply le_INR. exact H. Qed.

Lemma rpow_exp b e : 0 < b -> rpow b e = exp (e * ln b).
Proof. intros H. unfold rpow. destruct (Rlt_dec 0 b); [reflexivity | contradiction]. Qed.

Lemma sg_rpow b e : 0 < b -> 0 < rpow b e.
Proof. intros H. rewrite rpow_exp by assumption. apply exp_pos. Qed.

Lemma sg_rpow_ge b e : 0 <= rpow b e.
Proof. unfold rpow. destruct (Rlt_dec 0 b); [left; apply exp_pos | destruct (Req_EM_T e 0); lra]. Qed.

Lemma sg_log m x : 0 < x -> sg m (x + -1) -> sg m (ln x).
Proof.
  intros P. rewrite !sg_cases. destruct m as [a b c]. intros [[H ->]|[[H ->]|[H ->]]]; [left | right; left | right; right];
    (split; [| reflexivity]).
  - rewrite <- ln_1. apply ln_increasing; lra.
  - replace x with 1 by lra. apply ln_1.
  - rewrite <- ln_1. apply ln_increasing; lra.
Qed.

(* -- relations: larger - smaller, written as a sum -- *)
Lemma d_lt a b : a < b -> sg M4 (b + -1 * a).
Proof. simpl. lra. Qed.
Lemma d_le a b : a <= b -> sg M6 (b + -1 * a).
Proof. simpl. lra. Qed.
Lemma d_eq a b : a = b -> sg M2 (a + -1 * b).
Proof. simpl. lra. Qed.
Lemma d_ne a b : a <> b -> sg M5 (a + -1 * b).
Proof. simpl. lra. Qed.
Lemma r_lt a b : sg M4 (b + -1 * a) -> a < b.
Proof. simpl. lra. Qed.
Lemma r_le a b : sg M6 (b + -1 * a) -> a <= b.
Proof. simpl. lra. Qed.
Lemma r_eq a b : sg M2 (a + -1 * b) -> a = b.
Proof. simpl. lra. Qed.
Lemma r_ne a b : sg M5 (a + -1 * b) -> a <> b.
Proof. simpl. lra. Qed.

(* -- the same in other words -- *)
Lemma not_ne (a b : R) : ~ a <> b -> a = b.
Proof. destruct (Req_dec a b); tauto. Qed.

Lemma pdef_scaled b e c d z q w r :
  (0 <? z)%Z = true -> (0 <? w)%Z = true -> pdef b e -> c = rat z q * b -> d = rat w r * e -> pdef c d.
Proof.
  intros Z W [H|[H K]] -> ->; apply Z.ltb_lt in Z, W; pose proof (sg_rat z q) as P; pose proof (sg_rat w r) as P';
    destruct z as [|z|z], w as [|w|w]; try discriminate; simpl in P, P'; [left | right; split]; nra.
Qed.
