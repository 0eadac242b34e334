#!/bin/sh
# A server, or the command that is given, in the image: all is read-only but for /tmp and
# /var/lib/neuron-ladder. numba wants its compiled loops where it can write.
set -eu
cd /opt/neuron-ladder
export PYTHONPATH=/opt/neuron-ladder PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=/tmp/compiled
mkdir -p "$NUMBA_CACHE_DIR"
cp -rp compiled/. "$NUMBA_CACHE_DIR"
if [ $# -gt 0 ]; then
    exec ".venv/bin/$@"
fi
exec .venv/bin/streamlit run deploy/serve.py
