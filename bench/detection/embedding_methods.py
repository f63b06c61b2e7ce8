"""Baselines that look at one vector per row. Each returns (scores, flags), rows in order; a higher score is more suspicious."""

import warnings

import numpy
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.cluster import KMeans
from sklearn.decomposition import FastICA
from sklearn.ensemble import IsolationForest
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def classes_of(labels):
    """The rows of each class."""
    return [numpy.flatnonzero(labels == label) for label in numpy.unique(labels)]


def spectral_signatures(vectors, labels, poisoned):
    """Tran, Li, Madry, "Spectral signatures in backdoor attacks", NeurIPS 2018, algorithm 1.

    Squared projection on the top right singular vector of the centred class; the 1.5 εn highest of each class are removed.
    εn is given as the true number of poisoned rows, which no user knows. A row's score is minus its rank in its class, so that
    a threshold removes as many rows from each class, as the method does.
    """
    scores, flags = numpy.zeros(len(vectors)), numpy.zeros(len(vectors), bool)
    for rows in classes_of(labels):
        centred = vectors[rows] - vectors[rows].mean(axis=0)
        top = numpy.linalg.eigh(centred.T @ centred)[1][:, -1]
        order = rows[numpy.argsort(-((centred @ top) ** 2), kind="stable")]
        scores[order] = -numpy.arange(len(order))
        flags[order[: int(1.5 * poisoned)]] = True
    return scores, flags


def activation_clustering(vectors, labels, dimensions=10, smallest_share=0.35):
    """Chen et al., "Detecting backdoor attacks on deep neural networks by activation clustering", SafeAI 2019.

    Each class: 10 independent components, 2-means; the smaller cluster is poison when it holds less than 35 % of the class
    (the relative-size rule with its threshold in IBM's adversarial-robustness-toolbox, by the same authors). Score: how much
    nearer the smaller cluster's centre than the other's, in [−1, 1]; in that cluster, 1 − its share on top.
    """
    scores, flags = numpy.full(len(vectors), -1.0), numpy.zeros(len(vectors), bool)
    for rows in classes_of(labels):
        if len(rows) <= dimensions:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            components = FastICA(dimensions, whiten="unit-variance", random_state=0, max_iter=400).fit_transform(vectors[rows])
        means = KMeans(2, n_init=10, random_state=0).fit(components)
        sizes = numpy.bincount(means.labels_, minlength=2)
        small = int(numpy.argmin(sizes))
        share = sizes[small] / len(rows)
        distance = means.transform(components)
        margin = (distance[:, 1 - small] - distance[:, small]) / (distance.sum(axis=1) + 1e-12)
        inside = means.labels_ == small
        scores[rows] = margin + inside * (1 - share)
        flags[rows] = inside & (share < smallest_share)
    return scores, flags


def confident_learning(vectors, labels):
    """Northcutt, Jiang, Chuang, "Confident learning", JAIR 2021, by cleanlab with its defaults.

    Probabilities from five-fold cross-validated logistic regression. Score: 1 − the probability of the given label.
    """
    classes, given = numpy.unique(labels, return_inverse=True)
    if len(classes) < 2:
        return None
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000, tol=1e-3))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    probabilities = cross_val_predict(model, vectors, given, cv=folds, method="predict_proba")
    return 1 - get_label_quality_scores(given, probabilities), find_label_issues(given, probabilities, n_jobs=1)


def isolation_forest(vectors):
    """Liu, Ting, Zhou, "Isolation forest", ICDM 2008, by scikit-learn with its defaults."""
    forest = IsolationForest(random_state=0).fit(vectors)
    return -forest.score_samples(vectors), forest.predict(vectors) < 0
