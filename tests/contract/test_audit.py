"""`probatum audit` as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.contract.program import probatum

OLD = "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69).\n"
TRUE = "EMPOWER-Cervical 1 had 608 patients.\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf") / "library"


def test_a_fault_ends_with_status_1_and_none_with_0(shelf: Path, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(OLD, "utf-8")
    assert probatum("audit", file, "--library", shelf).status == 1
    assert probatum("audit", "-", "--library", shelf, stdin=TRUE).status == 0


def test_json_is_one_document(shelf: Path) -> None:
    ran = probatum("audit", "-", "--library", shelf, "--format", "json", stdin=OLD)
    assert (json.loads(ran.out)["schema"], ran.err) == ("probatum.audit/1", "")


def test_what_cannot_be_read_is_refused_in_one_sentence(shelf: Path, tmp_path: Path) -> None:
    for source in (tmp_path / "none.txt", tmp_path, "http://127.0.0.1/", "http://example.org:99/"):
        assert probatum("audit", source, "--library", shelf).refusal
    assert probatum("audit", "-", "--library", shelf, stdin="").refusal == "stdin: it is empty."
