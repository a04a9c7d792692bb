"""The questions that are measured: the packs' own examples and a list of other kinds.

Besides ordinary questions the list holds long ones, typing errors, wrong premises and questions
that are declined, because they go other ways through the program.
"""

from pathlib import Path

from probatum.engine import Engine


def questions(engine: Engine) -> tuple[str, ...]:
    """Every question once."""
    own = Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
    return tuple(dict.fromkeys((*engine.examples(), *filter(None, own))))
