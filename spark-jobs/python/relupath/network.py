"""Two-layer networks on raw rows, read from ``network.json`` and evaluated with numpy alone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import calibration, forward, table
from relupath.calibration import Output
from relupath.preparation import Preparation
from relupath.reader import Reader

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """A network of m neurons and K outputs, of raw rows that are prepared as p columns x.

    f_k(x) = output_bias_k + sum_j output_jk (hidden_j'x + bias_j)_+; of a gated network a neuron is
    1[gates_j'x + gate_bias_j >= 0] (hidden_j'x + bias_j) instead.

    Attributes:
        activation: relu or gated.
        preparation: how raw columns are encoded.
        hidden: m x p, with ``bias`` of m.
        output: m x K, with ``output_bias`` of K.
        gates: of a gated network m x p, with ``gate_bias`` of m; else None.
        outputs: what each of the K outputs is.
        classes: where K > 1 outputs are classes, their labels; else None.
        text: the json that it was read from.
    """

    activation: str
    preparation: Preparation
    hidden: Array
    bias: Array
    output: Array
    output_bias: Array
    gates: Array | None
    gate_bias: Array | None
    outputs: tuple[Output, ...]
    classes: tuple[Any, ...] | None
    text: str

    @property
    def inputs(self) -> list[str]:
        """The names of the raw columns, in the order of the columns of an array of rows."""
        return self.preparation.inputs

    @property
    def n_neurons(self) -> int:
        """m, the number of neurons of all outputs."""
        return len(self.bias)

    @property
    def labels(self) -> tuple[Any, ...] | None:
        """The labels that it predicts, of one output or of classes; None where it predicts amounts or several columns."""
        return self.outputs[0].labels if len(self.outputs) == 1 else self.classes

    def _scores(self, rows: Any) -> Array:
        """n x K raw scores."""
        gates = None if self.gates is None or self.gate_bias is None else (self.gates, self.gate_bias)
        turns = np.array([np.nan if one.labels is None else one.threshold for one in self.outputs])
        layers = forward.Layers(self.hidden, self.bias, self.output, self.output_bias, gates)
        encoded = (self.preparation.encode(part, at) for at, part in table.parts(rows))
        found = np.concatenate([forward.scores(part, layers, turns) for part in encoded])
        bad = ~np.isfinite(found)
        if bad.any():
            r, k = np.argwhere(bad)[0]
            raise ValueError(
                f"row {r + 1}: the prediction is {found[r, k]}, expected features of a size for which it is a number"
            )
        return found

    def decision_function(self, rows: Any) -> Array:
        """The raw scores of n rows (see :func:`relupath.table.columns`): n, of several outputs n x K."""
        found = self._scores(rows)
        return found[:, 0] if len(self.outputs) == 1 else found

    def predict(self, rows: Any) -> NDArray[Any]:
        """The labels of n rows where the network has labels, else its raw scores: n, of several label columns n x K."""
        found = self._scores(rows)
        if self.classes is not None:
            return calibration.labels(self.classes)[found.argmax(axis=1)]
        own = [output.label(found[:, k]) for k, output in enumerate(self.outputs)]
        return own[0] if len(own) == 1 else np.column_stack(own)

    def predict_proba(self, rows: Any) -> Array:
        """The probabilities of the labels of n rows: n x number of labels, in the order of ``labels``.

        Raises:
            ValueError: if the network has none (they are those of ``--probabilities``), or several label columns.
        """
        if self.labels is None or any(output.scaling is None for output in self.outputs):
            raise ValueError("the network has no probabilities, expected one of labels, fitted with probabilities")
        found = self._scores(rows)
        if self.classes is not None:
            return calibration.of_classes(self.outputs, found)
        second = self.outputs[0].probability(found[:, 0])
        return np.column_stack([1 - second, second])

    def predictions(self, rows: Any) -> dict[str, NDArray[Any]]:
        """The columns that the command ``predict`` writes, by their names."""
        found = self._scores(rows)
        several = len(self.outputs) > 1

        def named(what: str, output: Output) -> str:
            return f"{what}_{output.name}" if several else what

        columns: dict[str, NDArray[Any]] = {}
        for k, output in enumerate(self.outputs):
            columns[named("prediction", output)] = found[:, k]
        if self.classes is not None:
            columns["predictedLabel"] = calibration.labels(self.classes)[found.argmax(axis=1)]
            if all(output.scaling is not None for output in self.outputs):
                shares = calibration.of_classes(self.outputs, found)
                columns.update((named("probability", output), shares[:, k]) for k, output in enumerate(self.outputs))
            return columns
        for k, output in enumerate(self.outputs):
            if output.labels is not None:
                columns[named("predictedLabel", output)] = output.label(found[:, k])
            if output.scaling is not None:
                columns[named("probability", output)] = output.probability(found[:, k])
        return columns

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes ``network.json``: the text that it was read from."""
        Path(path).write_text(self.text, encoding="utf-8")

    def __repr__(self) -> str:
        return f"Network({self.activation}, {len(self.inputs)} inputs, {self.n_neurons} neurons, {len(self.outputs)} outputs)"


def load(source: str | os.PathLike[str]) -> Network:
    """Reads a network, of version 1 or 2.

    Args:
        source: the path of a ``network.json``, of a run's folder that holds one, or the json itself.

    Raises:
        ValueError: in one line, if it is no network.
        FileNotFoundError: if there is no such file.
    """
    if isinstance(source, str) and source.lstrip().startswith("{"):
        text, name = source, "network"
    else:
        path = Path(source)
        if path.is_dir():
            path = next((p for p in (path / "network.json", path / "best" / "network.json") if p.is_file()), path)
        if path.is_dir():
            raise FileNotFoundError(f"{path} has no network.json")
        name = str(path)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise ValueError(f"{name}: no text, expected a network.json (relupath.audit takes other files)") from None
    try:
        return _read(text)
    except RecursionError:
        raise ValueError(f"{name}: no network: lists in lists without end") from None
    except ValueError as e:
        raise ValueError(f"{name}: {e}") from None


def _read(text: str) -> Network:
    reader = Reader(json.loads(text))
    activation = reader.activation()
    preparation = reader.preparation()
    outputs, classes = reader.outputs()
    width = len(preparation.names)
    hidden = reader.matrix("hidden", width)
    gated = activation == "gated"
    several = len(outputs) > 1
    output = reader.matrix("output", len(outputs)) if several else reader.numbers("output")[:, None]
    biases = reader.numbers("outputBias") if several else np.array([reader.number("outputBias")])
    network = Network(
        activation,
        preparation,
        hidden,
        reader.numbers("bias"),
        output,
        biases,
        reader.matrix("gates", width) if gated else None,
        reader.numbers("gateBias") if gated else None,
        outputs,
        classes,
        text,
    )
    m = len(hidden)
    sizes = {"bias": network.bias, "output": output, "gates": network.gates, "gateBias": network.gate_bias}
    for name, values in sizes.items():
        if values is not None and len(values) != m:
            raise ValueError(f"{name} has {len(values)} entries, expected {m}, one a neuron")
    if len(biases) != len(outputs):
        raise ValueError(f"outputBias has {len(biases)} entries, expected {len(outputs)}")
    return network
