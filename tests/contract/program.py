"""The program as a user starts it: a process of its own, with what it printed and its status."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.contract import warm

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "probatum")
SECONDS = 60
# Surroundings that the program itself reads, and not the interpreter before it.
_CHANGEABLE = ("PROBATUM_", "HOME", "XDG_")


@dataclass(frozen=True)
class Ran:
    """What a run left: exit status, standard output and standard error."""

    status: int
    out: str
    err: str
    # How long it kept a processor busy; unlike the time on a clock, no other process adds to it.
    seconds: float = field(default=0.0, compare=False)

    @property
    def refusal(self) -> str:
        """The one sentence of a refused run; fails unless the run was refused as it should be."""
        assert (self.status, self.out) == (2, ""), self
        assert self.err.startswith("probatum: "), self.err
        assert self.err.endswith("\n"), self.err
        assert self.err.count("\n") == 1, self.err
        assert "fault in the program" not in self.err, self.err
        return self.err.removeprefix("probatum: ").rstrip("\n")


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a run: no library, width or colour of whoever runs the tests."""
    # A library, a database, a width and a colour are the caller's.
    unwanted = ("PROBATUM_", "DATABASE_", "DJANGO_", "COLUMNS", "LINES", "TERM")
    unwanted += ("NO_COLOR", "FORCE_COLOR")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return {**kept, **more}


def probatum(*arguments: str | Path, stdin: str | bytes = b"", **env: str) -> Ran:
    """Run the program to its end. Bytes that are not UTF-8 in what it prints fail the test."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    words, surroundings = [str(each) for each in arguments], environment(**env)
    if all(name.startswith(_CHANGEABLE) for name in env):
        ended = warm.run(words, given, surroundings, SECONDS)
        printed = ended.out.decode("utf-8"), ended.err.decode("utf-8")
        return Ran(ended.status, *printed, ended.seconds)
    return cold(*words, stdin=given, **env)


def cold(*arguments: str, stdin: bytes = b"", **env: str) -> Ran:
    """The same in an interpreter of its own, which takes a second longer."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(**env),
        timeout=SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def no_trace(text: str) -> bool:
    """Whether the text is free of what Python says to programmers."""
    return not any(
        words in text for words in ("Traceback", 'File "', "fault in the program", "Exception ")
    )
