(* "Existence and uniqueness of the minimizer", for all data and gamma >= 0. If gamma > 0 and p has two letters at least,
   exactly one lambda has a pmf q that is 0 where p is and has p_i loss'(q_i) = - lambda elsewhere, and any other pmf that is
   positive where p is has more focal-entropy than q. With phi = - loss' and k letters, lambda lies between low phi(1/k) and
   high phi(1/k) if all p_i > 0 lie between low and high. If gamma = 0 or p has one letter, any other such pmf has more than
   p. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain PlainInverse.
Require Statements.
Open Scope R_scope.

Theorem plainly : Statements.existence_minimizer_exists ->
  forall (N : nat) (p : nat -> R) (gamma low high : R),
  0 <= gamma ->
  (forall i, (i <= N)%nat -> 0 <= p i) -> sum_n p N = 1 ->
  0 < low -> (forall i, (i <= N)%nat -> 0 < p i -> low <= p i <= high) ->
  let k := sum_n (fun i => if Rlt_dec 0 (p i) then 1 else 0) N in
  let value := fun q : nat -> R => sum_n (fun i => p i * (- Rpower (1 - q i) gamma * ln (q i))) N in
  let best := fun q : nat -> R =>
    forall (r : nat -> R) (j : nat),
      (forall i, (i <= N)%nat -> 0 <= r i) -> sum_n r N = 1 -> (forall i, (i <= N)%nat -> 0 < p i -> 0 < r i) ->
      (j <= N)%nat -> r j <> q j -> value q < value r in
  let phi := fun x => - Derive (fun x => - Rpower (1 - x) gamma * ln x) x in
  (0 < gamma -> 2 <= k ->
    exists! lambda : R,
      low * phi (1 / k) <= lambda <= high * phi (1 / k) /\
      exists q : nat -> R,
        (forall i, (i <= N)%nat -> 0 < p i -> 0 < q i < 1 /\ p i * phi (q i) = lambda) /\
        (forall i, (i <= N)%nat -> p i = 0 -> q i = 0) /\ sum_n q N = 1 /\ best q) /\
  (gamma = 0 \/ k = 1 -> best p).
Proof.
  intros Least N p gamma low high G0 P PS L0 B k value best phi.
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
  assert (f1 : forall i, (i < S N)%nat -> f i <= 1).
  { intros i Hi. assert (A := p1 i Hi). destruct (Cases i Hi) as [(_ & _ & E) | (_ & _ & E)]; rewrite E; lra. }
  assert (Bj := B j Hj J). assert (Pj := p1 j ltac:(lia)).
  assert (lf : forall i, (i < S N)%nat -> low <= f i).
  { intros i Hi. destruct (Cases i Hi) as [(A & _ & E) | (_ & _ & E)]; rewrite E; [apply B; [lia | exact A] | lra]. }
  assert (ph : forall i, (i < S N)%nat -> p i <= high).
  { intros i Hi. destruct (Cases i Hi) as [(A & _ & _) | (E & _ & _)]; [apply B; [lia | exact A] | rewrite E; lra]. }
  set (even := k * rpow (1 - 1 / k) gamma + gamma * loss (1 / k) gamma / (1 - 1 / k)).
  assert (At : forall (r : nat -> R) (l : nat) (x : R),
    (forall i, (i <= N)%nat -> 0 <= r i) -> sum_n r N = 1 -> (forall i, (i <= N)%nat -> 0 < p i -> 0 < r i) -> (l <= N)%nat ->
    0 < x ->
    (0 < gamma -> 2 <= k ->
      (exists! y : R, low * even <= y /\ y <= high * even /\
        (0 < gamma /\ (forall i, (i < S N)%nat -> f i <> 0) /\ (forall i, (i < S N)%nat -> 0 < y / f i) /\
          rsum (S N) (fun i => phi_inverse (y / f i) gamma * on i) = 1)) /\
      (rsum (S N) (fun i => phi_inverse (x / f i) gamma * on i) = 1 -> r l <> on l * phi_inverse (x / f l) gamma ->
        value (fun i => phi_inverse (x / f i) gamma) < value r)) /\
    (k = 1 \/ gamma = 0 -> r l <> p l -> value p < value r)).
  { intros r l x R0 RS RP Hl X. destruct (pmf N r R0 RS) as [r1 rs].
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
    assert (r0 : forall i, (i < S N)%nat -> 0 <= r i) by (intros i Hi; apply R0; lia).
    assert (Y := Least (S N) ltac:(lia) f p r on v j ltac:(lia) l ltac:(lia) high gamma x low G0 p0 p1 ps s1 s2 s3 f0 F L0 lf ph
      r0 r1 rs v0 v1 vr X J).
    do 19 (destruct Y as [_ Y]). rewrite Rs in Y. fold even in Y.
    rewrite (entropy_plain N p v) in Y by (intros i Hi; split; [apply v0 | apply v1]; lia).
    rewrite (entropy_plain N p f) in Y by (intros i Hi; split; [apply f0 | apply f1]; lia).
    replace (sum_n (fun i => p i * (- Rpower (1 - v i) gamma * ln (v i))) N) with (value r) in Y
      by (apply sum_n_ext_loc; intros i Hi; match goal with |- ?a = ?b => change (@eq R a b) end;
          destruct (V i ltac:(lia)) as [(_ & E) | (E & _)]; rewrite E; ring).
    replace (sum_n (fun i => p i * (- Rpower (1 - f i) gamma * ln (f i))) N) with (value p) in Y
      by (apply sum_n_ext_loc; intros i Hi; match goal with |- ?a = ?b => change (@eq R a b) end;
          destruct (Cases i ltac:(lia)) as [(_ & _ & E) | (E & _)]; rewrite E; ring).
    destruct Y as [Y Z]. split; [| exact Z]. intros G K. destruct (Y G K) as [U W]. split; [exact U |]. intros Sum Ne.
    assert (D := W Sum Ne). rewrite entropy_plain in D; [exact D |]. intros i Hi.
    destruct (inverse_at gamma G (x / f i)) as [Q _]; [apply Rdiv_lt_0_compat; [exact X | apply f0; lia] | lra]. }
  split.
  - intros G K.
    assert (A : 0 < 1 / k < 1).
    { split; [apply Rdiv_lt_0_compat; lra |]. apply Rmult_lt_reg_r with k; [lra |]. field_simplify; lra. }
    assert (Phi : forall x, 0 < x < 1 -> phi x = slope x gamma)
      by (intros x X; unfold phi; rewrite Derive_loss by exact X; ring).
    assert (Even : phi (1 / k) = even).
    { rewrite Phi by exact A. unfold even, slope. field. repeat split; lra. }
    destruct (At p j 1 P PS (fun _ _ H => H) Hj Rlt_0_1) as [Y _]. destruct (Y G K) as [(x & (X0 & X1 & Mass) & Un) _].
    rewrite <- Even in X0, X1, Un. exists x. split.
    + destruct Mass as (_ & Fn & Pos & Sum). split; [lra |]. exists (fun i => on i * phi_inverse (x / f i) gamma).
      assert (T : forall i, (i < S N)%nat ->
        0 < phi_inverse (x / f i) gamma < 1 /\ slope (phi_inverse (x / f i) gamma) gamma = x / f i)
        by (intros i Hi; apply inverse_at; [exact G | apply Pos; exact Hi]).
      assert (Lam : 0 < x).
      { assert (C := Pos j ltac:(lia)). assert (D := f0 j ltac:(lia)). replace x with (x / f j * f j) by (field; lra).
        apply Rmult_lt_0_compat; assumption. }
      split; [| split; [| split]].
      * intros i Hi Pi. destruct (Cases i ltac:(lia)) as [(_ & E & Ef) | (E & _)]; [| lra].
        destruct (T i ltac:(lia)) as (Q & W). rewrite E, Rmult_1_l. split; [exact Q |].
        rewrite Phi, W, Ef by exact Q. field. lra.
      * intros i Hi Pi. destruct (Cases i ltac:(lia)) as [(Q & _) | (_ & E & _)]; [lra |]. rewrite E. ring.
      * rewrite rsum_sum_n in Sum. rewrite <- Sum. apply sum_n_ext. intros i. apply Rmult_comm.
      * intros r l R0 RS RP Hl Ne. destruct (At r l x R0 RS RP Hl Lam) as [Z _]. destruct (Z G K) as [_ W].
        refine (Rle_lt_trans _ _ _ (Req_le _ _ _) (W Sum Ne)). apply sum_n_ext_loc. intros i Hi.
        match goal with |- ?a = ?b => change (@eq R a b) end.
        destruct (Cases i ltac:(lia)) as [(_ & E & _) | (E & _)]; rewrite E; [rewrite Rmult_1_l |]; ring.
    + intros y [[Y0 Y1] (q & Q & Q0 & QS & _)].
      assert (Yp : 0 < y).
      { destruct (Q j Hj J) as [Qj E]. rewrite <- E, Phi by exact Qj. apply Rmult_lt_0_compat; [exact J |].
        apply slope_positive; assumption. }
      apply Un. split; [lra |]. split; [lra |]. split; [exact G |].
      split; [intros i Hi; assert (C := f0 i Hi); lra |].
      split; [intros i Hi; apply Rdiv_lt_0_compat; [exact Yp | apply f0; exact Hi] |].
      rewrite rsum_sum_n, <- QS. apply sum_n_ext_loc. intros i Hi.
      match goal with |- ?a = ?b => change (@eq R a b) end.
      destruct (Cases i ltac:(lia)) as [(C & E & Ef) | (C & E & _)]; rewrite E.
      * destruct (Q i Hi C) as [Qi W]. rewrite Phi in W by exact Qi.
        replace (y / f i) with (slope (q i) gamma) by (rewrite Ef, <- W; field; lra). rewrite inverse_is by assumption. ring.
      * rewrite (Q0 i Hi C). ring.
  - intros One r l R0 RS RP Hl Ne. destruct (At r l 1 R0 RS RP Hl Rlt_0_1) as [_ Z]. apply Z; [tauto | exact Ne].
Qed.
