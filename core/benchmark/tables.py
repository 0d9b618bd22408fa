"""Tables as people have them: relupath with at most two options beside scikit-learn, on the same rows.

    python -m venv venv; venv/bin/pip install pandas scikit-learn; venv/bin/pip install --no-deps palmerpenguins ISLP
    venv/bin/python tables.py LAUNCHER WORK_DIR [--seeds 3] [NAME...]

No table is shipped here: of `palmerpenguins` and `ISLP` the csv files alone are read, all others are scikit-learn's, and
texts are the docstrings of packages that are there. 70 % of the rows are fitted on, of each class where there are classes,
and 30 % are measured on. WORK_DIR gets NAME-SEED-{train,test}.csv, the runs, and results.csv, which a further run with other
names adds to; standard output gets a table in markdown of all that results.csv then has: means over seeds.
"""
import argparse
import importlib.util
import inspect
import json
import os
import pkgutil
import resource
import shutil
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # spinning threads are CPU seconds, too

import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.metrics import accuracy_score, r2_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def packaged(package, name):
    """A csv file that a Python package carries, without importing the package."""
    folder = Path(importlib.util.find_spec(package).origin).parent
    return pd.read_csv(folder / "data" / f"{name}.csv")


def frame(load, label):
    """A table of scikit-learn, labels as texts where they are classes."""
    bunch = load(as_frame=True)
    table = bunch.frame.rename(columns={"target": label})
    if "target_names" in bunch and label in ("species", "cultivar", "class", "digit"):
        table[label] = [f"{label} {bunch.target_names[k]}" for k in table[label]]
    return table


def docstrings():
    """TF-IDF of the docstrings of two packages, 300 words: which of the two is a text from?"""
    texts = {}
    for package in ("sklearn", "pandas"):
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
            if ".tests" in module.name or "._" in module.name:
                continue
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    members = inspect.getmembers(importlib.import_module(module.name))
            except Exception:  # a module of an optional dependency that is not there
                continue
            for _, member in members:
                text = inspect.getdoc(member) if inspect.isclass(member) or inspect.isfunction(member) else None
                if text and len(text) > 200 and getattr(member, "__module__", "").startswith(package):
                    texts[text] = package
    words = TfidfVectorizer(max_features=300, stop_words=["sklearn", "pandas", "scikit", "learn", "dataframe", "series"])
    x = words.fit_transform(texts)
    table = pd.DataFrame(x.toarray(), columns=[f"w{k}" for k in range(x.shape[1])])
    table["package"] = list(texts.values())
    return table


@dataclass
class Table:
    label: str
    load: object
    options: list = field(default_factory=list)
    leaves_out: list = field(default_factory=list)


TABLES = {
    "penguins": Table("species", lambda: packaged("palmerpenguins", "penguins"), ["--missing", "mean"]),
    "iris": Table("species", lambda: frame(datasets.load_iris, "species")),
    "wine": Table("cultivar", lambda: frame(datasets.load_wine, "cultivar")),
    "digits": Table("digit", lambda: frame(datasets.load_digits, "digit"),
                    ["--lambdas", "20", "--valid-fraction", "0.2"]),
    "Default": Table("default", lambda: packaged("ISLP", "Default"), ["--threshold", "accuracy"]),
    "Hitters": Table("Salary", lambda: packaged("ISLP", "Hitters").dropna(subset=["Salary"])),
    "Wage": Table("wage", lambda: packaged("ISLP", "Wage"), ["--drop", "logwage"], ["logwage"]),
    "OJ": Table("Purchase", lambda: packaged("ISLP", "OJ")),
    "Boston": Table("medv", lambda: packaged("ISLP", "Boston")),
    "diabetes": Table("progression", lambda: frame(datasets.load_diabetes, "progression")),
    "breast-cancer": Table("class", lambda: frame(datasets.load_breast_cancer, "class")),
    "docstrings": Table("package", docstrings, ["--lambdas", "20", "--lambda-min-ratio", "0.1"]),
}


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def peers(classes):
    """scikit-learn's models as a careful user takes them: holes filled, texts one-hot, numbers scaled."""
    if classes:
        made = {"linear": LogisticRegressionCV(Cs=10, max_iter=5000), "MLP": MLPClassifier(max_iter=1000, random_state=1),
                "boosting": HistGradientBoostingClassifier(random_state=1), "forest": RandomForestClassifier(random_state=1)}
    else:
        made = {"linear": RidgeCV(np.logspace(-3, 4, 30)), "MLP": MLPRegressor(max_iter=2000, random_state=1),
                "boosting": HistGradientBoostingRegressor(random_state=1), "forest": RandomForestRegressor(random_state=1)}
    numbers, others = make_column_selector(dtype_include="number"), make_column_selector(dtype_exclude="number")
    for name, model in made.items():
        yield name, make_pipeline(make_column_transformer(
            (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)),
             others)), model)


