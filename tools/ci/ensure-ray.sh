#!/usr/bin/env bash
# Ray, and a server that speaks S3, from PyPI, in a folder of their own: prints the interpreter to use. The long test of clusters
# (test/long/ray.test.ts) starts both. Where they cannot be had it skips itself and says so.
set -u
folder=$1
if [ ! -x "$folder/bin/ray" ]; then
    { python3 -m venv "$folder" && "$folder/bin/pip" install --quiet 'ray[default]==2.60.0' 'moto[server]==5.2.5'; } > /dev/null 2>&1
fi
if "$folder/bin/python" -c 'import ray, moto.server' 2> /dev/null; then
    echo "$folder/bin/python"
else
    echo python3
fi
