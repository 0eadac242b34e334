#!/bin/sh
# What makes an image of the app, run inside it as root: the project lies in /opt/neuron-ladder, and
# there is a Python with venv. the Dockerfile beside it runs it, and try.sh in a fresh root.
set -eu
cd /opt/neuron-ladder
python=.venv/bin/python

python3 -m venv .venv
# The CPU build of torch, some 200 MB instead of several GB; TORCH_BY=pip where pip finds it by itself.
if [ "${TORCH_BY:-uv}" = uv ]; then
    $python -m pip install --quiet --no-cache-dir uv
    .venv/bin/uv pip install --quiet --no-cache --python $python --torch-backend=cpu $(grep '^torch' requirements.txt)
    $python -m pip uninstall --quiet --yes uv
fi
# The tests stay outside, and with them what only they need.
grep -v -E '^(#|pytest|hypothesis)' requirements.txt >/tmp/needed.txt
$python -m pip install --quiet --no-cache-dir --no-compile -r /tmp/needed.txt
$python -m pip uninstall --quiet --yes pip

# What serves to compile against the libraries, and their own tests.
packages=$(echo .venv/lib/python3*/site-packages)
rm -rf "$packages"/torch/include "$packages"/torch/share "$packages"/torch/test "$packages"/pyarrow/include \
    "$packages"/pyarrow/tests \
    "$packages"/pandas/tests "$packages"/numba/tests "$packages"/numpy/_core/tests \
    "$packages"/sympy/*/tests "$packages"/distributed/tests "$packages"/distributed/*/tests
find "$packages" -name '*.a' -delete
find "$packages"/torch/bin -type f ! -name torch_shm_manager -delete

# Once, and not by each server: what Python compiles, and all loops.
$python -m compileall -q -j 0 "$packages" app.py core pages deploy || true # a few are of other versions
NUMBA_CACHE_DIR=/opt/neuron-ladder/compiled $python -m core.compiling

install -d -o 10001 -g 10001 -m 700 /var/lib/neuron-ladder
