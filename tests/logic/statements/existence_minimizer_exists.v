(* "Existence and uniqueness of the minimizer", for all data with two letters at least: exactly one lambda has a pmf q that is 0
   where p is and has p_i loss'(q_i) = - lambda elsewhere, and any other pmf that is positive where p is has more focal-entropy
   than q. With phi = - loss' and k letters, lambda lies between low phi(1/k) and high phi(1/k) if all p_i > 0 lie between low
   and high. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain PlainInverse.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.existence_multiplier_on_the_support -> Statements.existence_minimizer_exists ->
  forall (N : nat) (p : nat -> R) (gamma low high : R),
  0 < gamma ->
  (forall i, (i <= N)%nat -> 0 <= p i) -> sum_n p N = 1 ->
  let k := sum_n (fun i => if Rlt_dec 0 (p i) then 1 else 0) N in 2 <= k ->
  0 < low -> (forall i, (i <= N)%nat -> 0 < p i -> low <= p i <= high) ->
  let phi := fun x => - Derive (fun x => - Rpower (1 - x) gamma * ln x) x in
  exists! lambda : R,
    low * phi (1 / k) <= lambda <= high * phi (1 / k) /\
    exists q : nat -> R,
      (forall i, (i <= N)%nat -> 0 < p i -> 0 < q i < 1 /\ p i * phi (q i) = lambda) /\
      (forall i, (i <= N)%nat -> p i = 0 -> q i = 0) /\ sum_n q N = 1 /\
      forall (r : nat -> R) (j : nat),
        (forall i, (i <= N)%nat -> 0 <= r i) -> sum_n r N = 1 -> (forall i, (i <= N)%nat -> 0 < p i -> 0 < r i) ->
        (j <= N)%nat -> r j <> q j ->
        sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N <
        sum_n (fun i => p i * (- Rpower (1 - r i) gamma * ln (r i))) N.
Proof.
  intros One Least N p gamma low high G P PS k K L0 B phi.
  set (on := fun i => if Rlt_dec 0 (p i) then 1 else 0) in k. set (f := fun i => 1 + p i - on i).
  assert (Cases : forall i, (i < S N)%nat -> 0 < p i /\ on i = 1 /\ f i = p i \/ p i = 0 /\ on i = 0 /\ f i = 1).
  { intros i Hi. assert (A := P i ltac:(lia)). unfold f, on. destruct (Rlt_dec 0 (p i)); [left | right]; repeat split; lra. }
  assert (F : forall i, (i < S N)%nat -> f i = 1 + p i - on i) by reflexivity.
  assert (Rs : rsum (S N) on = k) by apply rsum_sum_n.
  clearbody f k. clearbody on.
  destruct (pmf N p P PS) as [p1 ps].
  assert (p0 : forall i, (i < S N)%nat -> 0 <= p i) by (intros; apply P; lia).
  destruct (largest N p) as (j & Hj & Top).
  assert (J : 0 < p j).
  { destruct (Rlt_dec 0 (p j)) as [A | A]; [exact A | exfalso].
    assert (Z : sum_n p N = sum_n (fun _ => 0) N).
    { apply sum_n_ext_loc. intros i Hi. assert (C := P i Hi). assert (D := Top i Hi). lra. }
    rewrite sum_n_const in Z. lra. }
  assert (s1 : forall i, (i < S N)%nat -> on i = 0 \/ on i = 1) by (intros i Hi; destruct (Cases i Hi); tauto).
  assert (s2 : forall i, (i < S N)%nat -> 0 < p i \/ on i = 0) by (intros i Hi; destruct (Cases i Hi); tauto).
  assert (s3 : forall i, (i < S N)%nat -> p i * (1 - on i) = 0).
  { intros i Hi. destruct (Cases i Hi) as [(_ & E & _) | (E & _ & _)]; rewrite E; ring. }
  assert (f0 : forall i, (i < S N)%nat -> 0 < f i).
  { intros i Hi. destruct (Cases i Hi) as [(A & _ & E) | (_ & _ & E)]; rewrite E; lra. }
  assert (Bj := B j Hj J). assert (Pj := p1 j ltac:(lia)).
  assert (lf : forall i, (i < S N)%nat -> low <= f i).
  { intros i Hi. destruct (Cases i Hi) as [(A & _ & E) | (_ & _ & E)]; rewrite E; [apply B; [lia | exact A] | lra]. }
  assert (ph : forall i, (i < S N)%nat -> p i <= high).
  { intros i Hi. destruct (Cases i Hi) as [(A & _ & _) | (E & _ & _)]; [apply B; [lia | exact A] | rewrite E; lra]. }
  assert (A : 0 < 1 / k < 1).
  { split; [apply Rdiv_lt_0_compat; lra |]. apply Rmult_lt_reg_r with k; [lra |]. field_simplify; lra. }
  assert (Phi : forall x, 0 < x < 1 -> phi x = slope x gamma) by (intros x X; unfold phi; rewrite Derive_loss by exact X; ring).
  assert (At : phi (1 / k) = k * rpow (1 - 1 / k) gamma + gamma * loss (1 / k) gamma / (1 - 1 / k)).
  { rewrite Phi by exact A. unfold slope. field. repeat split; lra. }
  assert (K' : 2 <= rsum (S N) on) by (rewrite Rs; exact K).
  destruct (One (S N) ltac:(lia) f p on j ltac:(lia) high gamma low G p0 p1 ps s1 s2 s3 f0 F L0 lf ph K' J)
    as (_ & _ & _ & _ & x & (X0 & X1 & Mass) & Un).
  rewrite Rs, <- At in X0, X1, Un. exists x. split.
  - destruct Mass as (_ & Fn & Pos & Sum). split; [lra |]. exists (fun i => on i * phi_inverse (x / f i) gamma).
    assert (T : forall i, (i < S N)%nat -> 0 < phi_inverse (x / f i) gamma < 1 /\ slope (phi_inverse (x / f i) gamma) gamma = x / f i)
      by (intros i Hi; apply inverse_at; [exact G | apply Pos; exact Hi]).
    split; [| split; [| split]].
    + intros i Hi Pi. destruct (Cases i ltac:(lia)) as [(_ & E & Ef) | (E & _)]; [| lra]. destruct (T i ltac:(lia)) as (Q & V).
      rewrite E, Rmult_1_l. split; [exact Q |]. rewrite Phi, V, Ef by exact Q. field. lra.
    + intros i Hi Pi. destruct (Cases i ltac:(lia)) as [(Q & _) | (_ & E & _)]; [lra |]. rewrite E. ring.
    + rewrite rsum_sum_n in Sum. rewrite <- Sum. apply sum_n_ext. intros i. apply Rmult_comm.
    + intros r l R0 RS RP Hl Ne. destruct (pmf N r R0 RS) as [r1 rs].
      assert (Lam : 0 < x).
      { assert (C := Pos j ltac:(lia)). assert (D := f0 j ltac:(lia)). replace x with (x / f j * f j) by (field; lra).
        apply Rmult_lt_0_compat; assumption. }
      set (v := fun i => if Rlt_dec 0 (p i) then r i else 1).
      assert (V : forall i, (i < S N)%nat -> 0 < p i /\ v i = r i \/ p i = 0 /\ v i = 1).
      { intros i Hi. unfold v. destruct (Cases i Hi) as [(C & _) | (C & _)]; destruct (Rlt_dec 0 (p i)); (tauto || lra). }
      clearbody v.
      assert (v0 : forall i, (i < S N)%nat -> 0 < v i).
      { intros i Hi. destruct (V i Hi) as [(C & E) | (_ & E)]; rewrite E; [apply RP; [lia | exact C] | lra]. }
      assert (v1 : forall i, (i < S N)%nat -> v i <= 1).
      { intros i Hi. destruct (V i Hi) as [(_ & E) | (_ & E)]; rewrite E; [apply r1; exact Hi | lra]. }
      assert (vr : forall i, (i < S N)%nat -> p i * (v i - r i) = 0).
      { intros i Hi. destruct (V i Hi) as [(_ & E) | (E & _)]; rewrite E; ring. }
      destruct (Least (S N) ltac:(lia) f p r on v j ltac:(lia) l ltac:(lia) high gamma x low G p0 p1 ps s1 s2 s3 f0 F L0 lf ph Lam
        (conj G (conj Fn (conj Pos Sum))) ltac:(intros i Hi; apply R0; lia) r1 rs v0 v1 vr K' J
        (conj G (conj (Fn l ltac:(lia)) (conj (Pos l ltac:(lia)) Ne))))
        as (_ & _ & _ & _ & _ & _ & _ & _ & _ & _ & _ & _ & Y).
      rewrite !entropy_plain in Y by (intros i Hi; first [split; [apply v0 | apply v1]; lia | destruct (T i ltac:(lia)); lra]).
      refine (Rle_lt_trans _ _ _ (Req_le _ _ _) (Rlt_le_trans _ _ _ Y (Req_le _ _ _))); apply sum_n_ext_loc;
        intros i Hi; match goal with |- ?a = ?b => change (@eq R a b) end.
      * destruct (Cases i ltac:(lia)) as [(_ & E & _) | (E & _)]; rewrite E; [rewrite Rmult_1_l |]; ring.
      * destruct (V i ltac:(lia)) as [(_ & E) | (E & _)]; rewrite E; ring.
  - intros y [[Y0 Y1] (q & Q & Q0 & QS & _)].
    assert (Y : 0 < y).
    { destruct (Q j Hj J) as [Qj E]. rewrite <- E, Phi by exact Qj. apply Rmult_lt_0_compat; [exact J |].
      apply slope_positive; assumption. }
    apply Un. split; [lra |]. split; [lra |]. split; [exact G |].
    split; [intros i Hi; assert (C := f0 i Hi); lra |]. split; [intros i Hi; apply Rdiv_lt_0_compat; [exact Y | apply f0; exact Hi] |].
    rewrite rsum_sum_n, <- QS. apply sum_n_ext_loc. intros i Hi.
    match goal with |- ?a = ?b => change (@eq R a b) end. destruct (Cases i ltac:(lia)) as [(C & E & Ef) | (C & E & _)]; rewrite E.
    + destruct (Q i Hi C) as [Qi V]. rewrite Phi in V by exact Qi.
      replace (y / f i) with (slope (q i) gamma) by (rewrite Ef, <- V; field; lra). rewrite inverse_is by assumption. ring.
    + rewrite (Q0 i Hi C). ring.
Qed.
