"""The reference tokenizer's ids, as the digest that test/embed/wordpiece.test.ts holds.

    node dist/tools/encoders/write-lines.js generated | PYTHONPATH=<site> python3 tools/encoders/check_ids.py models/minilm/tokenizer.json
"""

from __future__ import annotations

import hashlib
import json
import sys

from tokenizers import Tokenizer


def main() -> None:
    tokenizer = Tokenizer.from_file(sys.argv[1])
    digest = hashlib.sha256()
    count = tokens = 0
    for line in sys.stdin:
        ids = tokenizer.encode(json.loads(line), add_special_tokens=False).ids
        digest.update((' '.join(map(str, ids)) + '\n').encode())
        count += 1
        tokens += len(ids)
    print(f'{digest.hexdigest()}  {count} lines, {tokens} tokens')


if __name__ == '__main__':
    main()
