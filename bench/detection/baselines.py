"""Runs the baselines on one data set.

Reads a JSON file {data, kind, vectors, dim, poisoned, out} named on the command line: `data` is the Parquet file, `vectors` a
file of float32 [rows × dim], `poisoned` the number of planted rows. Writes out/METHOD.f64 (scores) and out/METHOD.u8 (flags)
for each method that applies, and prints {METHOD: seconds | null} as JSON.
"""

import json
import os
import sys
import time

import numpy
import pyarrow.parquet

from embedding_methods import activation_clustering, confident_learning, isolation_forest, spectral_signatures
from z_defence import AUTHORS_CODE, PAPER, z_defence, z_defence_of_responses


def methods(kind, columns, vectors, poisoned):
    """Method → a function without arguments that gives scores and flags, or None where the method has nothing to work on."""
    rows = len(vectors)
    labels = numpy.array(columns["label"]) if kind == "classify" else numpy.zeros(rows, int)
    runs = {
        "spectral": lambda: spectral_signatures(vectors, labels, poisoned),
        "clustering": lambda: activation_clustering(vectors, labels),
        "forest": lambda: isolation_forest(vectors),
    }
    if kind == "classify":
        texts = columns["text"]
        named = labels.tolist()
        runs["z18"] = lambda: z_defence(texts, named, **PAPER)
        runs["z20"] = lambda: z_defence(texts, named, **AUTHORS_CODE)
        runs["confident"] = lambda: confident_learning(vectors, labels)
    if kind == "instruct":
        runs["z18"] = lambda: z_defence_of_responses(columns["prompt"], columns["response"], PAPER)
        runs["z20"] = lambda: z_defence_of_responses(columns["prompt"], columns["response"], AUTHORS_CODE)
    return runs


def main(path):
    with open(path, encoding="utf8") as file:
        job = json.load(file)
    columns = pyarrow.parquet.read_table(job["data"]).to_pydict()
    vectors = numpy.fromfile(job["vectors"], numpy.float32).reshape(-1, job["dim"]).astype(numpy.float64)
    seconds = {}
    for name, run in methods(job["kind"], columns, vectors, job["poisoned"]).items():
        start = time.perf_counter()
        result = run()
        seconds[name] = None if result is None else time.perf_counter() - start
        if result is not None:
            scores, flags = result
            scores.astype(numpy.float64).tofile(os.path.join(job["out"], name + ".f64"))
            flags.astype(numpy.uint8).tofile(os.path.join(job["out"], name + ".u8"))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1])
