"""A calibrator with the methods of scikit-learn, which need not be installed: focal calibration and temperature, fitted."""

from __future__ import annotations

import sys
from importlib import import_module
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.distribution import float_gamma
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import pairs_of, weights_of
from focal_symbolic.numbers.arrays import data_distribution
from focal_symbolic.numbers.calibration.calibrate import posterior
from focal_symbolic.numbers.calibration.containers import names_of, opened
from focal_symbolic.numbers.calibration.fit import fit
from focal_symbolic.numbers.calibration.labels import columns_of, indicators_of
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["FocalCalibrator"]


class FocalCalibrator:
    """Focal temperature scaling: outputs at a temperature, q^(1/T), then the calibration map of `calibrate` at gamma.

    Both are fitted by the log loss on a validation set, or gamma is given. With two classes the map is close to a temperature
    itself, so that there gamma and T are hard to tell apart, and their standard errors say so.

    Parameters
    ----------
    gamma : number, optional
        The focusing parameter of the loss, at least 0; None to fit it.
    temperature : bool
        Whether a temperature is fitted; else it is 1.
    alpha : number or sequence, optional
        The class weights of the loss, as for `calibrate`.
    from_logits : bool
        Whether logits are given in the place of probabilities.
    multilabel : bool
        Whether each column is a sigmoid of its own; gamma and T are then fitted to all of them together.

    Attributes
    ----------
    gamma_, temperature_ : float
        What is used.
    gamma_error_, temperature_error_ : float or None
        Standard errors (from the expected information), infinite where the labels do not tell; None of what was given.
    log_loss_, log_loss_before_ : float
        The mean log loss of the validation set in nats, calibrated and as it was given.
    classes_ : array (C,)
        The classes in the order of the columns; with `multilabel` 0 and 1.
    n_features_in_, n_iter_ : int
        The number of columns and the number of steps.

    Notes
    -----
    Focal temperature scaling is of [komisarenko2024].

    Examples
    --------
    >>> from focal_symbolic import FocalCalibrator
    >>> q = [[0.6, 0.4], [0.6, 0.4], [0.6, 0.4], [0.3, 0.7]]
    >>> fitted = FocalCalibrator(gamma=2, temperature=False).fit(q, [0, 0, 1, 1])
    >>> fitted.predict_proba(q).round(4)[0].tolist()
    [0.7475, 0.2525]
    """

    # long because scikit-learn asks of an estimator for all of these methods, half of them short

    def __init__(
        self,
        gamma: object = None,
        temperature: bool = True,
        alpha: object = None,
        from_logits: bool = False,
        multilabel: bool = False,
    ) -> None:
        self.gamma = gamma
        self.temperature = temperature
        self.alpha = alpha
        self.from_logits = from_logits
        self.multilabel = multilabel

    def fit(self, q: Any, y: Any) -> FocalCalibrator:
        """Fit to the outputs q of a validation set and its labels y; q as for `calibrate`, one or two dimensions.

        Labels are the numbers of the columns from 0, the names of a DataFrame's columns, or as many different ones as there are
        columns, sorted. For one column of positives there are two labels, of which the greater is the positive. With
        `multilabel` y has a column a class of 0 and 1.
        Raises: InputError.
        """
        values, _ = self._opened(q)
        if y is None:
            raise InputError("y is None: fit requires y to be passed, but the target y is None; give labels.")
        logits = self._logits(values)
        if self.multilabel:
            self.classes_, labels = np.arange(2), indicators_of(y, values.shape)
        else:
            self.classes_, labels = columns_of(y, len(values), 1 if values.ndim == 1 else values.shape[1], names_of(q))
        power = None if self.gamma is None else float_gamma(self.gamma)
        weights = _weights(values, self.alpha, bool(self.from_logits), bool(self.multilabel))
        before = fit(logits, labels, None, 0.0, False)
        found = fit(logits, labels, weights, power, bool(self.temperature))
        self.gamma_, self.temperature_ = found.gamma, found.temperature
        self.gamma_error_, self.temperature_error_ = found.gamma_error, found.temperature_error
        self.log_loss_, self.log_loss_before_, self.n_iter_ = found.log_loss, before.log_loss, found.steps
        self.n_features_in_ = 1 if values.ndim == 1 else values.shape[1]
        if (names := names_of(q)) is not None and all(isinstance(name, str) for name in names):
            self.feature_names_in_ = np.array(names, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_
        return self

    def transform(self, q: Any) -> Any:
        """The class-posterior probabilities, in the shape and in the kind of container that q has.

        Raises: InputError, also if it was not fitted or the number of columns is another one.
        """
        self._demand_fitted()
        values, back = self._opened(q)
        width = 1 if values.ndim == 1 else values.shape[1]
        if width != self.n_features_in_:
            raise InputError(
                f"q: X has {width} features, but {type(self).__name__} is expecting {self.n_features_in_} features as input; "
                "give a column a class. Reshape your data."
            )
        if self.temperature_ == 1:
            return back(posterior(values, self.gamma_, self.alpha, self.from_logits, bool(self.multilabel)))
        logits = self._logits(values)
        if width == 1 or self.multilabel:
            logits = (logits[:, 1] - logits[:, 0]).reshape(values.shape)
        return back(posterior(logits / self.temperature_, self.gamma_, self.alpha, True, bool(self.multilabel)))

    def predict_proba(self, q: Any) -> Array:
        """The class-posterior probabilities as an array of N x C in the order of `classes_`; for one column, two.

        With `multilabel` those of the positives of each column. Raises: InputError.
        """
        found: Array = np.asarray(opened(self.transform(q))[0], dtype=np.float64)
        if self.n_features_in_ > 1 or self.multilabel:
            return found
        positives = found.reshape(-1)
        both: Array = np.stack([1 - positives, positives], -1)
        return both

    def fit_transform(self, q: Any, y: Any = None) -> Any:
        """`fit`, then `transform` of the same outputs."""
        return self.fit(q, y).transform(q)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in signature(type(self).__init__).parameters if name != "self"}

    def set_params(self, **parameters: Any) -> FocalCalibrator:
        """Set parameters by name.

        Raises: InputError for a name that is none.
        """
        for name, value in parameters.items():
            if name not in self.get_params():
                raise InputError(
                    f"Invalid parameter {name!r} of {type(self).__name__}; give one of {', '.join(self.get_params())}."
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        given = self.get_params()
        usual = type(self)().get_params() if type(self) is FocalCalibrator else {}
        told = [f"{name}={value!r}" for name, value in given.items() if name not in usual or usual[name] is not value]
        return f"{type(self).__name__}({', '.join(told)})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "gamma_")

    def __sklearn_tags__(self) -> Any:
        """What scikit-learn asks of an estimator; it is loaded when it asks."""
        utils = import_module("sklearn.utils")
        return utils.Tags(
            estimator_type=None,
            target_tags=utils.TargetTags(required=True),
            transformer_tags=utils.TransformerTags(),
            input_tags=utils.InputTags(),
        )

    def _opened(self, q: Any) -> tuple[NDArray[Any], Any]:
        values, back = opened(q)
        if values.ndim not in (1, 2):
            raise InputError(f"q has {values.ndim} dimensions; give N rows of C classes. Reshape your data.")
        if not values.size:
            none = "sample" if not len(values) else "feature"
            raise InputError(f"q has 0 {none}(s) (shape={values.shape}) while a minimum of 1 is required; give outputs.")
        return values, back

    def _logits(self, values: NDArray[Any]) -> Array:
        """N x C logits; of one sigmoid those of the negatives and of the positives, of several one below the other."""
        one = values.ndim == 1 or values.shape[1] == 1 or self.multilabel
        posterior(values, 0, None, self.from_logits, bool(self.multilabel))  # refuses what is none
        wide = values.reshape(-1 if one else len(values), -1 if not one else 1).astype(np.float64)
        if self.from_logits:
            return np.concatenate([np.zeros_like(wide), wide], 1) if one else wide
        rows = np.concatenate([1 - wide, wide], 1) if one else data_distribution(values, 0.0)
        with np.errstate(divide="ignore"):
            logits: Array = np.log(rows)
        return logits

    def _demand_fitted(self) -> None:
        if not hasattr(self, "gamma_"):
            told = f"This {type(self).__name__} instance is not fitted yet; call fit with outputs and labels first."
            if "sklearn" in sys.modules:
                raise import_module("sklearn.exceptions").NotFittedError(told)
            raise InputError(told)


def _weights(values: NDArray[Any], alpha: object, from_logits: bool, multilabel: bool) -> Array | None:
    """The weights of the columns of the logits that are fitted, or of each of their rows."""
    width = 1 if values.ndim == 1 else values.shape[1]
    if multilabel or width == 1:
        pairs = pairs_of(alpha, width, positive=True)
        if pairs is None:
            return None
        both = np.array([[float(weight) for weight in reversed(pair)] for pair in pairs])
        return both[0] if width == 1 else np.tile(both, (len(values), 1))
    posterior(values[:1], 0, alpha, from_logits, False)  # refuses what is ambiguous
    exact = weights_of(alpha, width, positive=True)
    return None if exact is None else np.array([float(weight) for weight in exact])
