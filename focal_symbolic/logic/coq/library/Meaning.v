(* What the statements speak of, beyond Coq's and Coquelicot's own words. These definitions are trusted: read them.
   The letters of the alphabet are 0, ..., n - 1. *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(* b^e for a real exponent: e^(e ln b) where b > 0; else 0^0 = 1 and 0^e = 0. *)
Definition rpow (b e : R) : R := if Rlt_dec 0 b then exp (e * ln b) else if Req_EM_T e 0 then 1 else 0.

(* Where b^e is defined. *)
Definition pdef (b e : R) : Prop := 0 < b \/ (0 <= b /\ 0 <= e).

(* The sum over the alphabet, of numbers and of values that may be +oo. *)
Fixpoint rsum (n : nat) (f : nat -> R) : R := match n with O => 0 | S m => rsum m f + f m end.
Fixpoint esum (n : nat) (f : nat -> Rbar) : Rbar := match n with O => Finite 0 | S m => Rbar_plus (esum m f) (f m) end.

(* A family of letters takes each letter exactly once. *)
Definition bijection (n : nat) (s : nat -> nat) : Prop :=
  forall j : nat, (j < n)%nat -> exists! i : nat, (i < n)%nat /\ s i = j.

(* The inverse on (0, 1) of a function that falls there: the greatest lower bound of the x with f x <= y. *)
Definition inverse_of (f : R -> R) (y : R) : R := real (Glb_Rbar (fun x => 0 < x < 1 /\ f x <= y)).
