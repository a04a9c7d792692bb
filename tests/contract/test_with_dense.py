"""What the extra `dense` adds to a user's commands: meaning beside words."""

import json
from pathlib import Path

import pytest

from tests.contract.program import probatum

pytestmark = pytest.mark.dense
TEXTS = {
    "clots": "A blood clot in the leg swells the calf. Walking early after an operation helps.",
    "eyes": "A cataract clouds the lens of the eye. The lens is replaced by one of plastic.",
    "teeth": "Caries begins where sugar stays on a tooth. Brushing twice a day takes it away.",
}


def found(folder: Path, query: str) -> list[str]:
    ran = probatum("search", query, "--format", "json", "--library", folder)
    hits = json.loads(ran.out)["hits"]
    assert (ran.status, ran.err) == (0 if hits else 1, "")
    return [hit["title"] for hit in hits]


def test_search_finds_by_meaning_what_shares_no_word_once_the_vectors_are_made(
    tmp_path: Path,
) -> None:
    library = tmp_path / "library"
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    added = probatum("add", *(tmp_path / f"{name}.txt" for name in TEXTS), "--library", library)
    assert added.status == 0
    assert found(library, "venous thromboembolism") == []
    made = probatum("library", "embed", "--library", library)
    assert made.status == 0
    assert found(library, "venous thromboembolism")[0] == "clots"
    again = probatum("library", "embed", "--library", library)
    assert again.status == 0


def test_a_question_in_other_words_stands_far_above_another_question() -> None:
    item = {
        "id": "a",
        "question": "What helps against a high temperature in toddlers?",
        "candidates": ["How do I bring down fever in small children?", "How are cataracts mended?"],
    }
    ran = probatum("related", "--candidates", "-", stdin=json.dumps(item))
    same, other = (each["score"] for each in json.loads(ran.out)["candidates"])
    # By words alone the first is four times the second.
    assert same > 20 * other


def test_a_claim_gets_the_same_verdict_each_time() -> None:
    pair = {
        "id": "a",
        "claim": "Zentrol lowers the death rate",
        "evidence": "Forty adults took part. Significantly fewer people died with Zentrol than with"
        " placebo (P<0.001).",
    }
    runs = [probatum("verify", "-", stdin=json.dumps(pair)) for _ in range(2)]
    assert runs[0] == runs[1]
    verdict = json.loads(runs[0].out)
    assert verdict["verdict"] == "supported"
