"""BERT as an ONNX graph, written node by node from the weights (no PyTorch needed).

Weights are float32, or int8 with one float32 scale per output channel. Only weights are quantised: the graph
turns them back with Cast and Mul, which ONNX Runtime folds into constants at load, and computes in float32. So a
row's vector does not depend on the rows it shares a batch with, as it does where activations are quantised. Pooling
is left to the caller for the same reason: ONNX Runtime sums a lone row in another order than a row among others.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
EPSILON = 1e-12


class Graph:
    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def const(self, name: str, value: np.ndarray) -> str:
        self.constants.setdefault(name, value)
        return name

    def add(self, op: str, inputs: list[str], out: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, **attributes))
        return out

    def weight(self, name: str, value: np.ndarray, axis: int) -> str:
        """A matrix whose values share a scale along every axis but `axis`."""
        if not self.int8:
            return self.const(name, value)
        whole, scale = quantise(value, axis)
        wide = self.add('Cast', [self.const(f'{name}.int8', whole)], f'{name}.wide', to=TensorProto.FLOAT)
        return self.add('Mul', [wide, self.const(f'{name}.scale', scale)], name)

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x · weightᵀ + bias, for a weight of shape [out × in]."""
        product = self.add('MatMul', [x, self.weight(f'{name}.weight', weight.T.copy(), 1)], f'{name}.product')
        return self.add('Add', [product, self.const(f'{name}.bias', bias)], f'{name}.out')

    def norm(self, x: str, name: str, weights: dict[str, np.ndarray], out: str) -> str:
        parts = [self.const(f'{name}.{part}', weights[f'{name}.{part}']) for part in ('weight', 'bias')]
        return self.add('LayerNormalization', [x, *parts], out, axis=-1, epsilon=EPSILON)


def quantise(value: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8: value ≈ whole × scale, scale chosen per index of `axis` from its largest magnitude."""
    others = tuple(i for i in range(value.ndim) if i != axis)
    scale = (np.abs(value).max(axis=others, keepdims=True) / 127).astype(np.float32)
    scale[scale == 0] = 1
    return np.clip(np.rint(value / scale), -127, 127).astype(np.int8), scale


def _embeddings(g: Graph, w: dict[str, np.ndarray]) -> str:
    table = w['embeddings.word_embeddings.weight']
    if g.int8:
        whole, scale = quantise(table, 0)
        rows = g.add('Gather', [g.const('words.int8', whole), 'input_ids'], 'words.rows')
        wide = g.add('Cast', [rows], 'words.wide', to=TensorProto.FLOAT)
        words = g.add('Mul', [wide, g.add('Gather', [g.const('words.scale', scale), 'input_ids'], 'words.scales')], 'words')
    else:
        words = g.add('Gather', [g.const('words.table', table), 'input_ids'], 'words')
    types = g.add('Gather', [g.const('types.table', w['embeddings.token_type_embeddings.weight']), 'token_type_ids'], 'types')
    length = g.add('Gather', [g.add('Shape', ['input_ids'], 'shape'), g.const('one', np.array([1], np.int64))], 'length')
    places = g.add(
        'Slice',
        [g.const('places.table', w['embeddings.position_embeddings.weight']), g.const('zero', np.array([0], np.int64)), length, 'zero'],
        'places',
    )
    total = g.add('Add', [g.add('Add', [words, types], 'words.types'), places], 'embedded')
    return g.norm(total, 'embeddings.LayerNorm', w, 'layer0')


def _attention(g: Graph, w: dict[str, np.ndarray], x: str, layer: str, penalty: str) -> str:
    split = g.const('split', np.array([0, 0, HEADS, -1], np.int64))
    heads = {}
    for part in ('query', 'key', 'value'):
        name = f'{layer}.attention.self.{part}'
        flat = g.linear(x, name, w[f'{name}.weight'], w[f'{name}.bias'])
        order = [0, 2, 3, 1] if part == 'key' else [0, 2, 1, 3]
        heads[part] = g.add('Transpose', [g.add('Reshape', [flat, split], f'{name}.split')], f'{name}.heads', perm=order)
    size = w[f'{layer}.attention.self.query.weight'].shape[0] // HEADS
    raw = g.add('MatMul', [heads['query'], heads['key']], f'{layer}.raw')
    scaled = g.add('Mul', [raw, g.const('scale', np.array(1 / np.sqrt(size), np.float32))], f'{layer}.scaled')
    shares = g.add('Softmax', [g.add('Add', [scaled, penalty], f'{layer}.masked')], f'{layer}.shares', axis=-1)
    mixed = g.add('MatMul', [shares, heads['value']], f'{layer}.mixed')
    joined = g.add('Transpose', [mixed], f'{layer}.joined', perm=[0, 2, 1, 3])
    flat = g.add('Reshape', [joined, g.const('join', np.array([0, 0, -1], np.int64))], f'{layer}.context')
    name = f'{layer}.attention.output'
    out = g.linear(flat, f'{name}.dense', w[f'{name}.dense.weight'], w[f'{name}.dense.bias'])
    return g.norm(g.add('Add', [out, x], f'{name}.sum'), f'{name}.LayerNorm', w, f'{name}.done')


def _feed_forward(g: Graph, w: dict[str, np.ndarray], x: str, layer: str) -> str:
    name = f'{layer}.intermediate.dense'
    wide = g.linear(x, name, w[f'{name}.weight'], w[f'{name}.bias'])
    erf = g.add('Erf', [g.add('Div', [wide, g.const('sqrt2', np.array(np.sqrt(2), np.float32))], f'{layer}.div')], f'{layer}.erf')
    plus = g.add('Add', [erf, g.const('unit', np.array(1, np.float32))], f'{layer}.plus')
    gelu = g.add('Mul', [g.add('Mul', [wide, plus], f'{layer}.times'), g.const('half', np.array(0.5, np.float32))], f'{layer}.gelu')
    name = f'{layer}.output'
    out = g.linear(gelu, f'{name}.dense', w[f'{name}.dense.weight'], w[f'{name}.dense.bias'])
    return g.norm(g.add('Add', [out, x], f'{name}.sum'), f'{name}.LayerNorm', w, f'{layer}.done')


def build(w: dict[str, np.ndarray], layers: int, int8: bool) -> onnx.ModelProto:
    g = Graph(int8)
    mask = g.add('Cast', ['attention_mask'], 'mask', to=TensorProto.FLOAT)
    g.const('unit', np.array(1, np.float32))
    absent = g.add('Sub', [mask, 'unit'], 'absent')
    spread = g.add('Unsqueeze', [absent, g.const('middle', np.array([1, 2], np.int64))], 'absent.spread')
    penalty = g.add('Mul', [spread, g.const('huge', np.array(1e9, np.float32))], 'penalty')
    x = _embeddings(g, w)
    for i in range(layers):
        layer = f'encoder.layer.{i}'
        x = _feed_forward(g, w, _attention(g, w, x, layer, penalty), layer)
    g.add('Identity', [x], 'last_hidden_state')
    names = ('input_ids', 'attention_mask', 'token_type_ids')
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ['batch', 'tokens']) for n in names]
    dim = w['embeddings.word_embeddings.weight'].shape[1]
    output = helper.make_tensor_value_info('last_hidden_state', TensorProto.FLOAT, ['batch', 'tokens', dim])
    constants = [numpy_helper.from_array(v, n) for n, v in g.constants.items()]
    graph = helper.make_graph(g.nodes, 'minilm', inputs, [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], producer_name='credence')
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model
