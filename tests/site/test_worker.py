"""The worker: each job once, whoever else works; what crashes is told and tried again, thrice.

The processes here are real ones, on a real database.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

SETUP = """
import os, signal, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
import django
django.setup()
from datetime import UTC, datetime, timedelta
from pathlib import Path
from probatum.site.work import queue
from probatum.site.work.models import Job
from probatum.site.work.worker import Duty, Worker

def tell(line):
    print(line, file=sys.stderr, flush=True)

def working(run, lease=60.0, pause=0.05):
    found = Worker({"note": Duty(run)}, tell, lease=lease, pause=pause)
    signal.signal(signal.SIGTERM, lambda *_: found.stop())
    return found
"""
MAKE = (
    SETUP
    + """
from probatum.site.server import prepare
prepare()
for number in range(int(sys.argv[1])):
    queue.put("note", str(number), datetime.now(UTC))
"""
)
RACE = (
    SETUP
    + """
def run(subject):
    with Path(sys.argv[1]).open("a") as file:
        file.write(subject + "\\n")
    return "noted"

working(run).run(once=True)
"""
)
STAY = (
    SETUP
    + """
def run(subject):
    Path(sys.argv[1]).write_text("began")
    time.sleep(float(sys.argv[2]))
    Path(sys.argv[1]).write_text("finished")
    return "noted"

working(run, lease=1.0).run(once="--once" in sys.argv)
"""
)
STATE = (
    SETUP
    + """
