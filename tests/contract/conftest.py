"""One library for all runs of the program, and one batch of answers to look at from all sides."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probatum.library.library import Library
from tests.contract.program import Ran, probatum
from tests.contract.shelf import shelf_of

ASKED: tuple[dict[str, str], ...] = (
    {"id": "options", "question": "What are the options for recurrent cervical cancer?"},
    {
        "id": "seed",
        "question": "Platinum failed in recurrent cervical cancer. Is cemiplimab an option, and "
        "what do NCCN and ESMO say?",
        "region": "us",
    },
    {
        "id": "premise",
        "question": "Since cemiplimab is FDA-approved for cervical cancer, what dose should I use?",
    },
    {"id": "dose", "question": "What is the dose of tisotumab vedotin in cervical cancer?"},
    {
        "id": "formula",
        "question": "What carboplatin dose for AUC 5 with a GFR of 60 mL/min?",
        "reader": "trainee",
    },
    {
        "id": "safety",
        "question": "When should pembrolizumab be stopped for hepatitis in cervical cancer?",
        "reader": "trainee",
    },
    {"id": "marker", "question": "What does a PD-L1 CPS of 1 mean in cervical cancer?"},
    {
        "id": "patient",
        "question": "My cervical cancer has come back after chemotherapy. What can help me?",
        "reader": "patient",
    },
    {
        "id": "path",
        "question": "Second-line options for recurrent cervical cancer with PD-L1 CPS 10 after "
        "platinum?",
    },
    {
        "id": "earlier",
        "question": "What was overall survival in EMPOWER-Cervical 1?",
        "as_of": "2024-01-31",
    },
    {"id": "pain", "question": "How fast should opioids be tapered after a year?"},
    {"id": "outside", "question": "How is migraine with aura treated?"},
    {"id": "urgent", "question": "I have cervical cancer and am coughing up blood, what now?"},
    {"id": "empty", "question": ""},
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder, built by the program itself."""
    made = tmp_path_factory.mktemp("library")
    built = probatum("pack", "build", "--library", made)
    assert (built.status, built.out) == (0, ""), built
    return made


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with a few texts in it, only to be read."""
    return shelf_of(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def own_shelf(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the same library, to be changed."""
    return Path(shutil.copytree(shelf, tmp_path / "own"))


@pytest.fixture(scope="session")
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demonstration") / "site"
    ran = probatum("users", "demo", "--library", made)
    assert ran.status == 0, ran
    return made


@pytest.fixture
def demonstration(_demonstration: Path, tmp_path: Path) -> Path:
    """A folder with an example in every state of a site, to be changed."""
    return Path(shutil.copytree(_demonstration, tmp_path / "site"))


@pytest.fixture(scope="session")
def ask(folder: Path) -> Callable[..., Ran]:
    """`probatum ask` on the shared library."""

    def run(*arguments: str | Path, stdin: str | bytes = b"", **env: str) -> Ran:
        return probatum("ask", *arguments, "--library", folder, stdin=stdin, **env)

    return run


@pytest.fixture(scope="session")
def held(folder: Path) -> Library:
    """The same library, opened by the test."""
    return Library.open(folder)


@pytest.fixture(scope="session")
def documents(
    ask: Callable[..., Ran], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """The answers to all of `ASKED`, by their ids."""
    place = tmp_path_factory.mktemp("batch")
    lines = place / "questions.jsonl"
    lines.write_text("".join(json.dumps(item) + "\n" for item in ASKED), encoding="utf-8")
    ran = ask("--questions", lines, "--out", place / "answers.jsonl")
    assert ran == Ran(0, "", ""), ran
    text = (place / "answers.jsonl").read_text(encoding="utf-8")
    return {item["question_id"]: item for item in map(json.loads, text.splitlines())}
