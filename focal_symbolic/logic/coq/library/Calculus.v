(* Continuity and derivatives of the numbers of the language, the mean value theorem, the intermediate value theorem. *)
From Coq Require Import Reals Ranalysis5 Lra Lia.
Require Import Meaning Sums Monotone.
Open Scope R_scope.

Notation cont := continuity_pt.
Notation deriv := derivable_pt_lim.

(* -- functions that agree near a point -- *)

Definition near (x : R) (P : R -> Prop) : Prop := exists d : posreal, forall h, Rabs h < d -> P (x + h).

Lemma near_at x P : near x P -> P x.
Proof. intros [d H]. rewrite <- (Rplus_0_r x). apply H. rewrite Rabs_R0. apply cond_pos. Qed.

Lemma deriv_near f g x a : near x (fun t => f t = g t) -> deriv g x a -> deriv f x a.
Proof.
  intros N D eps He. pose proof (near_at _ _ N) as E. destruct N as [d N], (D eps He) as [d' K].
  exists (mkposreal _ (Rmin_pos d d' (cond_pos d) (cond_pos d'))). intros h Hh Hl. simpl in Hl.
  rewrite E, N by (eapply Rlt_le_trans; [exact Hl | apply Rmin_l]).
  apply K; [assumption | eapply Rlt_le_trans; [exact Hl | apply Rmin_r]].
Qed.

Lemma cont_near f g x : near x (fun t => f t = g t) -> cont g x -> cont f x.
Proof.
  intros N C eps He. pose proof (near_at _ _ N) as E. destruct N as [d N], (C eps He) as (al & Ha & K).
  exists (Rmin d al). split; [apply Rmin_pos; [apply cond_pos | assumption]|].
  intros y (Dy & Hy). simpl in *. unfold R_dist in *. rewrite E. replace y with (x + (y - x)) by ring.
  rewrite N by (eapply Rlt_le_trans; [exact Hy | apply Rmin_l]). replace (x + (y - x)) with y by ring.
  apply K. split; [assumption | eapply Rlt_le_trans; [exact Hy | apply Rmin_r]].
Qed.

Lemma cont_positive f x : cont f x -> 0 < f x -> near x (fun t => 0 < f t).
Proof.
  intros C H. destruct (C (f x) H) as (d & Hd & K). exists (mkposreal d Hd). simpl. intros h Hh.
  destruct (Req_dec h 0) as [->|N]; [rewrite Rplus_0_r; assumption|].
  specialize (K (x + h)). simpl in K. unfold R_dist, D_x, no_cond in K.
  replace (x + h - x) with h in K by ring.
  assert (L : Rabs (f (x + h) - f x) < f x) by (apply K; repeat split; auto; lra).
  apply Rabs_def2 in L. lra.
Qed.

Lemma deriv_cont f x a : deriv f x a -> cont f x.
Proof. intros D. apply derivable_continuous_pt. exists a. exact D. Qed.

(* -- derivatives: one lemma an operation; the last step gives the derivative another form -- *)

Lemma deriv_as f x a b : deriv f x a -> a = b -> deriv f x b.
Proof. intros D <-. exact D. Qed.

Lemma d_const c x : deriv (fun _ => c) x 0.
Proof. apply derivable_pt_lim_const. Qed.

Lemma d_id x : deriv (fun t => t) x 1.
Proof. apply derivable_pt_lim_id. Qed.

Lemma d_plus f g x a b : deriv f x a -> deriv g x b -> deriv (fun t => f t + g t) x (a + b).
Proof. apply derivable_pt_lim_plus. Qed.

Lemma d_mult f g x a b : deriv f x a -> deriv g x b -> deriv (fun t => f t * g t) x (a * g x + f x * b).
Proof. apply derivable_pt_lim_mult. Qed.

Lemma d_comp g f x a b : deriv f x a -> deriv g (f x) b -> deriv (fun t => g (f t)) x (b * a).
Proof. intros; apply (derivable_pt_lim_comp f g); assumption. Qed.

