#!/usr/bin/env bash
# Published networks on planes: Crease beside a program that cuts polygons in doubles, one thread
# each, one after the other.
#
#   CREASE_REAL=FOLDER [PYTHON=python3] bash benches/real.sh [CREASE]
#
# FOLDER holds networks and points files as its README lists them; `../float_cutter.py` beside it is
# the other program, which prints the cells after each layer and its seconds for two tolerances.
# CREASE is the program, target/release/crease if not given.
set -euo pipefail
real=${CREASE_REAL:?the folder with the networks}
crease=${1:-target/release/crease}
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

ask() {
    local network=$1 points=$2 lo=$3 hi=$4
    printf '\n== %s on [%s, %s]^2\n' "$network" "$lo" "$hi"
    local slice=()
    [ -n "$points" ] && slice=(--slice "$real/$points#a,b,c")
    timeout 600 "$crease" count "$real/$network" "${slice[@]}" "--box=$lo,$hi" --threads 1 --json ||
        echo 'crease: no count'
    timeout 600 "$python" "$real/../float_cutter.py" "$real/$network" "$lo" "$hi" \
        ${points:+"$real/$points"} 2>&1 | tail -n 2 || echo 'cutter: no count'
}

ask acasxu_1_1.onnx points5.json -1 1
ask mnist_relu_9_200.onnx points784.json 0 1
ask mnist2x10.onnx points784.json 0 1
ask tll_8_0.onnx '' -2 2
ask vdp.onnx '' -2 2
ask fc1.onnx '' -1 1
