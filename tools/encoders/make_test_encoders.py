"""Make test/embed/encoders: tiny encoders in the layouts that --encoder DIR reads, with weights of a fixed seed.

    PYTHONPATH=<site> python3 tools/encoders/make_test_encoders.py --vocabulary models/minilm/tokenizer.json --out test/embed/encoders

`bert` pools by [CLS], `xlmr` is a Unigram model with XLM-R's frame and pools by the mean, `external` keeps its weights
in another file. Each vector is that of the tokens' rows in a table, so a test can compute what must come out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

DIM = 8
KEPT = ('[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]')
CORPUS = [
    'the cat sat on the mat and looked at the dog',
    'a small model is enough to test the tokenizer',
    'words are split into pieces that were seen before',
    'Straßen, Häuser und Gärten: schöne Wörter mit Umlauten',
    'le chat est assis sur le tapis, il dort déjà',
    'Москва и Санкт-Петербург большие города',
    '今日は天気がいいですね',
]


def table(rows: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((rows, DIM)).astype(np.float32)


def graph(rows: int, seed: int, inputs: list[str]) -> onnx.ModelProto:
    nodes = [helper.make_node('Gather', ['table', 'input_ids'], ['last_hidden_state'])]
    declared = [helper.make_tensor_value_info(n, TensorProto.INT64, ['batch', 'tokens']) for n in inputs]
    output = helper.make_tensor_value_info('last_hidden_state', TensorProto.FLOAT, ['batch', 'tokens', DIM])
    body = helper.make_graph(nodes, 'tiny', declared, [output], [numpy_helper.from_array(table(rows, seed), 'table')])
    model = helper.make_model(body, opset_imports=[helper.make_opsetid('', 17)], producer_name='credence')
    model.ir_version = 8
    return model


def write(folder: Path, file: str, value: object) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False) + '\n', encoding='utf-8')


def pooling(folder: Path, mode: str) -> None:
    modes = ('cls_token', 'mean_tokens', 'max_tokens')
    write(folder, '1_Pooling/config.json', {'word_embedding_dimension': DIM, **{f'pooling_mode_{m}': m == mode for m in modes}})
    kinds = ('Transformer', 'Pooling', 'Normalize')
    write(folder, 'modules.json', [{'idx': i, 'name': str(i), 'type': f'sentence_transformers.models.{k}'} for i, k in enumerate(kinds)])


def bert(folder: Path, vocabulary: Path) -> None:
    shipped = json.loads(vocabulary.read_text(encoding='utf-8'))
    words = [t for t in shipped['model']['vocab'] if t in KEPT or (len(t.removeprefix('##')) == 1 and t.isascii())]
    words += ['the', 'cat', 'sat', 'on', 'mat', '##ting']
    vocab = {word: i for i, word in enumerate(dict.fromkeys(words))}
    shipped['model']['vocab'] = vocab
    for token in shipped['added_tokens']:
        token['id'] = vocab[token['content']]
    for name, special in shipped['post_processor']['special_tokens'].items():
        special['ids'] = [vocab[name]]
    write(folder, 'tokenizer.json', shipped)
    write(folder, 'config.json', {'model_type': 'bert', 'hidden_size': DIM, 'max_position_embeddings': 16})
    pooling(folder, 'cls_token')
    onnx.save(graph(len(vocab), 1, ['input_ids', 'attention_mask', 'token_type_ids']), folder / 'model.onnx')


def xlmr(folder: Path) -> None:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(' {2,}', ' ')])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ['<s>', '<pad>', '</s>', '<unk>']
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=160, special_tokens=special, unk_token='<unk>'))
    tokenizer.post_processor = processors.TemplateProcessing(
        single='<s> $A </s>', pair='<s> $A </s> </s> $B </s>', special_tokens=[('<s>', 0), ('</s>', 2)]
    )
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / 'tokenizer.json'), pretty=False)
    write(folder, 'config.json', {'model_type': 'xlm-roberta', 'hidden_size': DIM, 'max_position_embeddings': 18})
    pooling(folder, 'mean_tokens')
    (folder / 'onnx').mkdir(exist_ok=True)
    onnx.save(graph(tokenizer.get_vocab_size(), 2, ['input_ids', 'attention_mask']), folder / 'onnx/model.onnx')
    lines = [*CORPUS, 'unseen ﬁ ligature  and   blanks', 'naïve 😀 [CLS] <s>', '']
    write(folder, 'expected-ids.json', [{'text': line, 'ids': tokenizer.encode(line).ids} for line in lines])


def external(folder: Path, source: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in ('tokenizer.json', 'config.json'):
        (folder / file).write_bytes((source / file).read_bytes())
    onnx.save(onnx.load(source / 'model.onnx'), folder / 'model.onnx', save_as_external_data=True, location='weights.bin', size_threshold=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--vocabulary', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    options = parser.parse_args()
    bert(options.out / 'bert', options.vocabulary)
    xlmr(options.out / 'xlmr')
    external(options.out / 'external', options.out / 'bert')


if __name__ == '__main__':
    main()
