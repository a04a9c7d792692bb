"""`probatum ask` with one question: formats, options, exit statuses, and streams that close."""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.program import COMMAND, Ran, environment, no_trace

Asker = Callable[..., Ran]
QUESTION = "What is the dose of tisotumab vedotin in cervical cancer?"


def test_text_fits_eighty_columns_and_begins_with_the_question_and_the_bottom_line(
    ask: Asker,
) -> None:
    ran = ask(QUESTION)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert (lines[0], lines[2]) == (QUESTION, "Bottom line")
    # An address is never broken, so that it can still be clicked.
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []


def test_text_off_a_terminal_holds_no_control_characters(ask: Asker) -> None:
    controls = {c for c in ask(QUESTION).out if ord(c) < 32 or 127 <= ord(c) < 160}
    assert controls == {"\n"}


def test_markdown_is_a_document_with_the_question_as_its_title(ask: Asker) -> None:
    ran = ask(QUESTION, "--format", "md")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"# {QUESTION}\n")


def test_html_is_one_page_that_fetches_nothing(ask: Asker) -> None:
    ran = ask(QUESTION, "--format", "html")
    assert (ran.status, ran.err) == (0, "")
    page = ran.out.lower()
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    fetched = ("<script", "<link", " src=", "@import", "url(http", "<iframe")
    assert [word for word in fetched if word in page] == []


def test_json_is_exactly_one_document(ask: Asker) -> None:
    ran = ask(QUESTION, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert (document["schema"], document["status"]) == ("probatum.answer/1", "answered")
    assert document["question"] == QUESTION


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("pdf", "%PDF-"),
        ("docx", "PK"),
        ("ris", "TY  - GEN"),
        ("bib", "@misc{probatum-"),
        ("csl.json", "["),
        ("md", f"# {QUESTION}\n"),
        ("json", "{"),
    ],
)
def test_one_answer_is_written_to_a_file_in_each_form(
    ask: Asker, tmp_path: Path, form: str, begins: str
) -> None:
    out = tmp_path / "answer"
    ran = ask(QUESTION, "--format", form, "--out", out)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert out.read_bytes().startswith(begins.encode())


def test_references_for_a_manager_say_that_nobody_reviewed_the_answer(ask: Asker) -> None:
    items = json.loads(ask(QUESTION, "--format", "csl.json").out)
    document = json.loads(ask(QUESTION, "--format", "json").out)
    assert items[0]["note"].startswith("Review status: Not reviewed by a medical board.")
    assert [each["title"] for each in items[1:]] == [
        each["title"] for each in document["references"]
    ]


def test_a_dash_reads_the_question_from_stdin(ask: Asker) -> None:
    piped = json.loads(ask("-", "--format", "json", stdin=QUESTION + "\n").out)
    typed = json.loads(ask(QUESTION, "--format", "json").out)
    assert piped["id"] == typed["id"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--reader", "patient"), ("reader", "patient")),
        (("--region", "eu"), ("region", "eu")),
        (("--as-of", "2023-01-31"), ("as_of", "2023-01-31")),
    ],
)
def test_an_option_is_recorded_in_the_answer(
    ask: Asker, arguments: tuple[str, str], names: tuple[str, str]
) -> None:
    ran = ask("What was overall survival with cemiplimab?", *arguments, "--format", "json")
    assert json.loads(ran.out)[names[0]] == names[1]


def test_a_declined_question_has_status_one_and_a_whole_document(ask: Asker) -> None:
    ran = ask("How is migraine with aura treated?", "--format", "json")
    document = json.loads(ran.out)
    assert (ran.status, ran.err, document["status"]) == (1, "", "declined")
    assert document["claims"] == {}
    assert document["reason"].endswith(".")


