"""What a network computes on encoded rows: products of matrices, and twofold arithmetic where rounding could show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_EPS = float(np.finfo(np.float64).eps)
#: Relative error of a score up to which products of matrices are taken as they are.
_CLOSE = 2.0**-42
#: Rows that are worked with at once: keeps the temporaries of wide networks in a few MiB.
_BATCH = 4096
#: Splits a double into two halves of 26 bits (Dekker 1971).
_SPLIT = 2.0**27 + 1


def _two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def _two_product(a: Array, b: Array) -> tuple[Array, Array]:
    p = a * b
    t, u = _SPLIT * a, _SPLIT * b
    a1, b1 = t - (t - a), u - (u - b)
    a2, b2 = a - a1, b - b1
    return p, a2 * b2 - (((p - a1 * b1) - a2 * b1) - a1 * b2)


def _affine(x: Array, w: Array, b: Array) -> Array:
    """``x @ w.T + b`` as if in twice the digits, rounded once (Ogita, Rump, Oishi 2005); n x m."""
    total = np.broadcast_to(b, (len(x), len(w))).copy()
    rest = np.zeros_like(total)
    for k in range(x.shape[1]):
        product, below = _two_product(x[:, k, None], w[None, :, k])
        total, lost = _two_sum(total, product)
        rest += lost + below
    return np.asarray(total + rest)


def _bounded(x: Array, w: Array, b: Array, terms: float) -> tuple[Array, Array]:
    """``x @ w.T + b`` and eps times the size of its terms, times ``terms``; both n x m."""
    return x @ w.T + b, _EPS * terms * (np.abs(x) @ np.abs(w).T + np.abs(b))


class Layers(NamedTuple):
    """The weights of m neurons and K outputs on p columns.

    Attributes:
        hidden: m x p, with ``bias`` of m.
        output: m x K, with ``output_bias`` of K.
        gates: of a gated network m x p and m: on where gates_j'x + bias_j >= 0; else on where hidden_j'x + bias_j > 0.
    """

    hidden: Array
    bias: Array
    output: Array
    output_bias: Array
    gates: tuple[Array, Array] | None = None


def scores(x: Array, layers: Layers, thresholds: Array | None = None) -> Array:
    """Raw scores f(x) = output_bias + sum_j output_j on_j(x) (hidden_j'x + bias_j).

    Terms that cancel, as those of columns far from zero do, cost no digits: a row whose scores may be off by more than
    a few units in the 13th digit, whose gate or label rounding could turn, is evaluated in twofold arithmetic.

    Args:
        x: n x p, encoded rows.
        layers: of a network.
        thresholds: K scores at which labels turn; NaN for none.

    Returns:
        n x K.
    """
    parts = [_batch(x[at : at + _BATCH], layers, thresholds) for at in range(0, len(x), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, len(layers.output_bias)))


def _batch(x: Array, layers: Layers, thresholds: Array | None) -> Array:
    hidden, bias, output, output_bias, gates = layers
    with np.errstate(over="ignore", invalid="ignore"):
        # Errors of rounding are of either sign: those of a sum grow with the root of its terms.
        own, error = _bounded(x, hidden, bias, 4 * np.sqrt(x.shape[1] + 2))
        doubtful = np.zeros(len(x), bool)
        if gates is None:
            on = own > 0
        else:
            gate, off = _bounded(x, *gates, x.shape[1] + 2)
            on = gate >= 0
            doubtful |= (np.abs(gate) <= off).any(axis=1)
        response = np.where(on, own, 0)
        found = response @ output + output_bias
        size = np.abs(response) @ np.abs(output) + np.abs(output_bias)
        near = np.where(own > -error, error, 0) if gates is None else np.where(on, error, 0)
        error = near @ np.abs(output) + _EPS * 4 * np.sqrt(len(output) + 2) * size
        doubtful |= (error > _CLOSE * np.abs(found)).any(axis=1)
        if thresholds is not None:
            doubtful |= (np.abs(found - thresholds) <= error).any(axis=1)
        if doubtful.any():
            found[doubtful] = _exact(x[doubtful], layers)
    return np.asarray(found)


def _exact(x: Array, layers: Layers) -> Array:
    hidden, bias, output, output_bias, gates = layers
    own = _affine(x, hidden, bias)
    on = own > 0 if gates is None else _affine(x, *gates) >= 0
    return _affine(np.where(on, own, 0), np.ascontiguousarray(output.T), output_bias)
