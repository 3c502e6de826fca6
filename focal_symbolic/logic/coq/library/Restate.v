(* A statement as a reader wants it says the same as the statement as it is printed for the proofs: the same connectives and
   binders, numbers that differ by the order of sums and products, by quotients and differences, and by definitions (the database
   `focal`). *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Sums.
Open Scope R_scope.

Lemma restated (A B : Prop) : B -> (A <-> B) -> A.
Proof. tauto. Qed.

Lemma all_iff (T : Type) (A B : T -> Prop) : (forall x, A x <-> B x) -> ((forall x, A x) <-> (forall x, B x)).
Proof. intros H. split; intros K x; apply H; apply K. Qed.

Lemma unique_iff (T : Type) (A B : T -> Prop) : (forall x, A x <-> B x) -> ((exists! x, A x) <-> (exists! x, B x)).
Proof.
  intros H. split; intros [x [K U]]; exists x; split; try (apply H; exact K); intros y Y; apply U; apply H; exact Y.
Qed.

Lemma imp_iff (A B C D : Prop) : (A <-> C) -> (B <-> D) -> ((A -> B) <-> (C -> D)).
Proof. tauto. Qed.

Lemma and_iff (A B C D : Prop) : (A <-> C) -> (B <-> D) -> (A /\ B <-> C /\ D).
Proof. tauto. Qed.

Lemma or_iff (A B C D : Prop) : (A <-> C) -> (B <-> D) -> (A \/ B <-> C \/ D).
Proof. tauto. Qed.

Lemma iff_iff (A B C D : Prop) : (A <-> C) -> (B <-> D) -> ((A <-> B) <-> (C <-> D)).
Proof. tauto. Qed.

Lemma not_iff (A B : Prop) : (A <-> B) -> (~ A <-> ~ B).
Proof. tauto. Qed.

Lemma relation_iff (T : Type) (r : T -> T -> Prop) (a b c d : T) : a = c -> b = d -> (r a b <-> r c d).
Proof. intros -> ->. reflexivity. Qed.

Lemma finite_iff (a b : Rbar) : a = b -> (is_finite a <-> is_finite b).
Proof. intros ->. reflexivity. Qed.

Lemma esum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> esum n f = esum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [reflexivity|].
  rewrite IH by (intros i Hi; apply H; apply Nat.lt_lt_succ_r; exact Hi).
  rewrite H by apply Nat.lt_succ_diag_r. reflexivity.
Qed.

Lemma if_eq (A B : Prop) (T : Type) (d : {A} + {B}) (x y u v : T) :
  x = u -> y = v -> (if d then x else y) = (if d then u else v).
Proof. intros -> ->. reflexivity. Qed.

Lemma inverse_of_ext f g y : (forall x, f x = g x) -> inverse_of f y = inverse_of g y.
Proof.
  intros H. unfold inverse_of. f_equal. apply Glb_Rbar_eqset. intros x. rewrite H. reflexivity.
Qed.

Lemma exists_iff (T : Type) (A B : T -> Prop) : (forall x, A x <-> B x) -> ((exists x, A x) <-> (exists x, B x)).
Proof. intros H. split; intros [x K]; exists x; apply H; exact K. Qed.

Create HintDb focal.

(* Equal numbers: the same operation at equal parts, or sums of products of parts that are made equal one by one. *)
Ltac align same :=
  match goal with
  | |- ?a = ?b =>
      match a with
      | context [rpow ?x ?y] => match b with context [rpow ?u ?v] => same (rpow x y) (rpow u v) end
      | context [ln ?x] => match b with context [ln ?u] => same (ln x) (ln u) end
      | context [exp ?x] => match b with context [exp ?u] => same (exp x) (exp u) end
      | context [Rabs ?x] => match b with context [Rabs ?u] => same (Rabs x) (Rabs u) end
      | context [/ ?x] => match b with context [/ ?u] => same (/ x) (/ u) end
      | context [inverse_of ?f ?x] => match b with context [inverse_of ?g ?u] => same (inverse_of f x) (inverse_of g u) end
      | context [rsum ?n ?f] => match b with context [rsum n ?g] => same (rsum n f) (rsum n g) end
      | context [real (Lub_Rbar ?p)] =>
          match b with context [real (Lub_Rbar ?q)] => same (real (Lub_Rbar p)) (real (Lub_Rbar q)) end
      end
  end.

(* Equal least upper bounds: the same numbers at every size of the alphabet. *)
Ltac equal_bounds numbers :=
  apply Lub_Rbar_eqset; intro; apply exists_iff; intro; apply and_iff;
  [reflexivity | apply (relation_iff _ (@eq R)); [reflexivity | numbers]].

Ltac equal_numbers :=
  cbv beta;
  lazymatch goal with
  | |- rpow _ _ = rpow _ _ => apply (f_equal2 rpow); equal_numbers
  | |- ln _ = ln _ => apply (f_equal ln); equal_numbers
  | |- exp _ = exp _ => apply (f_equal exp); equal_numbers
  | |- Rabs _ = Rabs _ => apply (f_equal Rabs); equal_numbers
  | |- / _ = / _ => apply (f_equal Rinv); equal_numbers
  | |- inverse_of ?f ?x = inverse_of ?g ?y =>
      transitivity (inverse_of f y);
      [apply (f_equal (inverse_of f)); equal_numbers | apply inverse_of_ext; intro; equal_numbers]
  | |- rsum _ _ = rsum _ _ => apply rsum_ext; intros; equal_numbers
  | |- real (Lub_Rbar _) = real (Lub_Rbar _) => apply (f_equal real); equal_bounds ltac:(equal_numbers)
  | |- ?a = ?b =>
      first
        [ constr_eq a b; exact (eq_refl a)
        | ring
        | align
            ltac:(fun x y =>
              tryif constr_eq x y then fail else (let E := fresh in assert (E : x = y) by equal_numbers; rewrite E; clear E));
          equal_numbers ]
  end.

Ltac equal_values :=
  cbv beta;
  first
    [ lazymatch goal with |- ?a = ?b => constr_eq a b; exact (eq_refl a) end
    | lazymatch goal with
      | |- esum _ _ = esum _ _ => apply esum_ext; intros; equal_values
      | |- (if ?d then _ else _) = (if ?d then _ else _) => apply if_eq; equal_values
      | |- Finite _ = Finite _ => apply (f_equal Finite); equal_numbers
      end ].

Ltac unfolded := autounfold with focal; unfold Rdiv, Rminus; cbv beta.

Ltac restate :=
  cbv beta;
  first
    [ lazymatch goal with |- ?a <-> ?b => constr_eq a b; exact (iff_refl a) end
    | lazymatch goal with
      | |- (_ /\ _) <-> (_ /\ _) => apply and_iff; restate
      | |- (_ \/ _) <-> (_ \/ _) => apply or_iff; restate
      | |- (~ ?a) <-> (~ ?b) => apply not_iff; restate
      | |- (_ <-> _) <-> (_ <-> _) => apply iff_iff; restate
      | |- (?a -> ?b) <-> (?c -> ?d) => apply imp_iff; restate
      | |- (forall x, _) <-> (forall y, _) => apply all_iff; intro; restate
      | |- (exists! x, _) <-> (exists! y, _) => apply unique_iff; intro; restate
      | |- (is_finite (Lub_Rbar _)) <-> (is_finite (Lub_Rbar _)) =>
          apply finite_iff; unfolded; equal_bounds ltac:(equal_numbers)
      | |- (is_finite _) <-> (is_finite _) => apply finite_iff; unfolded; equal_values
      | |- (pdef _ _) <-> (pdef _ _) => apply (relation_iff _ pdef); unfolded; equal_numbers
      | |- (_ < _) <-> (_ < _) => apply (relation_iff _ Rlt); unfolded; equal_numbers
      | |- (_ <= _) <-> (_ <= _) => apply (relation_iff _ Rle); unfolded; equal_numbers
      | |- (_ <> _) <-> (_ <> _) => apply (relation_iff _ (fun a b : R => a <> b)); unfolded; equal_numbers
      | |- (_ = _) <-> (_ = _) => apply (relation_iff _ (@eq R)); unfolded; equal_numbers
      end ].
