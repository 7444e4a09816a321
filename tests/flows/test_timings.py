"""What a stage is said to have cost."""

import subprocess
import sys
import threading
import time

from flows.timings import Timings

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def test_a_stage_costs_what_its_children_do() -> None:
    timings = Timings()
    with timings.stage("workbook"):
        subprocess.run([sys.executable, "-c", BUSY], check=True)
    assert timings.stages["workbook"].cpu >= 0.25


def test_what_another_thread_does_meanwhile_is_counted_once() -> None:
    timings = Timings()

    def record() -> None:
        with timings.aside("history"):
            while time.thread_time() < 0.3:
                pass

    other = threading.Thread(target=record)
    with timings.stage("json"):
        other.start()
        other.join()
    assert timings.stages["history"].cpu >= 0.25
    assert timings.stages["history"].wall == 0
    assert timings.stages["json"].cpu < 0.15


def test_a_stage_that_comes_again_is_added_up() -> None:
    timings = Timings()
    for _ in range(2):
        with timings.stage("judge"):
            timings.add_cpu("judge", 1.0)
    assert timings.stages["judge"].cpu >= 2.0
    assert list(timings.stages) == ["judge"]
