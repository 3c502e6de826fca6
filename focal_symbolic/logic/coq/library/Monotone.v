(* Monotone functions: logarithm, exponential, powers in the base and in the exponent. *)
From Coq Require Import Reals Lra.
Require Import Meaning.
Open Scope R_scope.

Lemma rpow_as_exp b e : 0 < b -> rpow b e = exp (e * ln b).
Proof. intros H. unfold rpow. destruct (Rlt_dec 0 b); [reflexivity | lra]. Qed.

Lemma rpow_pos b e : 0 < b -> 0 < rpow b e.
Proof. intros H. rewrite rpow_as_exp by assumption. apply exp_pos. Qed.

Lemma rpow_nonneg b e : 0 <= rpow b e.
Proof. unfold rpow. destruct (Rlt_dec 0 b); [left; apply exp_pos | destruct (Req_EM_T e 0); lra]. Qed.

Lemma rpow_zero b : rpow b 0 = 1.
Proof.
  unfold rpow. destruct (Rlt_dec 0 b); [rewrite Rmult_0_l; apply exp_0 | destruct (Req_EM_T 0 0); lra].
Qed.

Lemma rpow_of_zero e : 0 < e -> rpow 0 e = 0.
Proof. intros H. unfold rpow. destruct (Rlt_dec 0 0); [lra | destruct (Req_EM_T e 0); lra]. Qed.

Lemma log_le x y : 0 < x -> x <= y -> ln x <= ln y.
Proof. intros H [K|<-]; [left; apply ln_increasing; assumption | lra]. Qed.

Lemma log_lt x y : 0 < x -> x < y -> ln x < ln y.
Proof. apply ln_increasing. Qed.

Lemma exp_le x y : x <= y -> exp x <= exp y.
Proof. intros [K|<-]; [left; apply exp_increasing; assumption | lra]. Qed.

Lemma exp_lt x y : x < y -> exp x < exp y.
Proof. apply exp_increasing. Qed.

(* x^e, e >= 0: increasing in x >= 0; e < 0: decreasing in x > 0. *)
Lemma power_lt b c e : 0 < e -> 0 <= b -> b < c -> rpow b e < rpow c e.
Proof.
  intros He [Hb|<-] Hc.
  - rewrite !rpow_as_exp by lra. apply exp_increasing. apply Rmult_lt_compat_l; [lra|]. apply ln_increasing; lra.
  - rewrite rpow_of_zero by lra. apply rpow_pos. lra.
Qed.

Lemma power_le b c e : 0 <= e -> 0 <= b -> b <= c -> rpow b e <= rpow c e.
Proof.
  intros [He|<-] Hb Hc; [|rewrite !rpow_zero; lra].
  destruct Hc as [Hc|<-]; [left; apply power_lt; assumption | lra].
Qed.

Lemma power_falls_lt b c e : e < 0 -> 0 < b -> b < c -> rpow c e < rpow b e.
Proof.
  intros He Hb Hc. rewrite !rpow_as_exp by lra. apply exp_increasing.
  apply Rmult_lt_gt_compat_neg_l; [lra|]. apply ln_increasing; lra.
Qed.

Lemma power_falls_le b c e : e < 0 -> 0 < b -> b <= c -> rpow c e <= rpow b e.
Proof. intros He Hb [Hc|<-]; [left; apply power_falls_lt; assumption | lra]. Qed.

(* b^x: increasing in x for b >= 1, decreasing for 0 < b <= 1. *)
Lemma base_lt b x y : 0 < b -> 1 < b -> x < y -> rpow b x < rpow b y.
Proof.
  intros _ Hb H. rewrite !rpow_as_exp by lra. apply exp_increasing, Rmult_lt_compat_r; [|assumption].
  rewrite <- ln_1. apply ln_increasing; lra.
Qed.

Lemma base_le b x y : 0 < b -> 1 <= b -> x <= y -> rpow b x <= rpow b y.
Proof.
  intros P Hb H. rewrite !rpow_as_exp by lra. apply exp_le, Rmult_le_compat_r; [|assumption].
  rewrite <- ln_1. apply log_le; lra.
Qed.

Lemma base_falls_lt b x y : 0 < b -> b < 1 -> x < y -> rpow b y < rpow b x.
Proof.
  intros P Hb H. rewrite !rpow_as_exp by lra. apply exp_increasing.
  assert (ln b < 0) by (rewrite <- ln_1; apply ln_increasing; lra). nra.
Qed.

Lemma base_falls_le b x y : 0 < b -> b <= 1 -> x <= y -> rpow b y <= rpow b x.
Proof.
  intros P Hb H. rewrite !rpow_as_exp by lra. apply exp_le.
  assert (ln b <= 0) by (rewrite <- ln_1; apply log_le; lra). nra.
Qed.
