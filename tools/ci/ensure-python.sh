#!/usr/bin/env bash
# The Python libraries that docs/python.md is tried with, those that read attestations, and mlcroissant, which Croissant documents are
# held against, from PyPI, in a folder of their own: prints the interpreter to use. Where they cannot be had the tests skip themselves
# and say so.
set -u
folder=$1
croissant=1.1.1
if [ ! -x "$folder/bin/python" ]; then
    { python3 -m venv "$folder" && "$folder/bin/pip" install --quiet pandas polars pyarrow datasets; } > /dev/null 2>&1
fi
# Another implementation of the formats has to be the one that was tried.
if [ -x "$folder/bin/python" ] && ! "$folder/bin/python" -c 'import securesystemslib, in_toto_attestation, cryptography' 2> /dev/null; then
    "$folder/bin/pip" install --quiet 'securesystemslib==1.6.0' 'cryptography==50.0.2' 'in-toto-attestation==0.9.3' 'protobuf==7.36.2' > /dev/null 2>&1
fi
if ! "$folder/bin/python" -c "import importlib.metadata as m; assert m.version('mlcroissant') == '$croissant'" 2> /dev/null; then
    "$folder/bin/pip" install --quiet "mlcroissant==$croissant" > /dev/null 2>&1
fi
if "$folder/bin/python" -c 'import pandas, polars, pyarrow, datasets' 2> /dev/null; then
    echo "$folder/bin/python"
else
    echo python3
fi