Lemma d_inv f x a : deriv f x a -> f x <> 0 -> deriv (fun t => / f t) x (-1 * / (f x ^ 2) * a).
Proof.
  intros D H. replace (-1 * / (f x ^ 2) * a) with ((0 * f x - a * 1) / Rsqr (f x)) by (unfold Rsqr; field; assumption).
  pose proof (derivable_pt_lim_div (fun _ => 1) f x 0 a (d_const 1 x) D H) as K.
  eapply derivable_pt_lim_ext; [|exact K]. intros t. unfold div_fct, Rdiv. ring.
Qed.

Lemma d_pow f x a k c : deriv f x a -> c = INR (S k) -> deriv (fun t => f t ^ S k) x (c * f x ^ k * a).
Proof. intros D ->. exact (d_comp (fun y => y ^ S k) f x _ _ D (derivable_pt_lim_pow (f x) (S k))). Qed.

Lemma d_inv_pow f x a k c :
  deriv f x a -> f x <> 0 -> c = - INR (S k) -> deriv (fun t => / (f t ^ S k)) x (c * / (f x ^ S (S k)) * a).
Proof.
  intros D H ->. pose proof (d_inv (fun t => f t ^ S k) x _ (d_pow f x a k _ D eq_refl) (pow_nonzero _ _ H)) as K.
  eapply deriv_as; [exact K|]. simpl pow. field. split; first [assumption | apply pow_nonzero; assumption].
Qed.

Lemma d_log f x a : deriv f x a -> 0 < f x -> deriv (fun t => ln (f t)) x (/ f x * a).
Proof. intros D H. exact (d_comp ln f x _ _ D (derivable_pt_lim_ln (f x) H)). Qed.

Lemma d_exp f x a : deriv f x a -> deriv (fun t => exp (f t)) x (exp (f x) * a).
Proof. intros D. exact (d_comp exp f x _ _ D (derivable_pt_lim_exp (f x))). Qed.

Lemma d_rpow f g x a b e :
  deriv f x a -> deriv g x b -> 0 < f x -> e = g x - 1 ->
  deriv (fun t => rpow (f t) (g t)) x (g x * rpow (f x) e * a + rpow (f x) (g x) * ln (f x) * b).
Proof.
  intros Df Dg H ->. apply (deriv_near _ (fun t => exp (g t * ln (f t)))).
  - destruct (cont_positive f x (deriv_cont _ _ _ Df) H) as [d Hd]. exists d. intros h Hh. apply rpow_as_exp, Hd, Hh.
  - eapply deriv_as; [exact (d_exp _ x _ (d_mult _ _ _ _ _ Dg (d_log _ _ _ Df H)))|].
    rewrite !rpow_as_exp by assumption. replace ((g x - 1) * ln (f x)) with (g x * ln (f x) + - ln (f x)) by ring.
    rewrite exp_plus, exp_Ropp, exp_ln by assumption. field. lra.
Qed.

Lemma d_sum n (f : nat -> R -> R) x (a : nat -> R) :
  (forall i, (i < n)%nat -> deriv (f i) x (a i)) -> deriv (fun t => rsum n (fun i => f i t)) x (rsum n a).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply d_const|].
  apply d_plus; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

(* -- continuity -- *)

Lemma c_const c x : cont (fun _ => c) x.
Proof. apply (deriv_cont _ _ 0), d_const. Qed.

Lemma c_id x : cont (fun t => t) x.
Proof. apply (deriv_cont _ _ 1), d_id. Qed.

Lemma c_plus f g x : cont f x -> cont g x -> cont (fun t => f t + g t) x.
Proof. apply continuity_pt_plus. Qed.

Lemma c_mult f g x : cont f x -> cont g x -> cont (fun t => f t * g t) x.
Proof. apply continuity_pt_mult. Qed.

Lemma c_comp g f x : cont f x -> cont g (f x) -> cont (fun t => g (f t)) x.
Proof. apply (continuity_pt_comp f g). Qed.

Lemma c_inv f x : cont f x -> f x <> 0 -> cont (fun t => / f t) x.
Proof. apply continuity_pt_inv. Qed.

Lemma c_pow f x k : cont f x -> cont (fun t => f t ^ k) x.
Proof.
  intros C. apply (c_comp (fun y => y ^ k)); [assumption|].
  apply (deriv_cont _ _ (INR k * f x ^ pred k)), derivable_pt_lim_pow.
Qed.

