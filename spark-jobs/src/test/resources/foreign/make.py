"""Writes the networks of this folder: one network, as PyTorch, Keras and numpy leave it, and as network.json.

    pip install numpy onnx onnxscript torch && python make.py

keras.onnx has the nodes and names of tf2onnx, written by onnx.helper.
"""
import glob, json, os, warnings
import numpy as np, onnx, torch
from onnx import TensorProto, helper, numpy_helper

warnings.filterwarnings("ignore")
for left in glob.glob("*.onnx.data"):
    os.remove(left)
torch.manual_seed(3)
net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
plain = torch.nn.Sequential(torch.nn.Linear(3, 4, bias=False), torch.nn.ReLU(), torch.nn.Linear(4, 1, bias=False))
plain.load_state_dict({k: v for k, v in net.state_dict().items() if k.endswith("weight")})
state = {k: v.numpy() for k, v in net.state_dict().items()}
W1, b1, W2, b2 = state.values()


def network(name, hidden, bias, output, output_bias):
    json.dump(dict(format="relupath-network", version=1, activation="relu", inputs=["a", "b", "c"], hidden=hidden.tolist(),
                   bias=bias.tolist(), output=output[0].tolist(), outputBias=output_bias.tolist()[0]), open(name, "w"))


network("network.json", W1, b1, W2, b2)
network("no-biases.json", W1, 0 * b1, W2, 0 * b2)
np.savez("torch.npz", **state)
np.savez("torch-no-biases.npz", **{k: v.numpy() for k, v in plain.state_dict().items()})
np.savez("keras.npz", *[v.T for v in state.values()])
np.savez_compressed("keras-paths.npz", **{"sequential/dense/kernel": W1.T, "sequential/dense/bias": b1,
                                          "sequential/dense_1/kernel": W2.T, "sequential/dense_1/bias": b2})
np.savez("numpy.npz", W1=np.asfortranarray(W1, dtype=np.float64), b1=b1, W2=W2[0], b2=b2)
np.savez("numpy-transposed.npz", W1=W1.T, b1=b1, W2=W2.T.astype(">f8"), b2=b2)
np.savez("two-outputs.npz", W1=W1, b1=b1, W2=np.array([[1, 0, -2, 0.5], [0, 3, 1, -1]]), b2=np.array([0.5, -0.5]))
np.savez("scaled.npz", **state, mean=np.array([1.0, 2.0, 3.0]), scale=np.array([0.5, 2.0, 4.0]))

x = torch.zeros(5, 3)
torch.onnx.export(net, (x,), "torch-script.onnx", dynamo=False)
torch.onnx.export(plain, (x,), "torch-script-no-biases.onnx", dynamo=False)
torch.onnx.export(net, (x,), "torch.onnx", dynamo=True, verbose=False)
os.remove("torch.onnx.data")  # empty, as the weights are few
model = onnx.load("torch.onnx")
for part in [model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output]:
    part.ClearField("metadata_props")  # paths of the machine
onnx.save(model, "torch.onnx")
onnx.save(onnx.load("torch-script.onnx"), "torch-external.onnx", save_as_external_data=True,
          location="torch-external.onnx.data", size_threshold=0)

dense, dense_1 = "StatefulPartitionedCall/sequential/dense/", "StatefulPartitionedCall/sequential/dense_1/"
graph = helper.make_graph(
    [helper.make_node("MatMul", ["input", dense + "MatMul/ReadVariableOp:0"], [dense + "MatMul:0"], dense + "MatMul"),
     helper.make_node("Add", [dense + "MatMul:0", dense + "BiasAdd/ReadVariableOp:0"], [dense + "BiasAdd:0"], dense + "BiasAdd"),
     helper.make_node("Relu", [dense + "BiasAdd:0"], [dense + "Relu:0"], dense + "Relu"),
     helper.make_node("MatMul", [dense + "Relu:0", dense_1 + "MatMul/ReadVariableOp:0"], [dense_1 + "MatMul:0"], dense_1 + "MatMul"),
     helper.make_node("Add", [dense_1 + "MatMul:0", dense_1 + "BiasAdd/ReadVariableOp:0"], ["output"], dense_1 + "BiasAdd")],
    "tf2onnx", [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["unk__6", 3])],
    [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["unk__7", 1])],
    [numpy_helper.from_array(np.ascontiguousarray(array), name) for array, name in (
        (W1.T, dense + "MatMul/ReadVariableOp:0"), (b1, dense + "BiasAdd/ReadVariableOp:0"),
        (W2.T, dense_1 + "MatMul/ReadVariableOp:0"), (b2, dense_1 + "BiasAdd/ReadVariableOp:0"))])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="tf2onnx"), "keras.onnx")
