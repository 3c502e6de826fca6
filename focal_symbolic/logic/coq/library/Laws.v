(* The laws of logarithms, powers, exponentials and sums behind the equations of certificates. *)
From Coq Require Import Reals Lra Lia List ZArith Qreals.
Require Import Meaning Rational Sums Signs.
Import ListNotations.
Open Scope R_scope.

(* -- powers of a positive number -- *)
Lemma ipow_exp b k : 0 < b -> ipow b k = exp (IZR k * ln b).
Proof.
  intros H. assert (E : forall m, b ^ m = exp (INR m * ln b)).
  { induction m as [|m IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity |].
    rewrite S_INR, Rmult_plus_distr_r, exp_plus, Rmult_1_l, exp_ln, <- IH by assumption. simpl. ring. }
  destruct k as [|p|p].
  - simpl. rewrite Rmult_0_l, exp_0. reflexivity.
  - simpl. rewrite E, INR_IPR. reflexivity.
  - rewrite ipow_neg, pow_inv, E, <- exp_Ropp, INR_IPR. f_equal. change (IZR (Z.neg p)) with (- IPR p). ring.
Qed.

Lemma ipow_pos b k : 0 < b -> 0 < ipow b k.
Proof. intros H. rewrite ipow_exp by assumption. apply exp_pos. Qed.

Lemma ln_ipow b k : 0 < b -> ln (ipow b k) = IZR k * ln b.
Proof. intros H. rewrite ipow_exp by assumption. apply ln_exp. Qed.

Lemma ln_power f e : 0 < f -> ln (rpow f e) = e * ln f.
Proof. intros H. rewrite rpow_exp by assumption. apply ln_exp. Qed.

Lemma rpow_0 b : rpow b 0 = 1.
Proof. unfold rpow. destruct (Rlt_dec 0 b); [rewrite Rmult_0_l; apply exp_0 | destruct (Req_EM_T 0 0); lra]. Qed.

Lemma rpow_one f : 0 < f -> f = rpow f 1.
Proof. intros H. rewrite rpow_exp, Rmult_1_l, exp_ln by assumption. reflexivity. Qed.

(* Real and integer powers agree wherever both are defined. *)
Lemma power_integer f e k : pdef f e -> e = IZR k -> (match k with Zneg _ => f <> 0 | _ => True end) -> rpow f e = ipow f k.
Proof.
  intros [H|[[H|<-] K]] -> N.
  - rewrite rpow_exp, ipow_exp by assumption. reflexivity.
  - rewrite rpow_exp, ipow_exp by assumption. reflexivity.
  - destruct k as [|p|p]; [apply rpow_0 | | contradiction].
    unfold rpow. destruct (Rlt_dec 0 0); [lra|]. destruct (Req_EM_T (IZR (Z.pos p)) 0) as [E|_].
    + apply eq_IZR in E. discriminate.
    + simpl. rewrite pow_ne_zero; [reflexivity | lia].
Qed.

Lemma pdef_neg f e p : pdef f e -> e = IZR (Zneg p) -> 0 < f.
Proof.
  intros [H|[_ H]] ->; [exact H | exfalso]. assert (IZR (Zneg p) < 0) by (apply IZR_lt; reflexivity). lra.
Qed.

Lemma power_power f e c g : 0 < f -> g = e * c -> rpow (rpow f e) c = rpow f g.
Proof. intros H ->. rewrite rpow_exp, ln_power, (rpow_exp f) by (try apply sg_rpow; assumption). f_equal. ring. Qed.

Lemma power_exp w c g : g = w * c -> rpow (exp w) c = exp g.
Proof. intros ->. rewrite rpow_exp by apply exp_pos. rewrite ln_exp. f_equal. ring. Qed.

Lemma exp_log w f e : 0 < f -> w = e * ln f -> exp w = rpow f e.
Proof. intros H ->. rewrite rpow_exp by assumption. reflexivity. Qed.

Lemma root f g q : 0 < f -> g * IZR q = 1 -> f = ipow (rpow f g) q.
Proof.
  intros H E. rewrite ipow_exp by (apply sg_rpow; assumption). rewrite ln_power by assumption.
  transitivity (exp (g * IZR q * ln f)); [rewrite E, Rmult_1_l, exp_ln by assumption; reflexivity | f_equal; ring].
Qed.

(* -- products of integer powers of positive numbers -- *)
Definition factors := list (R * Z).
Fixpoint positive (fs : factors) : Prop := match fs with [] => True | (f, _) :: r => 0 < f /\ positive r end.
Fixpoint product (fs : factors) : R := match fs with [] => 1 | (f, k) :: r => ipow f k * product r end.
Fixpoint logs (fs : factors) : R := match fs with [] => 0 | (f, k) :: r => IZR k * ln f + logs r end.
(* product of f^g, each g an integer times e *)
Fixpoint powers (gs : list R) (fs : factors) : R :=
  match fs, gs with (f, _) :: r, g :: s => rpow f g * powers s r | _, _ => 1 end.
Fixpoint multiples (e : R) (gs : list R) (fs : factors) : Prop :=
  match fs, gs with [], [] => True | (_, k) :: r, g :: s => g = IZR k * e /\ multiples e s r | _, _ => False end.

