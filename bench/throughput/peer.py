"""One stage as its Python peer does it: `peer.py STAGE JOB`. JOB is the JSON that inputs.ts wrote.

Prints {seconds, cpu, peakMegabytes} as JSON. Loading of packages, models and inputs is not timed; all of the work is.
"""

import json
import os
import resource
import sys
import time

job = json.load(open(sys.argv[2]))
THREADS = int(job["threads"].get(sys.argv[1], 1))
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = str(THREADS)
os.environ["TOKENIZERS_PARALLELISM"] = "true" if THREADS > 1 else "false"


def timed(work):
    start, cpu = time.perf_counter(), time.process_time()
    work()
    result = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    result["peakMegabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))


def texts(stage):
    return json.load(open(job["texts"]))[: job["rows"][stage]]


def labels(stage):
    return json.load(open(job["labels"]))[: job["rows"][stage]]


def read_pyarrow():
    import pyarrow.parquet as parquet

    def work():
        table = parquet.read_table(job["data"], use_threads=False)
        return [table.column(name).to_pylist() for name in table.column_names]

    timed(work)


def read_duckdb():
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    timed(lambda: connection.execute("select text, label from read_parquet(?)", [job["data"]]).fetchnumpy())


def ngrams():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.feature_selection import chi2

    rows, targets = texts("ngrams"), labels("ngrams")

    def work():
        counts = CountVectorizer(ngram_range=(1, 3), binary=True).fit_transform(rows)
        return chi2(counts, targets)

    timed(work)


def forest():
    import numpy
    from sklearn.ensemble import IsolationForest

    points = numpy.fromfile(job["points"], dtype=numpy.float32).reshape(-1, job["features"])[: job["rows"]["forest"]]

    def work():
        grown = IsolationForest(n_estimators=100, max_samples=256, random_state=0, n_jobs=1).fit(points)
        return grown.score_samples(points)

    timed(work)


def tokens():
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(job["tokenizer"])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = texts("tokens")
    timed(lambda: tokenizer.encode_batch(rows, add_special_tokens=False))


def minilm():
    import numpy
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(job["tokenizer"])
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(job["minilm"], options, providers=["CPUExecutionProvider"])
    names = [given.name for given in session.get_inputs()]
    rows = texts("minilm")

    def work():
        for start in range(0, len(rows), 64):
            batch = tokenizer.encode_batch(rows[start : start + 64])
            mask = numpy.array([item.attention_mask for item in batch], dtype=numpy.int64)
            feeds = {"input_ids": numpy.array([item.ids for item in batch], dtype=numpy.int64), "attention_mask": mask}
            if "token_type_ids" in names:
                feeds["token_type_ids"] = numpy.zeros_like(mask)
            hidden = session.run(None, feeds)[0]
            kept = mask[:, :, None].astype(numpy.float32)
            pooled = (hidden * kept).sum(axis=1) / kept.sum(axis=1)
            pooled / numpy.linalg.norm(pooled, axis=1, keepdims=True)

    timed(work)


def duplicates():
    from datasketch import MinHash, MinHashLSH

    rows = texts("duplicates")

    def work():
        index = MinHashLSH(threshold=0.8, num_perm=128)
        found = 0
        for row, text in enumerate(rows):
            words = text.lower().split()
            signature = MinHash(num_perm=128)
            signature.update_batch([f"{a} {b}".encode() for a, b in zip(["", *words], words)])
            found += len(index.query(signature))
            index.insert(row, signature)
        return found

    timed(work)


def labels_confident():
    import numpy
    from cleanlab.filter import find_label_issues
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.model_selection import cross_val_predict

    count = job["rows"]["labels"]
    vectors = numpy.fromfile(job["vectors"], dtype=numpy.float32).reshape(-1, job["dim"])[:count]
    targets = numpy.array(labels("labels"))

    def work():
        probe = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1)
        probabilities = cross_val_predict(probe, vectors, targets, cv=5, method="predict_proba")
        return find_label_issues(targets, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)

    timed(work)


def limits():
    """Bytes a second that one core copies, read and written; and float32 operations a second of a product of matrices."""
    import numpy

    source = numpy.ones(2**26, dtype=numpy.float32)
    target = numpy.empty_like(source)
    a = numpy.ones((1024, 1024), dtype=numpy.float32)
    best = {"bandwidth": 0.0, "flops": 0.0}
    for _ in range(5):
        start = time.process_time()
        numpy.copyto(target, source)
        best["bandwidth"] = max(best["bandwidth"], 2 * source.nbytes / (time.process_time() - start))
        start = time.process_time()
        a @ a
        best["flops"] = max(best["flops"], 2 * 1024**3 / (time.process_time() - start))
    print(json.dumps(best))


STAGES = {
    "read": read_pyarrow,
    "read-duckdb": read_duckdb,
    "ngrams": ngrams,
    "forest": forest,
    "tokens": tokens,
    "minilm": minilm,
    "duplicates": duplicates,
    "labels": labels_confident,
    "limits": limits,
}
STAGES[sys.argv[1]]()
