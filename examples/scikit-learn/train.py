"""Trains scikit-learn's random forest on the rows that the stage hands over, and leaves it as ONNX."""

import json
import os

import numpy
import pyarrow
import pyarrow.parquet
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier


def matrix(rows, features):
    """The features as the model will be given them: one number a column, in this order."""
    columns = []
    for feature in features:
        column = rows[feature["column"]]
        if pyarrow.types.is_list(column.type):
            columns.extend(numpy.stack(column.to_numpy()).T)
        else:
            columns.append(column.to_numpy())
    return numpy.column_stack(columns).astype(numpy.float32)


with open(os.environ["BEAMML_STAGE_FILE"], encoding="utf-8") as page:
    stage = json.load(page)

rows = pyarrow.parquet.read_table(stage["inputs"]["rows"]["files"]["train"])
numbers = matrix(rows, stage["features"])
late = rows[stage["label"]].to_numpy()
parameters = stage["parameters"]
print(f"training on {len(late)} rows x {numbers.shape[1]} numbers", flush=True)

forest = RandomForestClassifier(
    n_estimators=parameters["trees"],
    max_depth=parameters["max_depth"],
    random_state=parameters["seed"],
    n_jobs=-1,
).fit(numbers, late)

onnx = to_onnx(forest, numbers[:1], target_opset={"": 17, "ai.onnx.ml": 3}, options={"zipmap": False})
with open(os.path.join(stage["output"]["folder"], "model.onnx"), "wb") as file:
    file.write(onnx.SerializeToString())
