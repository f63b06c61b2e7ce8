"""Make src/embed/bert-tables.ts: BERT's character classes, asked of the reference tokenizer one code point at a time.

    PYTHONPATH=<site> python3 tools/encoders/make_bert_tables.py --out src/embed/bert-tables.ts

The library carries its own, older Unicode tables, so neither JavaScript's nor Python's classes give the same ids.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import tokenizers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

CODES = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
WIDTH = 118


def ranges(holds: Callable[[str], bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for code in CODES:
        if not holds(chr(code)):
            continue
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def packed(found: list[tuple[int, int]]) -> str:
    """Each range as its distance from the end of the last one and its length, less one where that is zero, base 36."""
    words, end = [], 0
    for first, last in found:
        gap, more = first - end, last - first
        words.append(base36(gap) + (f'+{base36(more)}' if more else ''))
        end = last
    return ' '.join(words)


def base36(n: int) -> str:
    digits = '0123456789abcdefghijklmnopqrstuvwxyz'
    text = digits[n % 36]
    while n >= 36:
        n //= 36
        text = digits[n % 36] + text
    return text


def declaration(name: str, comment: str, found: list[tuple[int, int]]) -> str:
    lines, line = [], ''
    for word in packed(found).split(' '):
        if len(line) + len(word) + 1 > WIDTH:
            lines.append(line)
            line = ''
        line += f'{word} '
    lines.append(line.rstrip())
    if len(lines) == 1:
        return f"/** {comment} */\nexport const {name} = '{lines[0]}'\n"
    body = ' +\n'.join(f"  '{text}'" for text in lines)
    return f'/** {comment} */\nexport const {name} =\n{body}\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, required=True)
    out = parser.parse_args().out
    cleaner = BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    stripper = BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
    spacer = BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)
    splitter = BertPreTokenizer()
    parts = [
        ('DROPPED', 'Removed before anything else.', lambda c: cleaner.normalize_str(f'a{c}b') == 'ab'),
        ('SPACES', 'Separate words.', lambda c: cleaner.normalize_str(f'a{c}b') == 'a b'),
        ('ALONE', 'Ideographs, each a word of its own.', lambda c: spacer.normalize_str(c) == f' {c} '),
        ('MARKS', 'Accents: removed after canonical decomposition.', lambda c: stripper.normalize_str(f'a{c}b') == 'ab'),
        ('PUNCTUATION', 'Each a word of its own.', lambda c: len(splitter.pre_tokenize_str(f'a{c}b')) == 3),
    ]
    head = (
        f'// Made by tools/encoders/make_bert_tables.py from tokenizers {tokenizers.__version__}; not for editing.\n'
        '// Ranges of code points in base 36: distance from the end of the last range, then +length beyond the first.\n\n'
    )
    out.write_text(head + '\n'.join(declaration(name, comment, ranges(holds)) for name, comment, holds in parts), encoding='utf-8')


if __name__ == '__main__':
    main()
