"""Tables as people have them: relupath with at most two options beside scikit-learn on the very rows.

    python tables.py LAUNCHER WORK_DIR [--seeds 3] [NAME...]

needs numpy, pandas, scikit-learn, and `palmerpenguins` and `ISLP` without their dependencies (their csv files alone are
read). WORK_DIR gets NAME-SEED-{train,test}.csv, the runs, and results.csv; a markdown table goes to standard output.
"""
import argparse
import importlib.util
import inspect
import pkgutil
import resource
import shutil
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

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


def frame(load, label="target"):
    bunch = load(as_frame=True)
    names = getattr(bunch, "target_names", None)
    table = bunch.frame.rename(columns={"target": label})
    if names is not None and len(names) and isinstance(names[0], str) and names[0] != label and label == "class":
        table[label] = [str(names[k]) for k in table[label]]
    return table


def docstrings():
    """TF-IDF of the docstrings of two packages, 1,000 words: which of the two is a text from?"""
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
    words = TfidfVectorizer(max_features=1000, stop_words=["sklearn", "pandas", "scikit", "learn", "dataframe", "series"])
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
    "Default": Table("default", lambda: packaged("ISLP", "Default"), ["--threshold", "accuracy"]),
    "Hitters": Table("Salary", lambda: packaged("ISLP", "Hitters").dropna(subset=["Salary"])),
    "Wage": Table("wage", lambda: packaged("ISLP", "Wage"), ["--drop", "logwage"], ["logwage"]),
    "OJ": Table("Purchase", lambda: packaged("ISLP", "OJ")),
    "Boston": Table("medv", lambda: packaged("ISLP", "Boston")),
    "diabetes": Table("progression", lambda: frame(datasets.load_diabetes, "progression")),
    "breast-cancer": Table("class", lambda: frame(datasets.load_breast_cancer, "class")),
    "docstrings": Table("package", docstrings),
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


def relupath(launcher, work, stem, table, classes, test):
    begin = cpu()
    shutil.rmtree(work / f"{stem}-run", ignore_errors=True)
    run([launcher, "path", "--input", work / f"{stem}-train.csv", "--label", table.label, *table.options,
         "--output", work / f"{stem}-run"])
    seconds = cpu() - begin
    shutil.rmtree(work / f"{stem}-predicted", ignore_errors=True)
    run([launcher, "predict", "--run", work / f"{stem}-run", "--input", work / f"{stem}-test.csv",
         "--output", work / f"{stem}-predicted"])
    predicted = pd.read_csv(work / f"{stem}-predicted" / "predictions.csv")
    label = predicted["predictedLabel" if classes else "prediction"]
    return measured(test[table.label], label, predicted.get("prediction"), classes), seconds


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("launcher")
    options.add_argument("work", type=Path)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("names", nargs="*")
    asked = options.parse_intermixed_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    records = []
    for name in asked.names or TABLES:
        table = TABLES[name]
        rows = table.load()
        classes = not pd.api.types.is_float_dtype(rows[table.label])
        for seed in range(1, asked.seeds + 1):
            train, test = train_test_split(rows, test_size=0.3, random_state=seed,
                                           stratify=rows[table.label] if classes else None)
            stem = f"{name}-{seed}"
            train.to_csv(asked.work / f"{stem}-train.csv", index=False)
            test.to_csv(asked.work / f"{stem}-test.csv", index=False)
            found, seconds = relupath(asked.launcher, asked.work, stem, table, classes, test)
            results = [("relupath", found, seconds)]
            x, z = (part.drop(columns=[table.label, *table.leaves_out]) for part in (train, test))
            for peer, model in peers(classes):
                begin = cpu()
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    model.fit(x, train[table.label])
                seconds = cpu() - begin
                scores = None
                if classes:
                    scores = model.predict_proba(z)[:, -1]
                found = measured(test[table.label], pd.Series(model.predict(z), index=test.index), scores, classes)
                results.append((peer, found, seconds))
            for model, figures, seconds in results:
                for measure, value in figures.items():
                    records.append({"table": name, "rows": len(rows), "seed": seed, "model": model, "measure": measure,
                                    "value": value, "seconds": seconds})
            print(f"{time.strftime('%H:%M:%S')} {stem}: " + "; ".join(
                f"{m} {' '.join(f'{k} {v:.3f}' for k, v in f.items())} {s:.1f} s" for m, f, s in results), file=sys.stderr)
    kept = pd.DataFrame(records)
    kept.to_csv(asked.work / "results.csv", index=False)
    models = list(dict.fromkeys(kept["model"]))
    print("| table (rows, options) | | " + " | ".join(models) + " |\n|" + "---|" * (len(models) + 2))
    for name in dict.fromkeys(kept["table"]):
        own = kept[kept["table"] == name]
        said = ", ".join([f"{own['rows'].iloc[0]:,}", " ".join(TABLES[name].options)]).rstrip(", ")
        for measure in dict.fromkeys(own["measure"]):
            cells = [own[(own["model"] == m) & (own["measure"] == measure)]["value"].mean() for m in models]
            print(f"| {name} ({said}) | {measure} | " + " | ".join(f"{c:.3f}" for c in cells) + " |")
        cells = [own[own["model"] == m]["seconds"].mean() for m in models]
        print(f"| | CPU s | " + " | ".join(f"{c:.1f}" for c in cells) + " |")


if __name__ == "__main__":
    main()
