"""Long work: the clock, the callback, Ctrl-C, and the interpreter that goes on."""

import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest

import crease

RANDOM = np.random.default_rng(0)
# Millions of regions: hours.
LONG = [
    (RANDOM.standard_normal((60, 6)), RANDOM.standard_normal(60)),
    (RANDOM.standard_normal((60, 60)), RANDOM.standard_normal(60)),
    (RANDOM.standard_normal((1, 60)), None),
]


def test_time_ends_a_count_with_a_lower_bound():
    start = time.monotonic()
    with pytest.raises(crease.Unfinished) as unfinished:
        crease.count(LONG, time=1.0, threads=1)
    assert time.monotonic() - start < 10
    assert unfinished.value.at_least > 1000
    assert isinstance(unfinished.value, TimeoutError)


def test_time_ends_a_distance_with_two_bounds():
    point = RANDOM.standard_normal(6)
    net = LONG[:2] + [(RANDOM.standard_normal((5, 60)), None)]
    answer = crease.robust(net, point, "l2", time=0.5)
    assert answer.lower is not None and (answer.exact or answer.lower <= answer.upper)


def test_time_ends_a_check():
    claims = crease.check("regions", cases=100_000, time=0.5)
    assert not claims or any(claim.verdict == "unfinished" for claim in claims)


def test_what_the_callback_raises_ends_the_work():
    class Enough(Exception):
        pass

    def progress(done):
        assert done >= 0
        raise Enough

    with pytest.raises(Enough):
        crease.count(LONG, threads=1, progress=progress)


def test_the_interpreter_goes_on():
    ticks = []

    def tick():
        while not over.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.01)

    over = threading.Event()
    other = threading.Thread(target=tick)
    other.start()
    with pytest.raises(crease.Unfinished):
        crease.count(LONG, time=1.0, threads=1)
    over.set()
    other.join()
    assert len(ticks) > 20


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("question", ["count(net, threads=1)", "robust(net, point)", "fit(x, y, norm='linf')",
                                      "check('regions', cases=10**6)", "count(net, notion='R4')"])
def test_an_interrupt_ends_the_work(question):
    program = f"""
        import numpy as np, crease
        random = np.random.default_rng(0)
        sizes = [12, 100, 100, 100, 9]
        net = [(random.standard_normal((b, a)) / a**0.5, random.standard_normal(b))
               for a, b in zip(sizes, sizes[1:])]
        point = random.standard_normal(12)
        x, y = random.standard_normal((60, 3)), random.standard_normal(60)
        print("ready", flush=True)
        try:
            crease.{question}
        except KeyboardInterrupt:
            print("interrupted", flush=True)
        """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "ready\n"
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        assert child.communicate(timeout=20)[0] == "interrupted\n"
        assert child.returncode == 0
    finally:
        child.kill()
