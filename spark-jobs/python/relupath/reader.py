"""The json of a network, checked: what does not fit together is refused by its name."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import preparation
from relupath.calibration import Output
from relupath.cells import shown
from relupath.preparation import Column, Preparation

_PARTS = ("days", "year", "month", "day", "weekday", "hour")


def _finite(value: Any, name: str) -> float:
    try:
        own = math.nan if isinstance(value, bool) or not isinstance(value, (int, float)) else float(value)
    except OverflowError:
        own = math.inf
    if not math.isfinite(own):
        raise ValueError(f"{name} holds {shown(value)}, expected finite numbers")
    return own


def _numbers(values: Any, name: str) -> NDArray[np.float64]:
    if not isinstance(values, list):
        raise ValueError(f"{name} is missing or not a list")
    return np.array([_finite(value, name) for value in values], np.float64)


def _texts(values: Any, name: str) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values) or len(set(values)) < len(values):
        raise ValueError(f"{name} is {shown(values)}, expected distinct names")
    return values


def _node(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is {shown(value)}, expected fields by name")
    return value


def _nodes(values: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(values, list):
        raise ValueError(f"{name} is {shown(values)}, expected a list")
    return [_node(value, name) for value in values]


def _labels(values: Any, name: str, size: int) -> list[Any]:
    """Distinct labels: all of them texts, or numbers."""
    if not isinstance(values, list) or len(values) != size:
        raise ValueError(f"{name} is {shown(values)}, expected {size} distinct labels")
    if not all(isinstance(value, str) for value in values):
        for value in values:
            _finite(value, name)
    if len(set(values)) < size:
        raise ValueError(f"{name} is {shown(values)}, expected {size} distinct labels")
    return values


def _flag(node: dict[str, Any], name: str) -> bool:
    if not isinstance(node.get(name), bool):
        raise ValueError(f"preparation {name} is {shown(node.get(name))}, expected true or false")
    return bool(node[name])


class Reader:
    """Reads the parts of a network from its json."""

    def __init__(self, root: Any) -> None:
        if not isinstance(root, dict) or root.get("format") != "relupath-network":
            raise ValueError("no network: expected the format relupath-network")
        self.root: dict[str, Any] = root
        if root.get("version") not in (1, 2):
            raise ValueError(f"version is {shown(root.get('version'))}, expected 1 or 2")

    def activation(self) -> str:
        """relu or gated."""
        found = self.root.get("activation")
        if found not in ("relu", "gated"):
            raise ValueError(f"activation is '{shown(found)}', expected relu or gated")
        return str(found)

    def number(self, name: str) -> float:
        """A number."""
        return _finite(self.root.get(name), name)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A list of numbers."""
        return _numbers(self.root.get(name), name)

    def matrix(self, name: str, width: int) -> NDArray[np.float64]:
        """A list of rows of ``width`` numbers."""
        rows = self.root.get(name)
        if not isinstance(rows, list):
            raise ValueError(f"{name} is missing or not a list")
        for r, row in enumerate(rows):
            if not isinstance(row, list) or len(row) != width:
                raise ValueError(f"{name} row {r} is {shown(row)}, expected {width} numbers")
        return np.array([_numbers(row, name) for row in rows], np.float64).reshape(len(rows), width)

    def preparation(self) -> Preparation:
        """How each input is encoded."""
        inputs = _texts(self.root.get("inputs"), "inputs")
        if not inputs:
            raise ValueError("inputs is empty, expected names")
        if self.root.get("preparation") is None:
            return preparation.numbers(inputs)
        nodes = _nodes(self.root["preparation"], "preparation")
        if [node.get("column") for node in nodes] != inputs:
            raise ValueError(f"preparation has the columns {shown([n.get('column') for n in nodes])}, expected the inputs")
        return Preparation(tuple(_column(node) for node in nodes))

    def outputs(self) -> tuple[tuple[Output, ...], tuple[Any, ...] | None]:
        """What each output is, and the labels of outputs that are classes."""
        if self.root.get("outputs") is None:
            return (_output(self.root, ""),), None
        nodes = _nodes(self.root["outputs"], "outputs")
        if len(nodes) < 2:
            raise ValueError(f"outputs is {shown(nodes)}, expected two or more")
        names = _texts([node.get("name") for node in nodes], "outputs name")
        classes = self.root.get("classes")
        if classes is not None:
            classes = _labels(classes, "classes", len(names))
        outputs = tuple(_output(node, name) for node, name in zip(nodes, names))
        return outputs, None if classes is None else tuple(classes)


def _output(node: dict[str, Any], name: str) -> Output:
    labels = node.get("labels")
    if labels is not None:
        labels = _labels(labels, "labels", 2)
        if not isinstance(labels[0], str):
            labels = _numbers(labels, "labels").tolist()
        if not isinstance(labels[0], str) and labels[0] >= labels[1]:
            raise ValueError(f"labels is {shown(labels)}, expected two, of numbers the smaller one first")
    own = node.get("calibration")
    if own is None:
        return Output(name, None if labels is None else (labels[0], labels[1]))
    if labels is None:
        raise ValueError("calibration without labels, expected labels")
    own = _node(own, "calibration")
    scaling = None
    if "slope" in own or "intercept" in own:
        scaling = (_finite(own.get("slope"), "calibration slope"), _finite(own.get("intercept"), "calibration intercept"))
        if scaling[0] > 0:
            raise ValueError(f"calibration slope is {scaling[0]}, expected at most 0")
    return Output(name, (labels[0], labels[1]), _finite(own.get("threshold"), "calibration threshold"), scaling)


def _column(node: dict[str, Any]) -> Column:
    name, kind = node["column"], node.get("kind")
    indicator = _flag(node, "indicator")
    missing = node.get("missing")
    if indicator and missing is None:
        raise ValueError(f"preparation indicator of '{name}' is true, expected missing as well")
    fill = None if missing is None else tuple(_numbers(missing if kind == "date" else [missing], "missing").tolist())
    if kind in ("number", "boolean"):
        return Column(name, kind, missing=fill, indicator=indicator)
    if kind == "category":
        levels, other = _texts(node.get("levels"), f"levels of '{name}'"), _flag(node, "other")
        if not levels and not other:
            raise ValueError(f"levels of '{name}' is empty, expected names")
        return Column(name, kind, levels=tuple(levels), other=other, missing=fill, indicator=indicator)
    if kind == "date":
        parts = _texts(node.get("parts"), f"parts of '{name}'")
        if not parts or not set(parts) <= set(_PARTS):
            raise ValueError(f"parts of '{name}' is {shown(parts)}, expected some of {', '.join(_PARTS)}")
        if fill is not None and len(fill) != len(parts):
            raise ValueError(f"missing of '{name}' has {len(fill)} entries, expected {len(parts)}, one a part")
        return Column(name, kind, parts=tuple(parts), missing=fill, indicator=indicator)
    raise ValueError(f"preparation kind is {shown(kind)}, expected number, boolean, date or category")