Lemma c_log f x : cont f x -> 0 < f x -> cont (fun t => ln (f t)) x.
Proof. intros C H. apply (c_comp ln); [assumption | apply (deriv_cont _ _ (/ f x)), derivable_pt_lim_ln; assumption]. Qed.

Lemma c_exp f x : cont f x -> cont (fun t => exp (f t)) x.
Proof. intros C. apply (c_comp exp); [assumption | apply (deriv_cont _ _ (exp (f x))), derivable_pt_lim_exp]. Qed.

Lemma c_sum n (f : nat -> R -> R) x :
  (forall i, (i < n)%nat -> cont (f i) x) -> cont (fun t => rsum n (fun i => f i t)) x.
Proof.
  induction n as [|n IH]; intros H; simpl; [apply c_const|].
  apply c_plus; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma c_rpow_both f g x : cont f x -> cont g x -> 0 < f x -> cont (fun t => rpow (f t) (g t)) x.
Proof.
  intros Cf Cg H. apply (cont_near _ (fun t => exp (g t * ln (f t)))).
  - destruct (cont_positive f x Cf H) as [d Hd]. exists d. intros h Hh. apply rpow_as_exp, Hd, Hh.
  - apply c_exp, c_mult; [assumption | apply c_log; assumption].
Qed.

(* A power with a positive exponent is continuous at base 0 as well, from both sides. *)
Lemma c_rpow_zero e : 0 < e -> cont (fun b => rpow b e) 0.
Proof.
  intros He eps Hp. exists (rpow eps (/ e)). split; [apply rpow_pos; assumption|].
  intros y (_ & Hy). simpl in *. unfold R_dist in *. rewrite Rminus_0_r in Hy.
  rewrite rpow_of_zero, Rminus_0_r, Rabs_pos_eq by (try apply rpow_nonneg; assumption).
  destruct (Rlt_dec 0 y) as [P|N].
  - rewrite Rabs_pos_eq in Hy by lra. pose proof (power_lt y _ e He (Rlt_le _ _ P) Hy) as K.
    replace (rpow (rpow eps (/ e)) e) with eps in K; [exact K|].
    rewrite (rpow_as_exp (rpow _ _)) by (apply rpow_pos; assumption). rewrite rpow_as_exp, ln_exp by assumption.
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, exp_ln by lra. reflexivity.
  - unfold rpow. destruct (Rlt_dec 0 y); [lra|]. destruct (Req_EM_T e 0); lra.
Qed.

Lemma c_rpow f e x : cont f x -> pdef (f x) e -> cont (fun t => rpow (f t) e) x.
Proof.
  intros C H. destruct (Req_dec e 0) as [->|N].
  { apply (cont_near _ (fun _ => 1)); [exists (mkposreal 1 Rlt_0_1); intros; apply rpow_zero | apply c_const]. }
  destruct (Rlt_dec 0 (f x)) as [P|Q]; [apply c_rpow_both; [assumption | apply c_const | assumption]|].
  destruct H as [H|(H & K)]; [lra|]. apply (c_comp (fun b => rpow b e)); [assumption|].
  replace (f x) with 0 by lra. apply c_rpow_zero. lra.
Qed.

(* -- the mean value theorem: a function with a derivative of one sign is monotone -- *)

