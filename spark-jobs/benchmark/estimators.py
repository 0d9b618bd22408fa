"""Spark ML's classifiers and relupath's, each in a CrossValidator on the same rows: held-out accuracy and time.

    python -m venv venv; venv/bin/pip install pandas scikit-learn WHEEL[spark]; venv/bin/pip install --no-deps ISLP
    venv/bin/python estimators.py [--seeds 1] [NAME...]

WHEEL is what the build leaves in spark-jobs/target/python. No table is shipped here: OJ and Default are csv files of `ISLP`,
the others are scikit-learn's. 70 % of the rows are fitted on, 30 % measured on, drawn by the seed, of each class alike. A
Pipeline standardises the columns and fits; three folds choose among the grid of each classifier, and the chosen one is
fitted to all training rows. Linear machines and boosted trees are of two classes: of more, they are one against the rest.
Ours has four lambdas, down to a hundredth of lambda_max, and of fewer than ten columns, which ask for less, to a ten-thousandth.
Seconds are of all that, wall and CPU (the JVM's and Python's), after a first fit of each that is not counted. Standard
output gets a table in markdown, means over seeds; progress goes to standard error.
"""
import argparse
import importlib.util
import os
import resource
import sys
import time
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # spinning threads are CPU seconds, too

import numpy as np
import pandas as pd
from pyspark.ml import Pipeline
from pyspark.ml.classification import GBTClassifier, LinearSVC, MultilayerPerceptronClassifier, OneVsRest
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StandardScaler
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from sklearn import datasets
from sklearn.model_selection import train_test_split

from relupath.spark import ConvexReluClassifier, builder

FOLDS = 3


def islp(name, label):
    """A table of the package ISLP, without importing it: texts one-hot, and its labels as 0 and 1."""
    table = pd.read_csv(Path(importlib.util.find_spec("ISLP").origin).parent / "data" / f"{name}.csv")
    x = pd.get_dummies(table.drop(columns=label), drop_first=True).to_numpy(float)
    return x, pd.factorize(table[label], sort=True)[0].astype(float)


def bundled(load):
    x, y = load(return_X_y=True)
    return x[:, x.std(axis=0) > 0], y.astype(float)


TABLES = {
    "breast cancer": lambda: bundled(datasets.load_breast_cancer),
    "digits": lambda: bundled(datasets.load_digits),
    "OJ": lambda: islp("OJ", "Purchase"),
    "Default": lambda: islp("Default", "default"),
}


def searches(d, classes):
    """Of each classifier a stage and a grid of its Params."""
    def rest(stage):
        return stage if classes == 2 else OneVsRest(classifier=stage)

    grid = ParamGridBuilder
    ratios = [0.1, 0.01, 0.001, 0.0001] if d < 10 else [0.3, 0.1, 0.03, 0.01]
    convex = ConvexReluClassifier(gates=100, tol=1e-4, lambdas=10, lambdaMinRatio=ratios[-1])
    yield "ConvexReluClassifier", convex, grid().addGrid(convex.lambdaRatio, ratios).build()
    layers = [[d, 10, classes], [d, 50, classes]]
    neural = MultilayerPerceptronClassifier(seed=1)
    yield "MultilayerPerceptronClassifier", neural, grid().addGrid(neural.layers, layers).addGrid(
        neural.maxIter, [30, 100]).build()
    linear = LinearSVC(standardization=False)
    yield "LinearSVC", rest(linear), grid().addGrid(linear.regParam, [0.1, 0.01, 0.001]).build()
    trees = GBTClassifier(seed=1, maxIter=50)
    yield "GBTClassifier", rest(trees), grid().addGrid(trees.maxDepth, [2, 4]).build()


def cpu(pid):
    """CPU seconds so far of the JVM and of this process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = resource.getrusage(resource.RUSAGE_SELF)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + own.ru_utime + own.ru_stime


def frame(spark, x, y):
    rows = [(Vectors.dense(a), float(b)) for a, b in zip(x, y)]
    return spark.createDataFrame(rows, ["raw", "label"]).repartition(2).cache()


def search(stage, grid):
    scaler = StandardScaler(inputCol="raw", outputCol="features", withMean=True)
    return CrossValidator(estimator=Pipeline(stages=[scaler, stage]), estimatorParamMaps=grid, numFolds=FOLDS, seed=1,
                          evaluator=MulticlassClassificationEvaluator(metricName="accuracy"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TABLES))
    options = parser.parse_args()
    spark = builder().master("local[2]").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    pid = spark._jvm.java.lang.ProcessHandle.current().pid()
    warm = set()
    print("| data | rows x columns, classes | classifier | held-out accuracy | s | CPU s |\n|---|---|---|---|---|---|")
    for name in options.names or TABLES:
        x, y = TABLES[name]()
        classes = len(np.unique(y))
        figures = {}
        for seed in range(1, options.seeds + 1):
            parts = train_test_split(x, y, test_size=0.3, random_state=seed, stratify=y)
            train, test = frame(spark, parts[0], parts[2]), frame(spark, parts[1], parts[3])
            train.count(), test.count()
            for classifier, stage, grid in searches(x.shape[1], classes):
                if classifier not in warm:
                    warm.add(classifier)
                    search(stage, grid[:1]).fit(train)
                start, used = time.time(), cpu(pid)
                model = search(stage, grid).fit(train)
                took = time.time() - start, cpu(pid) - used
                accuracy = MulticlassClassificationEvaluator(metricName="accuracy").evaluate(model.transform(test))
                figures.setdefault(classifier, []).append((accuracy, *took))
                print(f"{name} seed {seed}: {classifier} {accuracy:.4f} in {took[0]:.1f} s", file=sys.stderr, flush=True)
            train.unpersist(), test.unpersist()
        for classifier, runs in figures.items():
            accuracy, wall, used = np.mean(runs, axis=0)
            size = f"{x.shape[0]:,} x {x.shape[1]}, {classes}"
            print(f"| {name} | {size} | {classifier} | {accuracy:.3f} | {wall:.1f} | {used:.0f} |", flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
