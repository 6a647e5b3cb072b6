#!/usr/bin/env python3
"""What scikit-learn makes of the flight-delays example: the figures that ours is compared with.

    pip install -r requirements.txt
    python flights.py [--json] [--seeds 7 8 9] [--threads 2] [--as-of known_at|time_hour]

Label: arrival more than 15 minutes late; flights without an arrival delay are left out. Train January to September,
test November to December, by the local date (America/New_York) of scheduled departure. 19 plain columns, all known
at scheduled departure; weather is the origin's last reading known by then (`--as-of known_at`), or, as most examples
join it, the reading labelled with the hour of departure (`--as-of time_hour`), which looks up to 51 minutes ahead.
Missing numbers become -999 for the forest and stay missing for boosting. Fit seconds leave out loading and coding.
"""

import argparse
import json
import pathlib
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score

DATA = pathlib.Path(__file__).resolve().parents[2] / "examples" / "flight-delays" / "data"
CATEGORIES = ["carrier", "origin", "dest"]
NUMBERS = [
    "sched_dep_time", "sched_arr_time", "month", "day", "weekday", "distance",
    "temp", "dewp", "humid", "wind_dir", "wind_speed", "precip", "pressure", "visib",
    "year_built", "seats",
]


def load(as_of):
    flights = pd.read_parquet(DATA / "flights.parquet")
    flights = flights[flights.arr_delay.notna()].reset_index(drop=True)
    flights["late"] = (flights.arr_delay > 15).astype(int)
    flights["weekday"] = flights.sched_dep.dt.tz_convert("America/New_York").dt.day_of_week
    weather = pd.read_parquet(DATA / "weather.parquet").sort_values(as_of, kind="stable")
    weather = weather[[as_of, "origin", "temp", "dewp", "humid", "wind_dir", "wind_speed", "precip", "pressure", "visib"]]
    flights = pd.merge_asof(flights, weather, left_on="sched_dep", right_on=as_of, by="origin")
    planes = pd.read_parquet(DATA / "planes.parquet")[["tailnum", "year_built", "seats"]]
    return flights.merge(planes, on="tailnum", how="left", validate="many_to_one")


def frequency_codes(train, column):
    """Rank by how often a value occurs in training (0 is the most frequent, ties by value)."""
    counts = train[column].value_counts()
    order = sorted(counts.index, key=lambda value: (-counts[value], value))
    return {value: rank for rank, value in enumerate(order)}


def target_codes(train, column):
    """Rank by the share of late flights in training (ties by value)."""
    rates = train.groupby(column).late.mean()
    order = sorted(rates.index, key=lambda value: (rates[value], value))
    return {value: rank for rank, value in enumerate(order)}


def matrix(rows, codes):
    columns = [rows[name].astype(float) for name in NUMBERS]
    columns += [rows[name].map(codes[name]).astype(float) for name in CATEGORIES]
    return np.column_stack(columns)


def fit(model, train, train_label, test, test_label):
    start = time.perf_counter()
    model.fit(train, train_label)
    seconds = time.perf_counter() - start
    return roc_auc_score(test_label, model.predict_proba(test)[:, 1]), seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8, 9])
    parser.add_argument("--threads", type=int, default=2, help="of the forest; boosting takes OMP_NUM_THREADS")
    parser.add_argument("--as-of", choices=["known_at", "time_hour"], default="known_at")
    arguments = parser.parse_args()

    rows = load(arguments.as_of)
    train, test = rows[rows.month <= 9], rows[rows.month >= 11]
    results = []
    for name, encode in [("frequency", frequency_codes), ("target", target_codes)]:
        codes = {column: encode(train, column) for column in CATEGORIES}
        x, z = matrix(train, codes), matrix(test, codes)
        filled_x, filled_z = np.nan_to_num(x, nan=-999), np.nan_to_num(z, nan=-999)
        runs = [
            fit(RandomForestClassifier(n_estimators=100, max_depth=12, n_jobs=arguments.threads, random_state=seed),
                filled_x, train.late, filled_z, test.late)
            for seed in arguments.seeds
        ]
        results.append(("forest, 100 trees, depth 12", name, runs))
        runs = [fit(HistGradientBoostingClassifier(random_state=seed), x, train.late, z, test.late)
                for seed in arguments.seeds]
        results.append(("histogram boosting, 100 trees", name, runs))

    report = {
        "scikit_learn": sklearn.__version__, "as_of": arguments.as_of, "seeds": arguments.seeds,
        "columns": NUMBERS + CATEGORIES, "train_rows": len(train), "test_rows": len(test),
        "results": [
            {"model": model, "codes": codes, "auc": float(np.mean([auc for auc, _ in runs])),
             "auc_by_seed": [float(auc) for auc, _ in runs],
             "fit_seconds": float(np.mean([seconds for _, seconds in runs]))}
            for model, codes, runs in results
        ],
    }
    if arguments.json:
        print(json.dumps(report, indent=1))
        return
    print(f"scikit-learn {sklearn.__version__}, {len(report['columns'])} columns, weather as of {arguments.as_of}, "
          f"train {len(train):,} rows, test {len(test):,} rows, mean of seeds {arguments.seeds}")
    print(f"{'model':<32}{'codes':<12}{'AUC':>8}{'fit s':>8}")
    for result in report["results"]:
        print(f"{result['model']:<32}{result['codes']:<12}{result['auc']:>8.4f}{result['fit_seconds']:>8.1f}")


if __name__ == "__main__":
    main()
