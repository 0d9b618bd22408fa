"""scikit-learn beside WideBenchmark: CPU seconds of a fit on OUT_DIR/NAME-train.csv, accuracy on NAME-test.csv.

    python wide.py OUT_DIR NAME...
"""
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = {
    "LogisticRegressionCV": lambda: LogisticRegressionCV(max_iter=1000),
    "MLPClassifier": lambda: MLPClassifier(max_iter=500, random_state=1),
    "MLPClassifier, 50 neurons, early stopping": lambda: MLPClassifier(
        (50,), alpha=0.1, early_stopping=True, max_iter=500, random_state=1),
}


def rows(folder, name, part):
    table = np.loadtxt(Path(folder) / f"{name}-{part}.csv", delimiter=",")
    return table[:, :-1], table[:, -1]


if __name__ == "__main__":
    print("| data | model | accuracy | CPU s |\n|---|---|---|---|")
    for name in sys.argv[2:]:
        train, test = rows(sys.argv[1], name, "train"), rows(sys.argv[1], name, "test")
        for label, make in MODELS.items():
            model = make_pipeline(StandardScaler(), make())
            begin = time.process_time()
            model.fit(*train)
            seconds = time.process_time() - begin
            print(f"| {name} | {label} | {100 * model.score(*test):.1f} % | {seconds:.1f} |")
