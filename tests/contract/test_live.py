"""The commands that go to the network, run as a user runs them, against services of our own."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.contract.program import COMMAND, environment, probatum
from tests.sources.live.services import SET_ID, Fault, World, article, label, services, trial

QUESTION = "What is the dose of fictumab in psoriasis?"
RETRACTED = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Inv'
    "</RefSource><PMID>900</PMID></CommentsCorrections></CommentsCorrectionsList>"
)


@pytest.fixture
def world() -> Iterator[World]:
    """Services with a work each."""
    with services() as world:
        world.articles["102"] = article(
            "A guideline on psoriasis",
            "We recommend fictumab 20 mg once weekly for adults with severe psoriasis.",
            kind="Practice Guideline",
        )
        world.trials["NCT00000001"] = trial("Fictumab in psoriasis", "A trial of fictumab.")
        world.labels[SET_ID] = label("fictumab", "Fictumab is indicated for adults.")
        yield world


def test_a_question_is_looked_up_with_its_stages_on_stderr(world: World, tmp_path: Path) -> None:
    ran = probatum(
        "ask", "--live", "pubmed,trials,labels", "--format", "json", "--library", tmp_path,
        QUESTION, PROBATUM_NCBI_API_KEY="a-very-secret-key", **world.environment,
    )  # fmt: skip
    answer = json.loads(ran.out)
    assert (ran.status, answer["status"]) == (0, "partial")
    assert sorted(ran.err.splitlines()) == [
        "ClinicalTrials.gov: 1 fetched.",
        "ClinicalTrials.gov: asked for psoriasis; fictumab: 1 found.",
        "Drug labels: 1 fetched.",
        "Drug labels: asked for fictumab: 1 found.",
        "PubMed: 1 fetched.",
        "PubMed: asked for (psoriasis OR plaque psoriasis) AND (fictumab): 1 found.",
        "Taken in: 3 new.",
    ]
    assert "secret" not in ran.out + ran.err
    kept = "".join(p.read_text("utf-8") for p in (tmp_path / "fetched").glob("*.jsonl"))
    assert "secret" not in kept


def test_without_live_no_service_is_asked(world: World, tmp_path: Path) -> None:
    assert probatum("ask", "--library", tmp_path, QUESTION, **world.environment).status == 1
    assert world.asked == []


def test_many_questions_are_looked_up_each_as_it_says(world: World, tmp_path: Path) -> None:
    lines, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    lines.write_text(
        json.dumps({"id": "before", "question": QUESTION})
        + "\n"
        + json.dumps({"id": "live", "question": QUESTION, "live": "pubmed"})
        + "\n"
        + json.dumps({"id": "after", "question": QUESTION})
    )
    ran = probatum(
        "ask", "--questions", lines, "--out", out, "--library", tmp_path / "l", **world.environment
    )
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert ran.status == 0, ran
    assert [(each["question_id"], each["status"]) for each in answers] == [
        ("before", "declined"),
        ("live", "partial"),
        ("after", "partial"),
    ]
    assert answers[1]["limits"][0] == (
        f"PubMed was searched on {date.today().isoformat()} for \u201c(psoriasis OR plaque "
        "psoriasis) AND (fictumab)\u201d: 1 found, 1 of them held here."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("ask", "--live", "pubmed,google", QUESTION),
            "'google' is no live source; known are pubmed, trials, labels, pmc.",
        ),
        (
            ("sources", "check", "--live", "pmc"),
            "'pmc' is no live source; known are pubmed, crossref, trials, labels.",
        ),
        (("sync", "pubmed", " "), "An id or a search is missing."),
        (
            ("sync", "pubmed", "x", "--since", "yesterday"),
            "--since takes a day as YYYY-MM-DD, not 'yesterday'.",
        ),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = probatum(*arguments, "--library", tmp_path, PROBATUM_CONTACT="a@b.example")
    assert ran.refusal == sentence


def test_a_setting_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    ran = probatum("sync", "pubmed", "1", "--library", tmp_path, PROBATUM_CONTACT="nobody")
    assert ran.refusal == "PROBATUM_CONTACT is not an e-mail address; set it right or leave it out."


def test_without_a_network_a_sync_says_so(tmp_path: Path) -> None:
    ran = probatum(
        "sync", "pubmed", "psoriasis", "--library", tmp_path,
        PROBATUM_CONTACT="a@b.example", PROBATUM_NCBI_URL="http://127.0.0.1:1",
    )  # fmt: skip
    assert ran.refusal == (
        "PubMed cannot be reached: 127.0.0.1 does not answer. "
        "Without a network everything but live look-ups works."
    )


def test_a_sync_tells_in_json_what_it_did(world: World, tmp_path: Path) -> None:
    ran = probatum(
        "sync", "pubmed", "102", "999", "--format", "json", "--library", tmp_path,
        **world.environment,
    )  # fmt: skip
    assert ran.status == 1
    assert json.loads(ran.out) == {
        "source": "pubmed",
        "found": 2,
        "chosen": 2,
        "held": 0,
        "fetched": 1,
        "added": 1,
        "unchanged": 0,
        "skipped": [],
        "problems": ["PubMed has no record for 999."],
    }


def test_ctrl_c_ends_a_sync_and_a_look_up_at_once(world: World, tmp_path: Path) -> None:
    for arguments in (("sync", "pubmed", "102"), ("ask", "--live", "pubmed", QUESTION)):
        world.faults["/ncbi"] = [Fault(seconds=5.0)] * 9
        world.asked.clear()
        process = subprocess.Popen(
            [*COMMAND, *arguments, "--library", str(tmp_path)],
            env=environment(PROBATUM_CONTACT="a@b.example", **world.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        end = time.monotonic() + 30
        while not world.asked and time.monotonic() < end:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=4)
        assert (process.returncode, out) == (130, ""), err
        assert err.endswith("probatum: Stopped.\n")
        assert "Traceback" not in err


def test_a_retraction_is_found_marked_and_listed(world: World, tmp_path: Path) -> None:
    probatum("sync", "pubmed", "102", "--library", tmp_path, **world.environment)
    world.articles["102"]["links"] = RETRACTED
    ran = probatum(
        "sources", "check", "--live", "pubmed", "--format", "json", "--library", tmp_path,
        **world.environment,
    )  # fmt: skip
    row = next(row for row in json.loads(ran.out) if row["source"] == "pmid:102")
    assert (ran.status, row["currency"], row["live"]) == (
        1,
        "retracted",
        ["retracted according to PubMed (pmid:900, J Inv)"],
    )
    assert "Marked, so that they are not quoted as current: pmid:102@2026-03-04." in ran.err
    shown = probatum("sources", "show", "pmid:102", "--library", tmp_path)
    assert f"note: {date.today().isoformat()}: retracted according to PubMed" in shown.out
