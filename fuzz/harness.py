"""One format under libFuzzer, by atheris: `python -m fuzz.harness FORMAT [libFuzzer options]`.

The parser modules are instrumented, so that the fuzzer sees which input reaches new code. Half of
the changes are made by `fuzz.mutation`, as random bytes seldom leave a file that a parser goes on
with. Each different fault is kept once, in fuzz/found/FORMAT, and the run goes on; a hang, a native
crash or too much memory ends it, and libFuzzer keeps the input.
"""

import hashlib
import sys
import traceback
from pathlib import Path
from random import Random

import atheris  # type: ignore[import-untyped]

from fuzz.mutation import mutated

_FOLLOWED = ["probatum.sources", "probatum.terms.sentences", "probatum.terms.full_stops"]
with atheris.instrument_imports(include=_FOLLOWED):
    from fuzz.target import feed, parser

FOUND = Path(__file__).with_name("found")


class _Faults:
    """The faults of this run, told apart by where they were raised."""

    def __init__(self, format: str) -> None:
        self.format = format
        self._seen: set[tuple[object, ...]] = set()

    def feed(self, content: bytes) -> None:
        try:
            feed(self.format, content)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = tuple((frame.filename, frame.lineno) for frame in frames[-3:])
            said = str(error)[:25] if isinstance(error, AssertionError) else ""
            if (type(error), place, said) not in self._seen:
                self._seen.add((type(error), place, said))
                self._keep(content, error)

    def _keep(self, content: bytes, error: Exception) -> None:
        folder = FOUND / self.format
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"fault-{hashlib.sha256(content).hexdigest()[:12]}"
        path.write_bytes(content)
        words = "".join(traceback.format_exception(error, limit=-6))
        path.with_suffix(".txt").write_text(words, encoding="utf-8", errors="replace")
        sys.stderr.write(f"FAULT in {self.format}: {path}\n{words}\n")


def _mutator(format: str) -> object:
    def change(content: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311 - no secret
        if random.random() < 0.5:
            changed: bytes = atheris.Mutate(content, most)
            return changed
        made = mutated(format, content, random)
        return made if len(made) <= most else atheris.Mutate(content, most)

    return change


def main() -> None:
    """Run until libFuzzer's limits."""
    format = sys.argv[1]
    with atheris.instrument_imports(include=_FOLLOWED), parser(format):
        pass  # its modules are imported only now
    faults = _Faults(format)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], faults.feed, custom_mutator=_mutator(format))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