Lemma mean f f' a b :
  a < b -> (forall t, a <= t <= b -> cont f t) -> (forall t, a < t < b -> deriv f t (f' t)) ->
  exists c, a < c < b /\ f b - f a = f' c * (b - a).
Proof.
  intros L C D.
  assert (p1 : forall c, a < c < b -> derivable_pt f c) by (intros c Hc; exists (f' c); apply D; assumption).
  assert (p2 : forall c, a < c < b -> derivable_pt (fun t => t) c) by (intros c Hc; apply derivable_pt_id).
  destruct (MVT f (fun t => t) a b p1 p2 L C (fun c _ => c_id c)) as (c & P & E).
  exists c. split; [exact P|].
  assert (derive_pt f c (p1 c P) = f' c) as E1 by (apply derive_pt_eq; apply D; exact P).
  assert (derive_pt (fun t => t) c (p2 c P) = 1) as E2 by (apply derive_pt_eq; apply d_id).
  rewrite E1, E2 in E. lra.
Qed.

Section Monotone.
  Variables (f f' : R -> R) (a b : R).
  Hypothesis C : forall t, a <= t -> t <= b -> cont f t.

  Let mean_here :
    a < b -> (forall t, a < t -> t < b -> deriv f t (f' t)) -> exists c, (a < c /\ c < b) /\ f b - f a = f' c * (b - a).
  Proof. intros L D. apply mean; [exact L | intros t (H & K); apply C; assumption | intros t (H & K); apply D; assumption]. Qed.

  Lemma rises_lt : a < b -> (forall t, a < t -> t < b -> deriv f t (f' t) /\ 0 < f' t) -> f a < f b.
  Proof.
    intros L D. destruct (mean_here L (fun t H K => proj1 (D t H K))) as (c & (P & Q) & E).
    pose proof (proj2 (D c P Q)). assert (0 < f' c * (b - a)) by (apply Rmult_lt_0_compat; lra). lra.
  Qed.

  Lemma falls_lt : a < b -> (forall t, a < t -> t < b -> deriv f t (f' t) /\ f' t < 0) -> f b < f a.
  Proof.
    intros L D. destruct (mean_here L (fun t H K => proj1 (D t H K))) as (c & (P & Q) & E).
    pose proof (proj2 (D c P Q)). assert (0 < - f' c * (b - a)) by (apply Rmult_lt_0_compat; lra). lra.
  Qed.

  Lemma rises_le : a <= b -> (forall t, a < t -> t < b -> deriv f t (f' t) /\ 0 <= f' t) -> f a <= f b.
  Proof.
    intros [L|E] D; [|rewrite E; lra]. destruct (mean_here L (fun t H K => proj1 (D t H K))) as (c & (P & Q) & E).
    pose proof (proj2 (D c P Q)). assert (0 <= f' c * (b - a)) by (apply Rmult_le_pos; lra). lra.
  Qed.

  Lemma falls_le : a <= b -> (forall t, a < t -> t < b -> deriv f t (f' t) /\ f' t <= 0) -> f b <= f a.
  Proof.
    intros [L|E] D; [|rewrite E; lra]. destruct (mean_here L (fun t H K => proj1 (D t H K))) as (c & (P & Q) & E).
    pose proof (proj2 (D c P Q)). assert (0 <= - f' c * (b - a)) by (apply Rmult_le_pos; lra). lra.
  Qed.
End Monotone.

(* -- the intermediate value theorem -- *)

Lemma crosses f v a b :
  a <= b -> (forall t, a <= t -> t <= b -> cont f t) -> v <= f a -> f b <= v -> exists c, a <= c /\ c <= b /\ f c = v.
Proof.
  intros L C Ha Hb. destruct (Req_dec (f a) v) as [E|N]; [exists a; repeat split; [lra | assumption | assumption]|].
  destruct (Req_dec (f b) v) as [E|N']; [exists b; repeat split; [assumption | lra | assumption]|].
  assert (a < b) by (destruct L as [L|L]; [lra | subst b; lra]).
  destruct (IVT_interv (fun t => v - f t) a b) as (c & (P & Q) & E); [|assumption|lra|lra|].
  - intros t (Ht & Kt). apply (continuity_pt_minus (fun _ => v) f); [apply c_const | apply C; assumption].
  - exists c. repeat split; [assumption | assumption | lra].
Qed.

(* A continuous function that falls strictly takes a value between those at the ends exactly once. *)
Lemma one_root f v a b :
  a <= b -> (forall t, a <= t -> t <= b -> cont f t) -> v <= f a -> f b <= v ->
  (forall x y, a <= x -> x < y -> y <= b -> f y < f x) ->
  exists x, (a <= x /\ x <= b /\ f x = v) /\ forall y, a <= y -> y <= b -> f y = v -> x = y.
Proof.
  intros L C Ha Hb F. destruct (crosses f v a b L C Ha Hb) as (x & P & Q & E). exists x. split; [auto|].
  intros y Hy Hy' Ey. destruct (Rtotal_order x y) as [T|[T|T]]; [|assumption|].
  - pose proof (F x y P T Hy'). lra.
  - pose proof (F y x Hy T Q). lra.
Qed.
