(* Suprema over all sizes of the alphabet, and the sums without end that they are. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Sums Monotone Calculus.
Open Scope R_scope.

Notation bound b := (Lub_Rbar (fun x : R => exists m : nat, (0 < m)%nat /\ x = b m)).

Lemma bound_ext b b' : (forall m, (0 < m)%nat -> b m = b' m) -> bound b = bound b'.
Proof.
  intros E. apply Lub_Rbar_eqset. intros x.
  split; intros (m & Hm & ->); exists m; (split; [exact Hm|]); [|symmetry]; apply E, Hm.
Qed.

Lemma sup_eq b b' : (forall m, (0 < m)%nat -> b m = b' m) -> real (bound b) = real (bound b').
Proof. intros E. rewrite (bound_ext b b' E). reflexivity. Qed.

Lemma bound_spec b : is_lub_Rbar (fun x : R => exists m : nat, (0 < m)%nat /\ x = b m) (bound b).
Proof. apply Lub_Rbar_correct. Qed.

Lemma bounded_by b c : (forall m, (0 < m)%nat -> b m <= c) -> is_finite (bound b).
Proof.
  intros H. destruct (bound_spec b) as [U L]. specialize (U (b 1%nat) (ex_intro _ 1%nat (conj Nat.lt_0_1 eq_refl))).
  assert (Rbar_le (bound b) (Finite c)) as K by (apply L; intros x (m & Hm & ->); apply H, Hm).
  destruct (bound b) as [r| |]; [reflexivity | contradiction | contradiction].
Qed.

Lemma sup_at_most b c : (forall m, (0 < m)%nat -> b m <= c) -> real (bound b) <= c.
Proof.
  intros H. pose proof (bounded_by b c H) as F. destruct (bound_spec b) as [_ L].
  assert (Rbar_le (bound b) (Finite c)) as K by (apply L; intros x (m & Hm & ->); apply H, Hm).
  rewrite <- F in K. exact K.
Qed.

Lemma sup_above b m : is_finite (bound b) -> (0 < m)%nat -> b m <= real (bound b).
Proof.
  intros F Hm. destruct (bound_spec b) as [U _]. specialize (U (b m) (ex_intro _ m (conj Hm eq_refl))).
  rewrite <- F in U. exact U.
Qed.

Lemma sup_beyond b c : is_finite (bound b) -> c < real (bound b) -> exists m, (0 < m)%nat /\ c < b m.
Proof.
  intros F H. destruct (Classical_Prop.classic (exists m, (0 < m)%nat /\ c < b m)) as [E|N]; [exact E|]. exfalso.
  apply (Rlt_not_le _ _ H), sup_at_most. intros m Hm. apply Rnot_lt_le. intros L. apply N. exists m. split; assumption.
Qed.

(* -- numbers that grow with the alphabet -- *)

Definition grows (b : nat -> R) : Prop := forall m k, (0 < m)%nat -> (m <= k)%nat -> b m <= b k.

Lemma rsum_grows f : (forall m, (0 < m)%nat -> forall i, (i < m)%nat -> 0 <= f i) -> grows (fun m => rsum m f).
Proof.
  intros H m k _ L. induction L as [|k L IH]; [lra|]. simpl.
  pose proof (H (S k) (Nat.lt_0_succ k) k (Nat.lt_succ_diag_r k)). lra.
Qed.

Lemma plus_grows b b' : grows b -> grows b' -> grows (fun m => b m + b' m).
Proof. intros G G' m k Hm L. specialize (G m k Hm L). specialize (G' m k Hm L). simpl. lra. Qed.

Lemma sup_plus b b' :
  grows b -> grows b' -> is_finite (bound (fun m => b m + b' m)) ->
  is_finite (bound b) /\ is_finite (bound b') /\ real (bound b) + real (bound b') <= real (bound (fun m => b m + b' m)).
Proof.
  intros G G' F. set (s := real (bound (fun m => b m + b' m))).
  assert (H : forall m, (0 < m)%nat -> b m + b' m <= s) by (intros m Hm; exact (sup_above (fun m => b m + b' m) m F Hm)).
  assert (U : forall m k, (0 < m)%nat -> (0 < k)%nat -> b m + b' k <= s).
  { intros m k Hm Hk. pose proof (G m (max m k) Hm (Nat.le_max_l m k)). pose proof (G' k (max m k) Hk (Nat.le_max_r m k)).
    assert (0 < max m k)%nat as P by lia. specialize (H _ P). lra. }
  assert (B : forall k, (0 < k)%nat -> forall m, (0 < m)%nat -> b m <= s - b' k)
    by (intros k Hk m Hm; specialize (U m k Hm Hk); lra).
  split; [exact (bounded_by b _ (B _ Nat.lt_0_1))|]. split.
  - apply (bounded_by b' (s - b 1%nat)). intros k Hk. pose proof (U 1%nat k Nat.lt_0_1 Hk). lra.
  - assert (real (bound b') <= s - real (bound b)); [|lra]. apply sup_at_most. intros k Hk.
    pose proof (sup_at_most b _ (B k Hk)). lra.
Qed.

(* -- Coquelicot's series: the supremum of the finite sums of nonnegative terms is the sum without end -- *)

Lemma rsum_sum_n f m : rsum (S m) f = sum_n f m.
Proof.
  induction m as [|m IH]; [rewrite sum_O; simpl; ring|]. rewrite sum_Sn, <- IH. reflexivity.
Qed.

Lemma sup_is_series f :
  (forall k, 0 <= f k) -> is_finite (bound (fun m => rsum m f)) -> is_series f (real (bound (fun m => rsum m f))).
Proof.
  intros P F. set (s := real (bound (fun m => rsum m f))). change (is_lim_seq (sum_n f) s).
  apply is_lim_seq_spec. intros eps.
  assert (s - eps < s) as B by (pose proof (cond_pos eps); lra).
  destruct (sup_beyond _ _ F B) as (m & Hm & L). exists m. intros k Hk. rewrite <- rsum_sum_n.
  assert (rsum m f <= rsum (S k) f) as G by (apply (rsum_grows f); [intros; apply P | exact Hm | lia]).
  pose proof (sup_above (fun m => rsum m f) (S k) F (Nat.lt_0_succ k)) as U. cbv beta in U. fold s in U.
  apply Rabs_def1; pose proof (cond_pos eps); lra.
Qed.

(* A sum without end of nonnegative terms is finite just where Coquelicot's series converges, and then is its sum. *)
Lemma bounded_is_ex_series f : (forall k, 0 <= f k) -> (is_finite (bound (fun m => rsum m f)) <-> ex_series f).
Proof.
  intros P. split; [intros F; eexists; exact (sup_is_series f P F)|]. intros [s H].
  apply (bounded_by _ s). intros m Hm. destruct m as [|m]; [lia|]. rewrite rsum_sum_n.
  apply (is_lim_seq_incr_compare (sum_n f) s H). intros k. rewrite sum_Sn. unfold plus; simpl. specialize (P (S k)). lra.
Qed.

Lemma sup_is_Series f :
  (forall k, 0 <= f k) -> is_finite (bound (fun m => rsum m f)) -> real (bound (fun m => rsum m f)) = Series f.
Proof. intros P F. symmetry. apply is_series_unique, sup_is_series; assumption. Qed.

(* -- a uniform limit of continuous functions, and the value that it takes once -- *)

Section Dominated.

Variables (f : nat -> R -> R) (m : nat -> R) (a b : R).
Hypothesis L : a <= b.
Hypothesis D : forall t, a <= t -> t <= b -> forall k, (0 < k)%nat -> forall i, (i < k)%nat -> 0 <= f i t /\ f i t <= m i.
Hypothesis F : is_finite (bound (fun k => rsum k m)).

Let sums k t := rsum k (fun i => f i t).
Let limit t := real (bound (fun k => rsum k (fun i => f i t))).
Let most := real (bound (fun k => rsum k m)).

Lemma dominated_tail t k j : a <= t -> t <= b -> (k <= j)%nat -> sums j t - sums k t <= rsum j m - rsum k m.
Proof.
  intros A B H. induction H as [|j H IH]; [lra|]. unfold sums in *. simpl.
  destruct (D t A B (S j) (Nat.lt_0_succ j) j (Nat.lt_succ_diag_r j)). lra.
Qed.

Lemma dominated_grows t : a <= t -> t <= b -> grows (fun k => sums k t).
Proof. intros A B. apply (rsum_grows (fun i => f i t)). intros k Hk i Hi. apply (D t A B k Hk i Hi). Qed.

Lemma dominated_within t k j : a <= t -> t <= b -> (0 < k)%nat -> (0 < j)%nat -> sums j t <= sums k t + (most - rsum k m).
Proof.
  intros A B Hk Hj. pose proof (sup_above _ k F Hk) as K. pose proof (sup_above _ j F Hj) as J. cbv beta in K, J. fold most in K, J.
  destruct (Nat.le_ge_cases k j) as [H|H].
  - pose proof (dominated_tail t k j A B H). lra.
  - pose proof (dominated_grows t A B j k Hj H) as G. cbv beta in G. lra.
Qed.

Lemma dominated_finite t : a <= t -> t <= b -> is_finite (bound (fun k => rsum k (fun i => f i t))).
Proof.
  intros A B. apply (bounded_by _ (sums 1%nat t + (most - rsum 1%nat m))). intros j Hj.
  exact (dominated_within t 1%nat j A B Nat.lt_0_1 Hj).
Qed.

Lemma dominated_near t k : a <= t -> t <= b -> (0 < k)%nat -> sums k t <= limit t /\ limit t <= sums k t + (most - rsum k m).
Proof.
  intros A B Hk. split; [exact (sup_above _ k (dominated_finite t A B) Hk)|].
  apply sup_at_most. intros j Hj. exact (dominated_within t k j A B Hk Hj).
Qed.

Let clamp t := Rmax a (Rmin t b).

Lemma clamp_inside t : a <= clamp t /\ clamp t <= b.
Proof. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

Lemma clamp_fixed t : a <= t -> t <= b -> clamp t = t.
Proof. intros A B. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

Lemma clamp_short t u : Rabs (clamp t - clamp u) <= Rabs (t - u).
Proof. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; unfold Rabs; repeat destruct Rcase_abs; lra. Qed.

Hypothesis C : forall t, a <= t -> t <= b -> forall k, (0 < k)%nat -> continuity_pt (fun t => rsum k (fun i => f i t)) t.

Lemma limit_continuous t : continuity_pt (fun u => limit (clamp u)) t.
Proof.
  intros eps He. assert (E : most - eps / 3 < most) by lra.
  destruct (sup_beyond _ _ F E) as (k & Hk & K). cbv beta in K.
  destruct (clamp_inside t) as [A B]. destruct (C _ A B k Hk (eps / 3)) as (d & Hd & N); [lra|].
  exists d. split; [exact Hd|]. intros u [[_ U] V]. simpl in *. unfold R_dist in *.
  destruct (clamp_inside u) as [A' B'].
  destruct (dominated_near (clamp t) k A B Hk). destruct (dominated_near (clamp u) k A' B' Hk).
  assert (S : Rabs (sums k (clamp u) - sums k (clamp t)) < eps / 3).
  { destruct (Req_dec (clamp t) (clamp u)) as [Q|Q].
    - rewrite Q. unfold Rminus. rewrite Rplus_opp_r, Rabs_R0. lra.
    - apply (N (clamp u)). unfold D_x, no_cond. repeat split; [exact Q|].
      eapply Rle_lt_trans; [apply clamp_short | exact V]. }
  apply Rabs_def2 in S. apply Rabs_def1; lra.
Qed.

Lemma one_root_of_limit v :
  v <= limit a -> limit b <= v -> (forall x y, a <= x -> x < y -> y <= b -> limit y < limit x) ->
  exists x, (a <= x /\ x <= b /\ limit x = v) /\ forall y, a <= y -> y <= b -> limit y = v -> x = y.
Proof.
  intros Ha Hb H.
  destruct (one_root (fun u => limit (clamp u)) v a b) as (x & (P & Q & E) & U).
  - exact L.
  - intros t _ _. apply limit_continuous.
  - rewrite clamp_fixed by lra. exact Ha.
  - rewrite clamp_fixed by lra. exact Hb.
  - intros x y X Y Z. rewrite !clamp_fixed by lra. apply H; assumption.
  - rewrite clamp_fixed in E by assumption. exists x. split; [auto|]. intros y A B Y.
    apply U; [assumption | assumption |]. rewrite clamp_fixed by assumption. exact Y.
Qed.

End Dominated.
