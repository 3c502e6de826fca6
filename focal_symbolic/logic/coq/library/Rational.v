(* Identities of rational functions, checked by computation.

   A form is a number made of atoms by +, * and integer powers. Two forms are equal where the bases of their negative powers
   are not 0, if their difference, multiplied by these bases, is the polynomial 0. Equations «atom = form» may be used. *)
From Coq Require Import Reals Lra Lia List ZArith QArith Qreals Ring_polynom Ring_theory BinList.
Import ListNotations.
Open Scope R_scope.

Inductive form := At (k : positive) | Ct (z : Z) (q : positive) | Ad (x y : form) | Mu (x y : form) | Pw (x : form) (k : Z).

Definition rat (z : Z) (q : positive) : R :=
  match q, z with
  | xH, _ => IZR z
  | _, Zneg p => - (IZR (Zpos p) / IZR (Zpos q))
  | _, _ => IZR z / IZR (Zpos q)
  end.
Definition ipow (b : R) (k : Z) : R :=
  match k with
  | Z0 => b ^ 0
  | Zpos p => b ^ Pos.to_nat p
  | Zneg xH => / b
  | Zneg p => / b ^ Pos.to_nat p
  end.
Fixpoint eval (l : list R) (x : form) : R :=
  match x with
  | At k => nth 0 k l
  | Ct z q => rat z q
  | Ad x y => eval l x + eval l y
  | Mu x y => eval l x * eval l y
  | Pw x k => ipow (eval l x) k
  end.

Lemma ipow_neg b p : ipow b (Zneg p) = (/ b) ^ Pos.to_nat p.
Proof. rewrite pow_inv. destruct p; try reflexivity. simpl. rewrite Rmult_1_r. reflexivity. Qed.