import json
fields = ("kind", "subject", "attempts", "trouble", "holder")
print(json.dumps([[getattr(j, f) for f in fields] for j in Job.objects.all()]))
"""
)


class Place:
    """A database of its own, and scripts that run beside each other on it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.env = {**os.environ, "PROBATUM_LIBRARY": str(folder), "DATABASE_URL": database}

    def start(self, script: str, *arguments: object) -> "subprocess.Popen[str]":
        """A process that runs a script."""
        return subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, script: str, *arguments: object) -> tuple[int, str, str]:
        """What came of a script: status, output, and what it told."""
        process = self.start(script, *arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def jobs(self) -> list[Any]:
        """What the queue holds."""
        return json.loads(self.run(STATE)[1])


@pytest.fixture
def place(tmp_path: Path, empty: str) -> Place:
    return Place(tmp_path, empty)


def wait_for(file: Path, text: str) -> None:
    for _ in range(600):
        if file.exists() and file.read_text() == text:
            return
        time.sleep(0.05)
    raise AssertionError(f"{file} never said {text!r}")


def test_two_workers_at_once_run_each_job_exactly_once(place: Place) -> None:
    assert place.run(MAKE, 60)[0] == 0
    notes = place.folder / "notes"
    both = [place.start(RACE, notes) for _ in range(2)]
    told = [each.communicate(timeout=120)[1] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sorted(notes.read_text().split(), key=int) == [str(number) for number in range(60)]
    assert sum(text.count(": noted") for text in told) == 60
    assert place.jobs() == []


def test_a_job_whose_worker_was_killed_is_told_and_tried_again(place: Place) -> None:
    place.run(MAKE, 1)
    note = place.folder / "note"
    first = place.start(STAY, note, 600)
    wait_for(note, "began")
    os.kill(first.pid, signal.SIGKILL)
    first.communicate(timeout=20)
    assert place.jobs()[0][:3] == ["note", "0", 1]
    time.sleep(1.2)
    status, _, told = place.run(STAY, note, 0, "--once")
    assert (status, note.read_text(), place.jobs()) == (0, "finished", [])
    assert told == ("note 0: its process ended in the middle; this is attempt 2.\nnote 0: noted\n")


@pytest.mark.slow
def test_a_job_that_kills_every_worker_is_given_up_after_three(place: Place) -> None:
    place.run(MAKE, 1)
    note = place.folder / "note"
    for attempt in (1, 2, 3):
        worker = place.start(STAY, note, 600)
        wait_for(note, "began")
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate(timeout=20)
        note.unlink()
        assert place.jobs()[0][2] == attempt
        time.sleep(1.2)
    status, _, told = place.run(STAY, note, 0, "--once")
    assert told == "note 0 is not tried again: its process ended in the middle each time.\n"
    assert (status, note.exists()) == (0, False)
    assert place.jobs() == [["note", "0", 0, "its process ended in the middle", ""]]


def test_a_worker_that_is_asked_to_stop_finishes_the_job_in_hand(place: Place) -> None:
    place.run(MAKE, 1)
    note = place.folder / "note"
    worker = place.start(STAY, note, 3)
    wait_for(note, "began")
    worker.send_signal(signal.SIGTERM)
    # Longer than the lease: a sign of life keeps the job from another worker all the while.
    beside = place.run(RACE, place.folder / "notes")
    _, told = worker.communicate(timeout=30)
    assert (worker.returncode, note.read_text(), told) == (0, "finished", "note 0: noted\n")
    assert beside == (0, "", "")
    assert place.jobs() == []


FAIL = (
    SETUP
    + """
secret = sys.argv[1]

def run(subject):
    raise ValueError(secret)

found = working(run)
found.run(once=True)
Job.objects.update(due=datetime.now(UTC) - timedelta(seconds=1))
print(found.failures)
"""
)


def test_what_fails_is_tried_three_times_and_its_words_are_kept_nowhere(place: Place) -> None:
    place.run(MAKE, 1)
    secret = "ruth-roe-born-1951"
    again = "note 0 failed (ValueError) and is tried again.\n"
    assert place.run(FAIL, secret) == (0, "1\n", again)
    assert place.run(FAIL, secret) == (0, "1\n", again)
    gone = "note 0 failed (ValueError) and is given up for now.\n"
    assert place.run(FAIL, secret) == (0, "1\n", gone)
    assert place.jobs() == [["note", "0", 0, "ValueError", ""]]
    files = [path.read_bytes() for path in place.folder.iterdir() if path.is_file()]
    assert [each for each in files if secret.encode() in each] == []


RECUR = (
    SETUP
    + """
basis = sys.argv[1]
found = Worker(
    {"round": Duty(lambda s: f"saw {basis}", every=3600.0, basis=lambda: basis,
                   subjects=tuple(sys.argv[2:]))},
    tell,
)
found.run(once=True)
"""
)


def test_what_recurs_is_done_at_once_when_there_is_news_and_dropped_when_not_asked_for(
    place: Place,
) -> None:
    place.run(MAKE, 1)
    assert place.run(RECUR, "one", "a", "b")[2] == "round a: saw one\nround b: saw one\n"
    assert place.run(RECUR, "one", "a", "b")[2] == ""
    assert place.run(RECUR, "two", "a")[2] == "round a: saw two\n"
    # What this worker has no duty for is left to another.
    assert [job[:2] for job in place.jobs()] == [["note", "0"], ["round", "a"]]


HALT = (
    SETUP
    + """
found = Worker({"note": Duty(lambda subject: found.stop())}, tell)
found.run()
"""
)


def test_what_was_halted_is_left_for_the_next_worker_as_if_it_had_not_begun(place: Place) -> None:
    place.run(MAKE, 1)
    assert place.run(HALT) == (0, "", "")
    assert place.jobs() == [["note", "0", 0, "", ""]]
    assert place.run(RACE, place.folder / "notes")[2] == "note 0: noted\n"


def test_the_command_does_what_is_due_and_stops(place: Place) -> None:
    command = [sys.executable, "-m", "probatum", "worker", "--once"]

    def ran() -> tuple[int, str, str]:
        done = subprocess.run(command, env=place.env, text=True, capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    told = "probatum: watch: 0 articles looked at, 0 reopened, 0 damaged, 0 summaries mended.\n"
    assert ran() == (0, "", told)
    assert ran() == (0, "", "")


def test_the_command_runs_until_it_is_told_to_stop(place: Place) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "probatum", "worker"],
        env=place.env,
        text=True,
        stderr=subprocess.PIPE,
    )
    assert worker.stderr
    lines = [worker.stderr.readline() for _ in range(2)]
    assert lines[0] == "probatum: Working (stop with Ctrl-C).\n"
    assert lines[1].startswith("probatum: watch: ")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    worker.stderr.close()
