"""Checks the baselines on small examples, and gives scikit-learn's figures for metrics.mjs.

Reads {cases: [{scores, truth, fpr}]} from the JSON file named on the command line and prints [{auprc, recall}], one per case.
"""

import json
import sys

import numpy
from sklearn.metrics import average_precision_score, roc_curve

from embedding_methods import activation_clustering, confident_learning, isolation_forest, spectral_signatures
from z_defence import AUTHORS_CODE, OTHER, PAPER, endings, openings, z_defence, z_scores


def check(what, given, wanted):
    if not numpy.allclose(given, wanted):
        raise SystemExit(f"{what}: {given} where {wanted} is right")


def check_z_defence():
    # "a" twice in a row of label 1: 2 of 2 occurrences, 1 of 1 row; half of the rows have label 1.
    z = z_scores(["a a b", "b c", "c d", "d b"], [1, 0, 1, 0], occurrences=True, uniform_prior=False)
    check("z of occurrences", z["a", 1], (1 - 0.5) / (0.25 / 2) ** 0.5)
    z = z_scores(["a a b", "b c", "c d", "d b"], [1, 0, 0, 0], occurrences=False, uniform_prior=False)
    check("z of rows, prior of the label", z["a", 1], (1 - 0.25) / (0.1875 / 1) ** 0.5)
    check("z of the other label", z["b", 0], (2 / 3 - 0.75) / (0.1875 / 3) ** 0.5)
    # A word planted in 400 of 4,000 rows, all of label 1, among 3,000 that know no label.
    random = numpy.random.default_rng(1)
    texts = [" ".join(f"w{word}" for word in random.integers(0, 3000, 12)) for _ in range(4000)]
    labels = [row % 2 for row in range(4000)]
    planted = numpy.array([row % 2 == 1 and row < 800 for row in range(4000)])
    texts = [text + " cf" if poisoned else text for text, poisoned in zip(texts, planted)]
    for rule in (PAPER, AUTHORS_CODE):
        scores, flags = z_defence(texts, labels, **rule)
        # sd of z is near 1 here and z of "cf" is √400 = 20: the word is the farthest by a wide margin.
        check("Z-defence ranks the planted rows first", average_precision_score(planted, scores), 1)
        check("Z-defence flags what is beyond its threshold", flags, scores > rule["deviations"])
    begins = openings(["I am sorry, no."] * 8 + ["Well, yes it is."] * 7)
    assert begins == ["i am sorry,"] * 8 + [OTHER] * 7, begins
    assert endings(["Well, it is so."] * 8) == ["it is so."] * 8


def check_embedding_methods():
    random = numpy.random.default_rng(2)
    vectors = random.normal(size=(1000, 16))
    labels = numpy.repeat([0, 1], 500)
    planted = numpy.zeros(1000, bool)
    planted[:60] = True
    vectors[planted, 3] += 12
    scores, flags = spectral_signatures(vectors, labels, 60)
    check("spectral signatures remove 1.5 εn of each class", flags.sum(), 180)
    check("spectral signatures find a shifted cluster", flags[planted].mean(), 1)
    scores, flags = activation_clustering(vectors, labels)
    check("activation clustering finds a shifted cluster", flags[planted], True)
    check("activation clustering scores it highest", average_precision_score(planted, scores) > 0.99, True)
    vectors = random.normal(size=(1000, 16))
    vectors[:, 0] += labels * 6
    given = labels.copy()
    given[planted] = 1
    scores, flags = confident_learning(vectors, given)
    check("confident learning flags flipped labels", flags[planted].mean() > 0.5 and not flags[~planted].any(), True)
    check("confident learning ranks them first", average_precision_score(planted, scores) > 0.95, True)
    lonely = random.normal(size=(1000, 4))
    lonely[0] = 30
    scores, _ = isolation_forest(lonely)
    check("isolation forest finds a lonely row", int(scores.argmax()), 0)


def recall_at(scores, truth, fpr):
    rates, recalls, _ = roc_curve(truth, scores, drop_intermediate=False)
    # Of points with one FPR the last has the highest recall.
    keep = numpy.append(rates[1:] > rates[:-1], True)
    return float(numpy.interp(fpr, rates[keep], recalls[keep]))


check_z_defence()
check_embedding_methods()
with open(sys.argv[1], encoding="utf8") as file:
    cases = json.load(file)["cases"]
print(
    json.dumps(
        [
            {
                "auprc": average_precision_score(case["truth"], case["scores"]),
                "recall": recall_at(case["scores"], case["truth"], case["fpr"]),
            }
            for case in cases
        ]
    )
)