(* -- polynomials with rational coefficients, by Coq's own normal forms -- *)
Definition qadd (x y : Q) := Qred (x + y).
Definition qmul (x y : Q) := Qred (x * y).
Definition qsub (x y : Q) := Qred (x - y).
Lemma qred x : Q2R (Qred x) = Q2R x. Proof. apply Qeq_eqR, Qred_correct. Qed.
Lemma morph : ring_morph 0 1 Rplus Rmult Rminus Ropp eq 0%Q 1%Q qadd qmul qsub Qopp Qeq_bool Q2R.
Proof. constructor; intros; unfold qadd, qmul, qsub; rewrite ?qred.
  - unfold Q2R; simpl; lra. - unfold Q2R; simpl; lra.
  - apply Q2R_plus. - apply Q2R_minus. - apply Q2R_mult. - apply Q2R_opp.
  - apply Qeq_eqR, Qeq_bool_eq; assumption. Qed.
Lemma equivalence : RelationClasses.Equivalence (@eq R). Proof. split; red; intros; subst; reflexivity. Qed.
Lemma congruent : ring_eq_ext Rplus Rmult Ropp eq. Proof. split; repeat (intros ? ? ->); reflexivity. Qed.
Lemma almost : almost_ring_theory 0 1 Rplus Rmult Rminus Ropp eq. Proof. constructor; intros; ring. Qed.
Lemma rat_ok z q : Q2R (z # q) = rat z q.
Proof. unfold Q2R, rat; simpl. destruct q; [| | field]; destruct z; try reflexivity; unfold Rdiv;
  rewrite <- Pos2Z.opp_pos, opp_IZR; ring. Qed.

Definition poly := Pol Q.
Definition padd : poly -> poly -> poly := Padd 0%Q qadd Qeq_bool.
Definition psub : poly -> poly -> poly := Psub 0%Q qadd qsub Qopp Qeq_bool.
Definition pmul : poly -> poly -> poly := Pmul 0%Q 1%Q qadd qmul Qeq_bool.
Definition pvar (k : positive) : poly := mk_X 0%Q 1%Q k.
Definition down (p : poly) : poly := mkPinj 1 p. (* one more variable, before the others *)
Fixpoint ppow (p : poly) (k : nat) : poly := match k with O => Pc 1%Q | S m => pmul p (ppow p m) end.
Definition value : list R -> poly -> R := Pphi 0 Rplus Rmult Q2R.

Arguments padd : simpl never. Arguments psub : simpl never. Arguments pmul : simpl never.
Arguments pvar : simpl never. Arguments down : simpl never. Arguments value : simpl never.

Lemma padd_ok l p q : value l (padd p q) = value l p + value l q.
Proof. apply (Padd_ok equivalence congruent almost morph). Qed.
Lemma psub_ok l p q : value l (psub p q) = value l p - value l q.
Proof. apply (Psub_ok equivalence congruent almost morph). Qed.
Lemma pmul_ok l p q : value l (pmul p q) = value l p * value l q.
Proof. apply (Pmul_ok equivalence congruent almost morph). Qed.
Lemma pvar_ok l k : value l (pvar k) = nth 0 k l.
Proof. symmetry. apply (mkX_ok equivalence congruent almost morph). Qed.
Lemma down_ok u l p : value (u :: l) (down p) = value l p.
Proof. exact (@mkPinj_ok R 0 Rplus Rmult eq equivalence Q Q2R 1%positive (u :: l) p). Qed.
Lemma one : Q2R 1 = 1. Proof. unfold Q2R; simpl; lra. Qed.
Lemma zero : Q2R 0 = 0. Proof. unfold Q2R; simpl; lra. Qed.
Lemma ppow_ok l p k : value l (ppow p k) = value l p ^ k.
Proof. induction k; simpl; [apply one | rewrite pmul_ok, IHk; reflexivity]. Qed.

(* -- from forms to polynomials: a base of negative powers brings a variable for its inverse -- *)
Inductive item := Base (d : form) | Def (k : positive) (x : form).
Definition bases := list (form * poly). (* the latest first, each with its polynomial in the variables of those before it *)
Definition known := list (positive * poly).

Definition eqp : poly -> poly -> bool := Peq Qeq_bool.
Definition lower (k : nat) (p : poly) : poly := Nat.iter k down p.
Arguments eqp : simpl never.
Arguments lower : simpl never.
(* The variable for the inverse of what has the polynomial p; k: how many bases have been passed over. *)
Fixpoint find (k : nat) (p : poly) (bs : bases) : option poly :=
  match bs with
  | [] => None
  | (_, q) :: r => if eqp p (lower (S k) q) then Some (lower k (pvar 1)) else find (S k) p r
  end.
Fixpoint lookup (k : positive) (env : known) : option poly :=
  match env with [] => None | (j, p) :: r => if Pos.eqb k j then Some p else lookup k r end.
Definition both (f : poly -> poly -> poly) (p q : option poly) : option poly :=
  match p, q with Some p, Some q => Some (f p q) | _, _ => None end.
Fixpoint pol (bs : bases) (env : known) (x : form) : option poly :=
  match x with
  | At k => match lookup k env with Some p => Some p | None => Some (lower (length bs) (pvar k)) end
  | Ct z q => Some (Pc (Qred (z # q)))
  | Ad x y => both padd (pol bs env x) (pol bs env y)
  | Mu x y => both pmul (pol bs env x) (pol bs env y)
  | Pw x Z0 => Some (Pc 1%Q)
  | Pw x (Zpos k) => option_map (fun p => ppow p (Pos.to_nat k)) (pol bs env x)
  | Pw x (Zneg k) =>
      match pol bs env x with
      | Some p => option_map (fun u => ppow u (Pos.to_nat k)) (find 0 p bs)
      | None => None
      end
  end.
Fixpoint run (items : list item) (bs : bases) (env : known) : option (bases * known) :=
  match items with
  | [] => Some (bs, env)
  | Base d :: r =>
      match pol bs env d with
      | Some p =>
          match find 0 p bs with
          | Some _ => run r bs env (* one variable for one polynomial, so that no base comes to be read otherwise than it was *)
          | None => run r ((d, p) :: bs) (map (fun e => (fst e, down (snd e))) env)
          end
      | None => None
      end
  | Def k x :: r => match pol bs env x with Some p => run r bs ((k, p) :: env) | None => None end
  end.
(* d^k times a polynomial, where d times the first variable is 1: without that variable; and k *)
Fixpoint clear (d q : poly) : poly * nat :=
  match q with
  | Pc c => (Pc c, O)
  | Pinj xH q => (q, O)
  | Pinj j q => (Pinj (Pos.pred j) q, O)
  | PX p i q =>
      let (r, k) := clear d p in
      let m := (k + Pos.to_nat i)%nat in (padd r (pmul (ppow d m) q), m)
  end.
Fixpoint vanishes (bs : bases) (q : poly) : bool :=
  match bs with [] => eqp q (Pc 0%Q) | (_, d) :: r => vanishes r (fst (clear d q)) end.
Definition check (items : list item) (x y : form) : bool :=
  match run items [] [] with
  | Some (bs, env) => match both psub (pol bs env x) (pol bs env y) with Some q => vanishes bs q | None => false end
  | None => false
  end.

Fixpoint holds (l : list R) (items : list item) : Prop :=
  match items with
  | [] => True
  | Base d :: r => eval l d <> 0 /\ holds l r
  | Def k x :: r => nth 0 k l = eval l x /\ holds l r
  end.

(* -- soundness -- *)
Lemma eqp_ok l p q : eqp p q = true -> value l p = value l q.
Proof. intros H. exact (Peq_ok equivalence congruent morph p q H l). Qed.
Definition wide (l : list R) (bs : bases) : list R := map (fun b => / eval l (fst b)) bs ++ l.
Fixpoint good (l : list R) (bs : bases) : Prop :=
  match bs with [] => True | (d, p) :: r => eval l d <> 0 /\ value (wide l r) p = eval l d /\ good l r end.
Definition true_of (l : list R) (bs : bases) (env : known) : Prop :=
  forall k p, lookup k env = Some p -> value (wide l bs) p = nth 0 k l.
Lemma lower_ok l bs cs p : value (wide l (cs ++ bs)) (lower (length cs) p) = value (wide l bs) p.
Proof.
  induction cs as [|c cs IH]; [reflexivity|]. rewrite <- IH. apply (down_ok (/ eval l (fst c)) (wide l (cs ++ bs))).
Qed.
Lemma find_ok l p bs : forall cs u, good l bs ->
  find (length cs) p bs = Some u ->
  value (wide l (cs ++ bs)) u = / value (wide l (cs ++ bs)) p.
Proof.
  induction bs as [|[d q] r IH]; intros cs u G; simpl; [discriminate|].
  destruct (eqp p (lower (S (length cs)) q)) eqn:E.
  - intros F. injection F as <-. apply eqp_ok with (l := wide l (cs ++ (d, q) :: r)) in E. rewrite E.
    replace (S (length cs)) with (length (cs ++ [(d, q)])) by (rewrite app_length; simpl; lia).
    change (cs ++ (d, q) :: r) with (cs ++ [(d, q)] ++ r). rewrite (app_assoc cs), lower_ok.
    rewrite <- app_assoc. simpl app at 1. rewrite lower_ok. destruct G as (_ & -> & _).
    rewrite pvar_ok. reflexivity.
  - intros F. replace (S (length cs)) with (length (cs ++ [(d, q)])) in F by (rewrite app_length; simpl; lia).
    apply IH in F; [|apply G]. rewrite <- app_assoc in F. exact F.
Qed.
Lemma pol_ok l bs env x : good l bs -> true_of l bs env -> forall p, pol bs env x = Some p -> value (wide l bs) p = eval l x.
Proof. intros G T. induction x; simpl; intros p.
  - destruct (lookup k env) eqn:E; intros [= <-]; [apply T; assumption | rewrite <- (app_nil_r bs) at 1; rewrite lower_ok; apply pvar_ok].
  - intros [= <-]. change (Q2R (Qred (z # q)) = rat z q). rewrite qred. apply rat_ok.
  - destruct (pol bs env x1), (pol bs env x2); try discriminate. intros [= <-]. rewrite padd_ok; f_equal; auto.
  - destruct (pol bs env x1), (pol bs env x2); try discriminate. intros [= <-]. rewrite pmul_ok; f_equal; auto.
  - destruct k.
    + intros [= <-]. apply one.
    + destruct (pol bs env x); [|discriminate]. intros [= <-]. rewrite ppow_ok, (IHx p1) by reflexivity. reflexivity.
    + destruct (pol bs env x) as [q|]; [|discriminate]. destruct (find 0 q bs) eqn:E; [|discriminate]. intros [= <-].
      rewrite ppow_ok. change (wide l bs) with (wide l ([] ++ bs)). rewrite (find_ok l q bs []) by assumption. simpl app.
      rewrite (IHx q) by reflexivity. symmetry. apply ipow_neg. Qed.
Lemma run_ok l items : holds l items -> forall bs env bs' env', good l bs -> true_of l bs env ->
  run items bs env = Some (bs', env') -> good l bs' /\ true_of l bs' env'.
Proof. induction items as [|[d|k x] r IH]; simpl; intros H bs env bs' env' G T.
  - intros [= <- <-]. split; assumption.
  - destruct (pol bs env d) as [p|] eqn:E; [|discriminate]. destruct (find 0 p bs); [apply IH; tauto |].
    apply IH; [tauto | simpl; repeat split; try tauto; eapply pol_ok; eassumption |].
    intros k q L. assert (exists s, q = down s /\ lookup k env = Some s) as (s & -> & K).
    { clear - L. induction env as [|[j t] e IHe]; simpl in *; [discriminate|].
      destruct (Pos.eqb k j); [injection L as <-; exists t; auto | auto]. }
    unfold wide; simpl. rewrite down_ok. apply T; assumption.
  - destruct (pol bs env x) as [p|] eqn:E; [|discriminate]. apply IH; [tauto | assumption |].
    intros j q. simpl. destruct (Pos.eqb j k) eqn:J; [|apply T]. intros [= <-]. apply Pos.eqb_eq in J as ->.
    rewrite (pol_ok l bs env x) by assumption. symmetry; tauto. Qed.
Lemma pow_pos_ok x i : pow_pos Rmult x i = x ^ Pos.to_nat i.
Proof. induction i using Pos.peano_ind; [simpl; ring|].
  rewrite Pos2Nat.inj_succ, (pow_pos_succ equivalence (Rmul_ext congruent) (fun x y z => eq_sym (Rmult_assoc x y z)) x i), IHi. reflexivity. Qed.
Lemma clear_ok u l d q : value l d * u = 1 -> value l (fst (clear d q)) = value l d ^ snd (clear d q) * value (u :: l) q.
Proof. intros U. revert u l d U. induction q as [c|j q _|p IH i q _]; intros u l d U.
  - simpl. unfold value; simpl. ring.
  - change (value (u :: l) (Pinj j q)) with (value (jump j (u :: l)) q). destruct j; simpl fst; simpl snd; simpl pow; rewrite Rmult_1_l.
    + change (value (jump (j~0) l) q = value (jump (j~1) (u :: l)) q). f_equal.
    + change (value (jump (Pos.pred_double j) l) q = value (jump (j~0) (u :: l)) q). f_equal.
      rewrite <- (Pos.succ_pred_double j), jump_succ.
      symmetry. exact (jump_tl (Pos.pred_double j) (u :: l)).
    + reflexivity.
  - simpl clear. specialize (IH u l d U). destruct (clear d p) as [r k]. simpl fst in *; simpl snd in *. rewrite padd_ok, pmul_ok, ppow_ok, IH.
    change (value (u :: l) (PX p i q)) with (value (u :: l) p * pow_pos Rmult u i + value l q).
    rewrite pow_pos_ok, pow_add. generalize (Pos.to_nat i). intros m.
    assert (E : value l d ^ m * u ^ m = 1) by (rewrite <- Rpow_mult_distr, U; apply pow1).
    transitivity (value l d ^ k * value (u :: l) p * (value l d ^ m * u ^ m) + value l d ^ k * value l d ^ m * value l q); [rewrite E|]; ring. Qed.
Lemma vanishes_ok l bs q : good l bs -> vanishes bs q = true -> value (wide l bs) q = 0.
Proof. revert q. induction bs as [|[d p] r IH]; intros q; simpl.
  - intros _ H. change (eqp q (Pc 0%Q) = true) in H. apply (eqp_ok l) in H.
    etransitivity; [apply H | apply zero].
  - intros (N & E & G) H. apply IH in H; [|assumption]. rewrite (clear_ok (/ eval l d)) in H by (rewrite E; field; assumption).
    unfold wide; simpl. apply Rmult_integral in H as [H|H]; [|exact H]. exfalso. revert H. rewrite E. apply pow_nonzero; assumption. Qed.
Theorem same l items x y : holds l items -> check items x y = true -> eval l x = eval l y.
Proof. unfold check. intros H. destruct (run items [] []) as [[bs env]|] eqn:E; [|discriminate].
  destruct (run_ok l items H [] [] bs env) as [G T]; [exact I | intros ? ? ?; discriminate | exact E |].
  destruct (pol bs env x) as [p|] eqn:X; [|discriminate]. destruct (pol bs env y) as [q|] eqn:Y; [|discriminate]. simpl. intros K.
  apply vanishes_ok with (l := l) in K; [|assumption]. rewrite psub_ok in K.
  rewrite (pol_ok l bs env x G T p X), (pol_ok l bs env y G T q Y) in K. lra. Qed.

(* A function at equal numbers. *)
Definition cong {f : R -> R} {x y : R} := @f_equal R R f x y.
Definition cong2 {f : R -> R -> R} {x y u v : R} := @f_equal2 R R R f x y u v.

Notation identical l items x y known := (same l items x y known (eq_refl true <: check items x y = true)).
