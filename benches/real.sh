#!/usr/bin/env bash
# Published networks: their known counts, beside a program that cuts polygons in doubles, one thread
# each, one after the other; then what no such program does, and seconds and memory under `--time 1`.
# Ends with exit code 1 if a count is another.
#
#   CREASE_REAL=FOLDER [PYTHON=python3] bash benches/real.sh [CREASE]
#
# FOLDER holds networks and points files as its README lists them; `../float_cutter.py` beside it is
# the other program, which prints the cells after each layer and its seconds for two tolerances. It
# reads dense networks of two inputs: so it gets the network on the slice, as Crease converts it and
# flat.py makes its first layers one. PYTHON needs numpy and onnx.
# CREASE is the program, target/release/crease if not given.
set -euo pipefail
real=${CREASE_REAL:?the folder with the networks}
crease=${1:-target/release/crease}
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# The plane through the origin and two points, for networks of eight inputs.
cat >"$work/points8.json" <<'POINTS'
{"points": [{"name": "a", "at": [0, 0, 0, 0, 0, 0, 0, 0]},
            {"name": "b", "at": [1, 1, 1, 1, 0, 0, 0, 0]},
            {"name": "c", "at": [0, 0, 0, 0, 1, 1, 1, 1]}]}
POINTS

# ask NETWORK POINTS LO HI REGIONS [OPTIONS]: the regions on a plane, or of the whole box if POINTS is
# empty, which are as many as are known.
ask() {
    local network=$1 points=$2 slice=()
    printf '\n== %s on [%s, %s]^n %s\n' "$network" "$3" "$4" "${*:6}"
    [ -n "$points" ] && slice=(--slice "$points#a,b,c")
    timeout 600 "$crease" count "$real/$network" "${slice[@]}" "--box=$3,$4" --threads 1 --json \
        "${@:6}" | tee "$work/answer"
    if ! grep -q "\"count\": *\"$5\"" "$work/answer"; then
        echo "crease: not the $5 regions that are known"
        wrong=1
    fi
}

# beside NETWORK POINTS LO HI REGIONS: the same by the cutter.
beside() {
    ask "$@"
    local network=$real/$1
    if [ -n "$2" ]; then
        network=$work/plane.onnx
        "$crease" convert "$real/$1" "$network" --slice "$2#a,b,c" --double
        "$python" "$(dirname "$0")/flat.py" "$network" "$network"
    fi
    timeout 600 "$python" "$real/../float_cutter.py" "$network" "$3" "$4" || echo 'cutter: no count'
}

wrong=0
# Counted by the cutter, too.
beside acasxu_1_1.onnx "$real/points5.json" -1 1 56179
beside mnist_relu_9_200.onnx "$real/points784.json" 0 1 60662
beside dubinsrejoin.onnx "$work/points8.json" -1 1 95665
beside mnist2x10.onnx "$real/points784.json" 0 1 5
beside tll_8_0.onnx '' -2 2 433
beside fc1.onnx '' -1 1 71
# Counted by exact numbers alone before there were doubles with bounds.
ask tll_8_0.onnx '' -2 2 5 --notion R4
ask acasxu_1_1.onnx '' -1/100 1/100 163
ask acasxu_1_1.onnx '' -1/20 1/20 14941
ask lunarlander.onnx '' -1/20 1/20 26680
ask Convnet_maxpool.onnx "$real/points784.json" 0 1/100 710

printf '\n== --time 1 in the unit box: seconds, kilobytes\n'
for network in "$real"/*.onnx; do
    { /usr/bin/time -f '%e s %M kB' timeout 60 "$crease" count "$network" --box=0,1 --time 1 \
        --threads 1 2>&1 || true; } | tail -n 1 | sed "s|^|${network##*/}: |"
done
exit "$wrong"
