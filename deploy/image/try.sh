#!/bin/bash
# The image's steps in a fresh root, and a server in it as docker would run it: not as root, and with
# nothing it can write to but /tmp and its own folder. As root: deploy/image/try.sh [FOLDER]
# Debian: apt-get install debootstrap. PIP_* and what PASS names (folders) are handed in.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
root=${1:-$(mktemp -d)/root}
port=${PORT:-8599}
mounted=() server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do umount --lazy "${mounted[i]}"; done
}
trap cleanup EXIT

debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$root" >/dev/null
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
mkdir -p "$root/opt/neuron-ladder"
git -C "$project" archive HEAD | tar -x -C "$root/opt/neuron-ladder" --exclude=tests --exclude=benchmarks
for folder in /proc /dev ${PASS:-}; do
    mkdir -p "$root$folder"
    mount --bind "$folder" "$root$folder"
    mounted+=("$root$folder")
done
cp /etc/resolv.conf "$root/etc/"
for settings in /etc/pip.conf /etc/xdg/pip /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$settings" ] || cp -r --parents "$settings" "$root"
done
chroot "$root" /opt/neuron-ladder/deploy/image/build.sh
echo "The image's size: $(du -s -B MB "$root"/{usr,var,etc,root,opt/neuron-ladder} -c | tail -1 | cut -f1)"

mount --rbind "$root" "$root" && mounted+=("$root")
mount -o remount,bind,ro "$root"
for folder in /tmp /var/lib/neuron-ladder; do
    mount -t tmpfs -o mode=1777 tmpfs "$root$folder" && mounted+=("$root$folder")
done
chroot --userspec=10001:10001 "$root" env -i HOME=/var/lib/neuron-ladder PATH=/usr/bin:/bin \
    NEURON_LADDER_HOME=/var/lib/neuron-ladder STREAMLIT_SERVER_ADDRESS=127.0.0.1 \
    STREAMLIT_SERVER_PORT="$port" NEURON_LADDER_SECRET=try /opt/neuron-ladder/deploy/image/start.sh &
server=$!
for _ in $(seq 120); do
    answer=$(python3 -c "from urllib.request import urlopen; print(urlopen('http://127.0.0.1:$port/_stcore/health').read().decode())" 2>/dev/null) && break
    sleep 1
done
echo "Its health: ${answer:-no answer}"
[ "$answer" = ok ]
ps -o user=,pid=,args= -p "$server"
! chroot --userspec=10001:10001 "$root" touch /opt/neuron-ladder/written 2>/dev/null && echo "Nothing else can be written."
${THEN:-true}
