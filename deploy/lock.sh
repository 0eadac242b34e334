#!/bin/sh
# Write requirements.lock anew: all that requirements.txt brings, with versions and hashes, but for torch,
# whose build depends on the machine (README.md). Needs: pip install uv
set -eu
cd "$(dirname "$0")/.."
omit=
for name in torch torchvision triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas \
    nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft \
    nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 \
    nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx; do
    omit="$omit --no-emit-package $name"
done
{
    echo "# Written by deploy/lock.sh. After torch (README.md):"
    echo "# pip install --require-hashes --no-deps -r requirements.lock"
    # shellcheck disable=SC2086
    uv pip compile requirements.txt --generate-hashes --universal --python-version 3.11 --no-header \
        --quiet $omit
} >requirements.lock.new
mv requirements.lock.new requirements.lock
