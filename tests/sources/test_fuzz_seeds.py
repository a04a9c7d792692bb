"""Every seed of the fuzzer, and some hundred broken forms of each, through its parser.

The same function as the fuzzer's, so that what it finds is kept here as a seed; and quick enough
for every run of the tests.
"""

from pathlib import Path
from random import Random

import pytest

from fuzz.mutation import mutated
from fuzz.target import FORMATS, feed
from probatum.evidence.document import Document
from probatum.sources import formats
from probatum.sources.file import SourceFile

FOLDER = Path(__file__).parents[2] / "fuzz" / "seeds"
SEEDS = sorted(path for path in FOLDER.rglob("*") if path.is_file())
TIMES = 200


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_every_format_has_seeds() -> None:
    assert {path.parent.name for path in SEEDS} == set(FORMATS)


@pytest.mark.parametrize("path", SEEDS, ids=name)
def test_a_seed_is_read_as_promised(path: Path) -> None:
    feed(path.parent.name, path.read_bytes(), path.name)


@pytest.mark.parametrize("path", [path for path in SEEDS if "." in path.name], ids=name)
def test_a_sound_seed_is_recognised_as_its_own_format(path: Path) -> None:
    assert formats.recognise(SourceFile(path.name, path)) == path.parent.name


@pytest.mark.parametrize("format", FORMATS)
def test_the_seeds_of_a_format_hold_a_document(format: str) -> None:
    paths = sorted((FOLDER / format).glob("*.*"))
    files = [SourceFile(path.name, path) for path in paths if path.stem not in ("locked", "scan")]
    for file in files:
        items = list(formats.read(file, format, formats.Settings()))
        assert any(isinstance(item, Document) for item in items), file.name


@pytest.mark.parametrize("path", SEEDS, ids=name)
def test_a_broken_seed_is_read_or_refused(path: Path) -> None:
    whole = path.read_bytes()
    for number in range(TIMES):
        random = Random(number)
        content = whole
        for _ in range(random.choice((1, 1, 2, 4))):
            content = mutated(path.parent.name, content, random)
        try:
            feed(path.parent.name, content, path.name)
        except Exception as error:
            pytest.fail(f"change {number} of {path.name}: {type(error).__name__}: {error}")
