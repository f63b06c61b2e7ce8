"""Scores of scikit-learn's IsolationForest for the sets that compare.ts wrote.

Reads the path of a JSON list of {points, features, scores, seeds, trees, subsample} from the command line; `points` is a
file of float32, row-major. Writes the mean score over the seeds (float64) to `scores`, and prints the seconds that
fitting and scoring took, as JSON.
"""

import json
import sys
import time

import numpy
from sklearn.ensemble import IsolationForest

seconds = []
for job in json.load(open(sys.argv[1])):
    points = numpy.fromfile(job["points"], dtype=numpy.float32).reshape(-1, job["features"])
    total = numpy.zeros(len(points))
    fitting = scoring = 0.0
    for seed in range(job["seeds"]):
        start = time.process_time()
        forest = IsolationForest(
            n_estimators=job["trees"], max_samples=min(job["subsample"], len(points)), random_state=seed, n_jobs=1
        ).fit(points)
        fitted = time.process_time()
        total -= forest.score_samples(points)
        fitting += fitted - start
        scoring += time.process_time() - fitted
    (total / job["seeds"]).tofile(job["scores"])
    seconds.append({"fit": fitting / job["seeds"], "score": scoring / job["seeds"]})
print(json.dumps(seconds))
