"""Checks a model, runs it on the rows of a csv, and compares its outputs with predictions.csv.

    python onnx_predictions.py MODEL ROWS PREDICTIONS TOLERANCE
"""
import csv, datetime, json, sys
import numpy as np, onnx, onnxruntime

path, rows, predictions, tolerance = sys.argv[1:]
onnx.checker.check_model(onnx.load(path), full_check=True)
model = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
names = json.loads(model.get_modelmeta().custom_metadata_map["relupath.inputs"])
with open(rows, newline="") as file:
    table = list(csv.DictReader(file))


def number(cell):
    if cell in ("true", "false"):
        return float(cell == "true")
    if "T" in cell:
        return (datetime.datetime.fromisoformat(cell) - datetime.datetime(1970, 1, 1)) / datetime.timedelta(days=1)
    return float(cell or "nan")


def feed(own):
    columns = names if own.name == "features" else [own.name]
    if own.type == "tensor(string)":
        return np.array([[row[own.name]] for row in table], object)
    kind = np.float64 if own.type == "tensor(double)" else np.float32
    return np.array([[number(row[column]) for column in columns] for row in table], kind)


outputs = dict(zip([own.name for own in model.get_outputs()], model.run(None, {own.name: feed(own) for own in model.get_inputs()})))
with open(predictions, newline="") as file:
    expected = list(csv.DictReader(file))
position = dict(prediction=0, probability=0)
for column in expected[0]:
    own = [row[column] for row in expected]
    if column.startswith("predictedLabel"):
        # In single precision a score may fall on the other side of its threshold.
        wrong = sum(a != b for a, b in zip(map(str, outputs[column]), own))
        assert wrong <= len(own) * float(tolerance) * 10, f"{column}: {wrong} of {len(own)} labels differ"
        continue
    kind = column.split("_")[0]
    values = outputs[kind][:, position[kind]]
    position[kind] += 1
    own = np.array(own, float)
    error = np.abs(values - own).max() / max(1, np.abs(own).max())
    assert error <= float(tolerance), f"{column}: differs by {error}"
print(f"ok: {len(expected)} rows, {', '.join(outputs)} within {tolerance}")
