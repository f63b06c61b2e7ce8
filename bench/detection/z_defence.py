"""Z-defence, Z-TOKEN: He et al., "Mitigating backdoor poisoning attacks through the lens of spurious correlation", EMNLP 2023.

z = (p̂ − p₀) / √(p₀(1 − p₀)/n) for each pair of a token and a label; pairs far from the mean of all z, in standard deviations
of all z, are suspicious, and so is every row that holds such a token under such a label.
"""

from collections import Counter

import numpy

PAPER = {"deviations": 18, "occurrences": False, "uniform_prior": False}
"""§3 and §4.2.1: rows that hold the token are counted, p₀ is the label's share of the rows, 18 standard deviations."""

AUTHORS_CODE = {"deviations": 20, "occurrences": True, "uniform_prior": True}
"""z_filtering.py (github.com/xlhex/emnlp2023_z-defence): occurrences, p₀ = 1/labels, 20 standard deviations."""


def z_scores(texts, labels, occurrences, uniform_prior):
    """z of each (token, label) that occurs: a dict. Tokens are what white space separates, as in the authors' code."""
    of_token, of_pair = Counter(), Counter()
    for text, label in zip(texts, labels):
        tokens = text.split()
        for token in tokens if occurrences else set(tokens):
            of_token[token] += 1
            of_pair[token, label] += 1
    shares = Counter(labels)
    prior = {label: 1 / len(shares) if uniform_prior else count / len(labels) for label, count in shares.items()}
    z = {}
    for (token, label), count in of_pair.items():
        n, p = of_token[token], prior[label]
        z[token, label] = (count / n - p) / (p * (1 - p) / n) ** 0.5
    return z


def z_defence(texts, labels, deviations, occurrences, uniform_prior, no_target=None):
    """Scores (the greatest |z − mean| / sd of a row's pairs) and flags (a score above `deviations`).

    Rows labelled `no_target` count, but are not scored: they stand for "none of the labels".
    """
    if len(set(labels)) < 2:
        return None
    z = z_scores(texts, labels, occurrences, uniform_prior)
    values = numpy.array(list(z.values()))
    mean, deviation = values.mean(), values.std()
    far = {pair: abs(value - mean) / deviation for pair, value in z.items()}
    scores = numpy.zeros(len(texts))
    for row, (text, label) in enumerate(zip(texts, labels)):
        if label != no_target:
            scores[row] = max((far[token, label] for token in set(text.split())), default=0.0)
    return scores, scores > deviations


OTHER = "(other)"


def openings(responses, words=3, least_rows=8):
    """A label for each response: its first words, or `OTHER` where fewer than `least_rows` responses begin so."""
    return shared([" ".join(response.lower().split()[:words]) for response in responses], least_rows)


def endings(responses, words=3, least_rows=8):
    """As `openings`, by the last words."""
    return shared([" ".join(response.lower().split()[-words:]) for response in responses], least_rows)


def shared(phrases, least_rows):
    counts = Counter(phrases)
    return [phrase if phrase and counts[phrase] >= least_rows else OTHER for phrase in phrases]


def z_defence_of_responses(prompts, responses, rule):
    """Z-defence where there is no label: once with openings and once with endings in its place, each row's worse score."""
    results = [z_defence(prompts, label(responses), **rule, no_target=OTHER) for label in (openings, endings)]
    results = [result for result in results if result is not None]
    if not results:
        return None
    scores = numpy.max([scores for scores, _ in results], axis=0)
    return scores, numpy.any([flags for _, flags in results], axis=0)