def measured(truth, predicted, scores, classes):
    """accuracy and AUC of classes, R2 of numbers."""
    if not classes:
        return {"R2": r2_score(truth, predicted)}
    found = {"accuracy": accuracy_score(truth.astype(str), predicted.astype(str))}
    if scores is not None and truth.nunique() == 2:
        found["AUC"] = roc_auc_score(truth.astype(str) == sorted(truth.astype(str).unique())[1], scores)
    return found


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}: {done.stderr.strip()}")


def relupath(launcher, work, stem, table, classes):
    """What the run itself has measured on the test rows, and its CPU seconds: those of the process, from its start."""
    begin = cpu()
    out = work / f"{stem}-run"
    shutil.rmtree(out, ignore_errors=True)
    run([launcher, "path", "--input", work / f"{stem}-train.csv", "--label", table.label, *table.options,
         "--test", work / f"{stem}-test.csv", "--output", out])
    seconds = cpu() - begin
    best = out / ("summary.json" if classes > 2 else "best/summary.json")
    test = json.loads(best.read_text())["test"]
    if classes > 2:
        return {"accuracy": test["accuracy"]}, seconds
    if not classes:
        return {"R2": test["r2"]}, seconds
    sides = test["confusion"]  # at the threshold that was asked for; test["accuracy"] is that of signs
    right = sides["truePositives"] + sides["trueNegatives"]
    return {"accuracy": right / (right + sides["falsePositives"] + sides["falseNegatives"]), "AUC": test["auc"]}, seconds


def compared(asked, name, seed, rows):
    """The records of all models on one split."""
    table = TABLES[name]
    number = pd.api.types.is_float_dtype(rows[table.label])
    classes = 0 if number else rows[table.label].nunique()
    train, test = train_test_split(rows, test_size=0.3, random_state=seed, stratify=rows[table.label] if classes else None)
    stem = f"{name}-{seed}"
    train.to_csv(asked.work / f"{stem}-train.csv", index=False)
    test.to_csv(asked.work / f"{stem}-test.csv", index=False)
    results = [("relupath", *relupath(asked.launcher, asked.work, stem, table, classes))]
    x, z = (part.drop(columns=[table.label, *table.leaves_out]) for part in (train, test))
    for peer, model in peers(classes):
        begin = cpu()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(x, train[table.label])
        seconds = cpu() - begin
        scores = model.predict_proba(z)[:, -1] if classes else None
        predicted = pd.Series(model.predict(z), index=test.index)
        results.append((peer, measured(test[table.label], predicted, scores, classes), seconds))
    print(f"{time.strftime('%H:%M:%S')} {stem}: " + "; ".join(
        f"{m} {' '.join(f'{k} {v:.3f}' for k, v in f.items())} {s:.1f} s" for m, f, s in results), file=sys.stderr)
    return [{"table": name, "rows": len(rows), "seed": seed, "model": model, "measure": measure, "value": value,
             "seconds": seconds} for model, figures, seconds in results for measure, value in figures.items()]


def markdown(results):
    models = list(dict.fromkeys(results["model"]))
    lines = ["| table (rows, options) | | " + " | ".join(models) + " |", "|" + "---|" * (len(models) + 2)]
    means = results.groupby(["table", "measure", "model"])[["value", "seconds"]].mean()
    for name in [own for own in TABLES if own in set(results["table"])]:
        own = results[results["table"] == name]
        said = " ".join([f"{int(own['rows'].iloc[0]):,}", *TABLES[name].options])
        heads = [f"{name} ({said})"] + 2 * [""]
        measures = list(dict.fromkeys(own["measure"]))
        lines += ["| " + " | ".join([heads.pop(0), measure]
                                    + [f"{means.loc[(name, measure, model), 'value']:.3f}" for model in models]) + " |"
                  for measure in measures]
        lines.append("| " + " | ".join(["", "CPU s"] + [f"{means.loc[(name, measures[0], model), 'seconds']:.1f}"
                                                        for model in models]) + " |")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("launcher")
    options.add_argument("work", type=Path)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("names", nargs="*", metavar="NAME", help="of " + ", ".join(TABLES))
    asked = options.parse_intermixed_args()
    unknown = [name for name in asked.names if name not in TABLES]
    if unknown:
        options.error(f"NAME: '{unknown[0]}', expected some of {', '.join(TABLES)}")
    asked.work.mkdir(parents=True, exist_ok=True)
    file = asked.work / "results.csv"
    kept = pd.read_csv(file) if file.exists() else pd.DataFrame({"table": [], "seed": []})
    for name in asked.names or TABLES:
        rows = TABLES[name].load()
        for seed in range(1, asked.seeds + 1):
            others = kept[(kept["table"] != name) | (kept["seed"] != seed)]
            kept = pd.concat([others, pd.DataFrame(compared(asked, name, seed, rows))])
            kept.to_csv(file, index=False)
    print(markdown(kept))


if __name__ == "__main__":
    main()
