"""Trains scikit-learn's learner on the same numbers as Train.java, and prints seconds and test AUC."""

import pathlib
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score

folder, kind, seed, threads = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
columns = int((folder / "columns").read_text())


def part(name):
    numbers = np.fromfile(folder / f"{name}.numbers", dtype="<f8").reshape(-1, columns)
    return numbers, np.fromfile(folder / f"{name}.labels", dtype=np.uint8)


if kind == "forest":
    model = RandomForestClassifier(n_estimators=100, max_depth=12, random_state=seed, n_jobs=threads)
else:
    model = HistGradientBoostingClassifier(max_iter=100, max_depth=6, random_state=seed, early_stopping=False)
numbers, labels = part("train")
start = time.perf_counter()
model.fit(numbers, labels)
seconds = time.perf_counter() - start
numbers, labels = part("test")
print(f"{seconds:.3f} {roc_auc_score(labels, model.predict_proba(numbers)[:, 1]):.5f}")