Lemma product_pos fs : positive fs -> 0 < product fs.
Proof.
  induction fs as [|[f k] r IH]; simpl; [intros; lra|]. intros [H K].
  apply Rmult_lt_0_compat; [apply ipow_pos; assumption | auto].
Qed.

Lemma ln_prod fs : positive fs -> ln (product fs) = logs fs.
Proof.
  induction fs as [|[f k] r IH]; simpl; [intros; apply ln_1|]. intros [H K].
  rewrite ln_mult, ln_ipow, IH by (try apply ipow_pos; try apply product_pos; assumption). reflexivity.
Qed.

Lemma ln_product u fs : positive fs -> u = product fs -> ln u = logs fs.
Proof. intros H ->. apply ln_prod. exact H. Qed.

Lemma power_product u e fs gs : positive fs -> u = product fs -> multiples e gs fs -> rpow u e = powers gs fs.
Proof.
  intros H ->. rewrite rpow_exp by (apply product_pos; exact H). rewrite ln_prod by exact H. revert gs H.
  induction fs as [|[f k] r IH]; intros [|g s]; simpl; try tauto.
  - intros _ _. rewrite Rmult_0_r. apply exp_0.
  - intros [H K] [-> M]. rewrite Rmult_plus_distr_l, exp_plus, IH with (gs := s), (rpow_exp f) by assumption. f_equal. f_equal. ring.
Qed.

(* -- sums of integer multiples -- *)
Definition units := list (R * Z).
Fixpoint combination (us : units) : R := match us with [] => 0 | (u, p) :: r => IZR p * u + combination r end.
(* g is f^u *)
Fixpoint raised (f : R) (gs : list R) (us : units) : Prop :=
  match us, gs with [], [] => True | (u, _) :: r, g :: s => g = rpow f u /\ raised f s r | _, _ => False end.
Fixpoint ipowers (gs : list R) (us : units) : R :=
  match us, gs with (_, p) :: r, g :: s => ipow g p * ipowers s r | _, _ => 1 end.
Fixpoint exps (us : units) : R := match us with [] => 1 | (u, p) :: r => ipow (exp u) p * exps r end.

Lemma power_sum f w us gs : 0 < f -> w = combination us -> raised f gs us -> rpow f w = ipowers gs us.
Proof.
  intros H ->. revert gs. induction us as [|[u p] r IH]; intros [|g s]; simpl; try tauto.
  - intros _. apply rpow_0.
  - intros [-> K]. rewrite <- IH by assumption. rewrite ipow_exp by (apply sg_rpow; assumption).
    rewrite ln_power, !(rpow_exp f), <- exp_plus by assumption. f_equal. ring.
Qed.

Lemma exp_sum w us : w = combination us -> exp w = exps us.
Proof.
  intros ->. induction us as [|[u p] r IH]; simpl; [apply exp_0|].
  rewrite exp_plus, IH, ipow_exp, ln_exp by apply exp_pos. reflexivity.
Qed.

(* -- sums over the alphabet -- *)
Definition pieces := list (R * (nat -> R)).
Fixpoint term_of (ps : pieces) (i : nat) : R := match ps with [] => 0 | (c, g) :: r => c * g i + term_of r i end.
(* s is the sum of g *)
Fixpoint sums (n : nat) (ss : list R) (ps : pieces) : Prop :=
  match ps, ss with [], [] => True | (_, g) :: r, s :: q => s = rsum n g /\ sums n q r | _, _ => False end.
Fixpoint outside (ss : list R) (ps : pieces) : R :=
  match ps, ss with (c, _) :: r, s :: q => c * s + outside q r | _, _ => 0 end.

Lemma sum_linear n f ps ss : (forall i, (i < n)%nat -> f i = term_of ps i) -> sums n ss ps -> rsum n f = outside ss ps.
Proof.
  intros H. rewrite (rsum_ext n f (term_of ps) H). clear H. revert ss.
  induction ps as [|[c g] r IH]; intros [|s q]; simpl; try tauto.
  - intros _. apply rsum_0.
  - intros [-> K]. rewrite (rsum_plus n (fun i => c * g i)), (rsum_scal n c g), (IH q K). reflexivity.
Qed.

Lemma sum_of_one n : INR n = rsum n (fun _ => 1).
Proof. rewrite rsum_const. ring. Qed.

(* -- absolute values -- *)
Lemma abs_opposite x y : x = -1 * y -> Rabs x = Rabs y.
Proof. intros ->. replace (-1 * y) with (- y) by ring. apply Rabs_Ropp. Qed.

Lemma abs_rational x z q : x = rat z q -> Rabs x = rat (Z.abs z) q.
Proof.
  intros ->. rewrite <- !rat_ok. unfold Q2R. simpl.
  assert (0 < / IZR (Zpos q)) by (apply Rinv_0_lt_compat, IZR_lt; reflexivity).
  rewrite abs_IZR, Rabs_mult, (Rabs_pos_eq (/ _)) by lra. reflexivity.
Qed.

Lemma abs_opposite_rational x z q : x = -1 * rat z q -> Rabs x = rat (Z.abs z) q.
Proof. intros H. rewrite (abs_opposite x _ H). apply abs_rational. reflexivity. Qed.