def test_a_question_in_another_language_is_declined_in_a_sentence(ask: Asker) -> None:
    ran = ask(
        "Was sind die Möglichkeiten der Behandlung bei einem Zervixkarzinom?", "--format=json"
    )
    assert (ran.status, json.loads(ran.out)["reason"]) == (
        1,
        "The question seems to be in a language other than English; this release understands "
        "English only.",
    )


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "The question is empty: please type a clinical question in words."),
        (" \t\n ", "The question is empty: please type a clinical question in words."),
        (
            "\x01\x02\x07\x1b\x7f",
            "The question is empty: please type a clinical question in words.",
        ),
        ("?!…", "The question is empty: please type a clinical question in words."),
        (
            "cervical " * 2223,
            "The question has 20,006 characters; at most 4,000 are read. Please ask it in a few "
            "sentences.",
        ),
    ],
    ids=["nothing", "blanks", "control characters", "punctuation", "20,000 characters"],
)
def test_what_is_no_question_is_refused_in_one_sentence(
    ask: Asker, question: str, sentence: str
) -> None:
    assert ask("-", "--format", "json", stdin=question).refusal == sentence


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--as-of", "tomorrow"), "--as-of takes a day as YYYY-MM-DD, not 'tomorrow'."),
        (("--as-of", "2026-02-30"), "--as-of takes a day as YYYY-MM-DD, not '2026-02-30'."),
        (("--as-of", "20260101"), "--as-of takes a day as YYYY-MM-DD, not '20260101'."),
        (("--follow", "feed"), "No earlier answer with the id 'feed' is known here."),
        (("--follow", "f" * 16), f"No earlier answer with the id '{'f' * 16}' is known here."),
        (("--format", "pdf"), "--format pdf writes a file: name it with --out FILE."),
        (("--format", "docx"), "--format docx writes a file: name it with --out FILE."),
        (
            ("--out", "/nowhere/answer.md"),
            "/nowhere/answer.md: cannot be written (No such file or directory).",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_option_that_cannot_be_used_is_refused_in_one_sentence(
    ask: Asker, arguments: tuple[str, ...], sentence: str
) -> None:
    assert ask(QUESTION, *arguments).refusal == sentence


@pytest.mark.parametrize("region", ["mars", "cemiplimab", ""])
def test_only_a_region_is_taken_for_a_region(ask: Asker, region: str) -> None:
    sentence = ask(QUESTION, "--region", region).refusal
    assert sentence.startswith(f"The region {region!r} is not known; use one of ")
    assert {"us", "eu", "uk", "japan"} <= set(sentence.rstrip(".").replace(",", "").split())


def test_a_follow_up_keeps_what_the_earlier_answer_understood(ask: Asker) -> None:
    earlier = json.loads(ask(QUESTION, "--format", "json").out)
    ran = ask("And what about safety?", "--follow", earlier["id"], "--format", "json")
    later = json.loads(ran.out)
    assert ran.status == 0
    for name in ("conditions", "interventions"):
        assert later["understood"][name] == earlier["understood"][name]
    assert later["understood"]["intent"] == "safety"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_goes_away_gets_no_stack_trace(folder: Path, form: str) -> None:
    command = [*COMMAND, "ask", "Options for recurrent cervical cancer?", "--format", form]
    started = subprocess.Popen(
        [*command, "--library", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert started.stdout
    assert started.stderr
    started.stdout.readline()
    started.stdout.close()
    assert (started.stderr.read(), started.wait(30)) == (b"", 0)
    started.stderr.close()


@pytest.mark.parametrize(
    ("redirection", "status"), [(">/dev/full", 2), (">&-", 0), ("<&-", 2), ("2>&-", 1)]
)
def test_streams_that_are_full_or_closed_cause_no_stack_trace(
    folder: Path, redirection: str, status: int
) -> None:
    question = {"<&-": "-", "2>&-": "migraine?"}.get(redirection, QUESTION)
    line = f"exec \"$@\" ask '{question}' --library '{folder}' {redirection}"
    done = subprocess.run(
        ["sh", "-c", line, "sh", *COMMAND],
        capture_output=True,
        env=environment(),
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert no_trace(done.stderr), done.stderr


def test_ctrl_c_stops_it_with_a_word(folder: Path) -> None:
    started = subprocess.Popen(
        [*COMMAND, "ask", "-", "--library", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    # It waits for its question once all is loaded; until then there is nothing to stop.
    waiting = Path(f"/proc/{started.pid}/wchan")
    deadline = time.monotonic() + 60
    while "pipe" not in waiting.read_text(encoding="utf-8") and time.monotonic() < deadline:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    assert (*started.communicate(timeout=20), started.returncode) == (
        b"",
        b"probatum: Stopped.\n",
        130,
    )


def test_a_terminal_that_knows_only_ascii_gets_an_answer(ask: Asker) -> None:
    ran = ask(QUESTION, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (ran.status, ran.err) == (0, "")
