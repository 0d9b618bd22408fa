"""What all estimators share: settings, checks of rows, and what a fit leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.base import BaseEstimator
from sklearn.utils import Tags
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from relupath.network import Network
from relupath.sklearn import training
from relupath.sklearn.training import Rows, Run, SparseRows

#: Settings by the options of commands where these have another name.
OPTIONS = {
    "random_state": "seed",
    "fit_intercept": "intercept",
    "tol": "tolerance",
    "max_iter": "max-iterations",
    "probability": "probabilities",
    "alpha": "lambda",
}
#: What messages call the options.
ARGUMENTS = {option: argument for argument, option in OPTIONS.items()}
#: Settings that are no options.
_OWN = frozenset(["class_weight", "task"])


def _numeric(x: Any) -> bool:
    """Whether rows are an array of numbers, and not a frame with texts, dates or words."""
    if not hasattr(x, "dtypes") or not hasattr(x, "columns"):
        return True
    kinds = [getattr(dtype, "kind", "O") for dtype in x.dtypes]
    return all(kind in "fiu" for kind in kinds) or len(kinds) == 0


@dataclass(eq=False, repr=False, kw_only=True)
class Relu(BaseEstimator):
    """An estimator that a command fits. Its fields are its settings, from which the constructor is made."""

    model: str = "relu"
    gates: int = 500
    gate_source: str = "gaussian"
    search_starts: int = 50
    search_tolerance: float = 1e-6
    enumeration_limit: int = 20000
    standardize: bool | str = True
    fit_intercept: bool = True
    missing: str = "refuse"
    categorical: str | list[str] = "auto"
    dates: str | list[str] = "days,month,weekday"
    tol: float = 1e-8
    max_iter: int = 1000
    time_limit: float | None = None
    random_state: int = 1

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = self.missing != "refuse"
        tags.input_tags.string = True
        tags.input_tags.sparse = True
        tags.target_tags.required = True
        return tags

    def _options(self) -> dict[str, Any]:
        """The settings as options of a command."""
        own = {OPTIONS.get(k, k): v for k, v in self.get_params(deep=False).items() if k not in _OWN}
        return {**own, "loss-scaling": "mean"}

    def _checked(self, x: Any, reset: bool) -> Any:
        """Rows as the network takes them, numbers as an array; their features are noted, or compared."""
        if not _numeric(x):
            validate_data(self, x, reset=reset, skip_check_array=True)
            return x
        finite = "allow-nan" if self.missing != "refuse" else True
        least = 2 if reset else 1
        return validate_data(
            self,
            x,
            reset=reset,
            accept_sparse="csr",
            dtype=np.float64,
            ensure_all_finite=finite,
            ensure_min_samples=least,
        )

    def _rows(self, x: Any, labels: list[NDArray[Any]], sample_weight: Any) -> Rows | SparseRows:
        if issparse(x):
            named = hasattr(self, "feature_names_in_") or self._named() is not None
            plain = len(labels) == 1 and sample_weight is None and self.missing == "refuse"
            if plain and not named and x.shape[1] <= training.MOST_SPARSE:
                return SparseRows(x, labels[0])
            x = training.cells_of(x)
        names, columns = training.features(x)
        if hasattr(self, "feature_names_in_"):
            names = [str(name) for name in self.feature_names_in_]
        return Rows(names, columns, labels, self._weights(columns[0], sample_weight))

    def _named(self) -> list[str] | None:
        """The columns that are to be categories; None where their cells decide."""
        own = self.categorical
        if isinstance(own, str):
            return None if own in ("auto", "none") else [part.strip() for part in own.split(",")]
        return [str(name) for name in own]

    def _weights(self, x: Any, sample_weight: Any) -> NDArray[np.float64] | None:
        """What n rows count for; None for once each."""
        if sample_weight is None:
            return None
        own = _check_sample_weight(sample_weight, x, dtype=np.float64, ensure_non_negative=True)
        if not own.any():
            raise ValueError("sample_weight is zero in every row, expected some above zero")
        return np.asarray(own, np.float64)

    def _keep(self, run: Run, network: Network, summary: dict[str, Any]) -> None:
        """Keeps what a fit left."""
        self._run = run
        self.network_ = network
        self.summary_ = summary
        self.n_neurons_ = network.n_neurons
        self.status_ = summary["status"]
        outputs = summary.get("outputs") or [summary]
        lambdas = [one["lambda"] for one in outputs]
        # Label columns have a lambda of their own each where each chooses by its error.
        self.lambda_ = lambdas[0] if len(set(lambdas)) == 1 else np.array(lambdas)
        self.lambda_max_ = summary["lambdaMax"]
        self.objective_ = summary["objective"]
        self.gap_ = summary["relativeGap"]
        self.gap_to_global_ = summary["gapToGlobal"]
        self.n_iter_ = max(1, int(max(one.get("iterations") or 1 for one in outputs)))

    def _run_of(self, command: str, own: Rows | SparseRows, **options: Any) -> Run:
        given = {**self._options(), **options}
        named = self._named()
        if named is not None and isinstance(own, Rows):
            given["categorical"] = training.categories(named, own)
        return Run(command, given, own, arguments=ARGUMENTS)

    def _fit(self, x: Any, labels: list[NDArray[Any]], sample_weight: Any, **options: Any) -> None:
        run = self._run_of("fit", self._rows(x, labels, sample_weight), **options)
        self._keep(run, run.network(), run.json("summary.json"))

    def _scores(self, x: Any) -> NDArray[np.float64]:
        """The raw scores of rows: n, or n x K."""
        check_is_fitted(self, "network_")
        return self.network_.decision_function(self._checked(x, reset=False))

    def __getstate__(self) -> dict[str, Any]:
        state = dict(super().__getstate__())
        # A folder of this process, which another has not.
        state.pop("_run", None)
        return state
