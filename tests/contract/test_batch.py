"""`probatum ask --questions FILE --out FILE`: whole, in order, with the ids that were given."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probatum.cli.batch import answer_all
from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.library.library import Library
from probatum.llm.chosen import Chosen
from tests.contract.program import Ran

Asker = Callable[..., Ran]
QUESTION = "What is the dose of tisotumab vedotin in cervical cancer?"


@pytest.fixture
def batch(ask: Asker, tmp_path: Path) -> Callable[..., tuple[Ran, list[dict[str, Any]]]]:
    """Run a batch from lines; what it said and the documents that came out (none when refused)."""

    def run(*lines: str | dict[str, Any], options: tuple[str, ...] = ()) -> Any:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (tmp_path / "in.jsonl").write_bytes("\n".join(texts).encode("utf-8", "surrogatepass"))
        out = tmp_path / "out.jsonl"
        ran = ask("--questions", tmp_path / "in.jsonl", "--out", out, *options)
        text = out.read_text(encoding="utf-8") if out.exists() else ""
        return ran, [json.loads(line) for line in text.splitlines()]

    return run


def test_ids_come_back_as_question_ids_in_the_order_given(batch: Any) -> None:
    ran, made = batch({"id": "b", "question": QUESTION}, "", {"id": 7, "question": QUESTION})
    assert ran == Ran(0, "", "")
    assert [document["question_id"] for document in made] == ["b", "7"]


def test_a_line_without_an_id_gives_a_document_without_one(batch: Any) -> None:
    ran, (made,) = batch({"question": QUESTION})
    assert (ran.status, made["question_id"]) == (0, None)


def test_any_option_may_be_a_field_and_goes_before_the_one_on_the_command_line(batch: Any) -> None:
    ran, made = batch(
        {"question": QUESTION, "reader": "patient", "region": "uk", "as_of": "2026-01-31"},
        {"question": QUESTION, "as-of": "2025-01-31"},
        {"question": QUESTION, "reader": None},
        options=("--reader", "trainee", "--region", "eu"),
    )
    assert ran == Ran(0, "", "")
    assert [(d["reader"], d["region"]) for d in made] == [
        ("patient", "uk"),
        ("trainee", "eu"),
        ("trainee", "eu"),
    ]
    assert [d["as_of"] for d in made[:2]] == ["2026-01-31", "2025-01-31"]


def test_a_batch_answers_as_a_single_question_does(batch: Any, ask: Asker) -> None:
    _, (made,) = batch({"question": QUESTION})
    single = json.loads(ask(QUESTION, "--format", "json").out)
    for clock in ("created", "elapsed_ms"):
        made.pop(clock)
        single.pop(clock)
    assert made == single


def test_unknown_fields_are_left_aside(batch: Any) -> None:
    ran, (made,) = batch({"question": QUESTION, "colour": {"deep": [1]}})
    assert (ran.status, made["status"]) == (0, "answered")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "\x00\x1f",
        "a" * 20_000,
        "\ud800",
        "?",
        "Wie wird das Zervixkarzinom und die Metastase behandelt?",
    ],
    ids=["empty", "controls", "20,000 characters", "half a character", "punctuation", "German"],
)
def test_a_question_that_cannot_be_read_gives_a_declined_document(
    batch: Any, question: str
) -> None:
    ran, made = batch({"id": "x", "question": question}, {"id": "y", "question": QUESTION})
    assert ran == Ran(0, "", "")
    assert [d["status"] for d in made] == ["declined", "answered"]
    assert (made[0]["question_id"], made[0]["claims"]) == ("x", {})
    assert made[0]["reason"].endswith(".")


def test_line_separators_of_unicode_inside_strings_end_no_line(batch: Any) -> None:
    question = "What is the dose of\u2028tisotumab vedotin\u2029in cervical\x85cancer?"
    line = json.dumps({"id": "a\u2028b\u2029c\x85d", "question": question}, ensure_ascii=False)
    ran, (made,) = batch(line)
    assert ran == Ran(0, "", "")
    assert made["question_id"] == "a\u2028b\u2029c\x85d"
    assert made["question"] == QUESTION


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(batch: Any) -> None:
    line = json.dumps({"question": QUESTION})
    ran, made = batch("\ufeff" + line + "\r", line + "\r", "\r")
    assert (ran.status, len(made)) == (0, 2)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not valid JSON."),
        ("[" * 100_000, "not valid JSON."),
        ("5", "needs a text field question."),
        ('{"id": 1}', "needs a text field question."),
        ('{"question": 5}', "needs a text field question."),
        ('{"question": "q", "id": []}', "the id must be a text or a number."),
        (
            '{"question": "q", "model": "m"}',
            "A model is named PROVIDER:MODEL, for example openai:gpt-4o.",
        ),
        (
            '{"question": "q", "model": 5}',
            "model takes the name of a language model, as PROVIDER:MODEL.",
        ),
        (
            '{"question": "q", "live": "google"}',
            "'google' is no live source; known are pubmed, trials, labels, pmc.",
        ),
        (
            '{"question": "q", "live": ["pubmed"]}',
            "live takes the names of live sources, with commas between them.",
        ),
        ('{"question": "q", "patient": {}}', "The patient file states no fact that is read here."),
        (
            '{"question": "q", "patient": {"age": "240"}}',
            "240 years as age cannot be right; please check it.",
        ),
        (
            '{"question": "q", "reader": "nurse"}',
            "The reader 'nurse' is not known; use one of clinician, trainee, patient.",
        ),
        (
            '{"question": "q", "reader": []}',
            "The reader [] is not known; use one of clinician, trainee, patient.",
        ),
        ('{"question": "q", "as_of": 5}', "--as-of takes a day as YYYY-MM-DD, not 5."),
        ('{"question": "q", "follow": "x"}', "No earlier answer with the id 'x' is known here."),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(
    batch: Any, tmp_path: Path, line: str, words: str
) -> None:
    ran, made = batch({"question": QUESTION}, line)
    assert ran.refusal == f"{tmp_path / 'in.jsonl'} line 2: {words}"
    assert made == []
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_region_that_is_none_is_named_with_its_line(batch: Any, tmp_path: Path) -> None:
    ran, _ = batch({"question": QUESTION, "region": ["us"]})
    start = f"{tmp_path / 'in.jsonl'} line 1: The region ['us'] is not known; use one of "
    assert ran.refusal.startswith(start)


def test_a_refused_run_leaves_the_earlier_answers_as_they_were(batch: Any, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text('{"kept": true}\n', encoding="utf-8")
    ran, made = batch("{")
    assert (ran.status, made) == (2, [{"kept": True}])


def test_an_earlier_file_is_replaced_whole(batch: Any, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("x" * 1_000_000, encoding="utf-8")
    ran, made = batch({"question": QUESTION})
    assert (ran.status, len(made)) == (0, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_link_stays_a_link(batch: Any, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").touch()
    (tmp_path / "out.jsonl").symlink_to("real.jsonl")
    ran, made = batch({"question": QUESTION})
    assert (ran.status, len(made), (tmp_path / "out.jsonl").is_symlink()) == (0, 1, True)


def test_a_pipe_or_device_is_written_and_not_replaced(ask: Asker, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"question": QUESTION}), encoding="utf-8")
    ran = ask("--questions", tmp_path / "in.jsonl", "--out", "/dev/stdout")
    assert (ran.status, ran.err, json.loads(ran.out)["status"]) == (0, "", "answered")
    ran = ask("--questions", tmp_path / "in.jsonl", "--out", "/dev/null")
    assert (ran, stat.S_ISCHR(Path("/dev/null").stat().st_mode)) == (Ran(0, "", ""), True)


def test_an_empty_file_gives_an_empty_file(batch: Any, tmp_path: Path) -> None:
    ran, made = batch("")
    assert (ran, made) == (Ran(0, "", ""), [])
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_files_that_cannot_be_read_or_written_are_named(ask: Asker, tmp_path: Path) -> None:
    good, binary = tmp_path / "good.jsonl", tmp_path / "binary.jsonl"
    good.write_text(json.dumps({"question": QUESTION}), encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    none, nowhere = tmp_path / "none.jsonl", tmp_path / "no" / "out.jsonl"
    cases = {
        (none, tmp_path / "o"): f"{none}: cannot be read (No such file or directory).",
        (tmp_path, tmp_path / "o"): f"{tmp_path}: cannot be read (Is a directory).",
        (binary, tmp_path / "o"): f"{binary}: is not UTF-8 text.",
        (good, nowhere): f"{nowhere}: cannot be written (No such file or directory).",
        (good, tmp_path): f"{tmp_path}: cannot be written (Is a directory).",
        (good, Path("/dev/full")): "/dev/full: cannot be written (No space left on device).",
    }
    for (source, out), sentence in cases.items():
        assert ask("--questions", source, "--out", out).refusal == sentence


def test_questions_and_out_belong_together(ask: Asker) -> None:
    sentence = "--questions FILE and --out FILE go together, without a QUESTION."
    assert ask("--questions", "x").refusal == sentence
    assert ask("q", "--questions", "x", "--out", "y").refusal == sentence
    assert ask("--questions", "x", "--out", "y", "--format", "html").refusal == (
        "--questions writes JSONL, so --format html cannot be used with it."
    )


def test_a_line_may_follow_up_an_answer_of_the_same_run(batch: Any) -> None:
    _, (first,) = batch({"question": QUESTION})
    ran, made = batch(
        {"question": QUESTION}, {"question": "And what about safety?", "follow": first["id"]}
    )
    assert ran == Ran(0, "", "")
    assert made[1]["understood"]["interventions"] == first["understood"]["interventions"]


def test_a_fault_of_ours_costs_one_answer_and_is_counted(
    held: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Faulty(Engine):
        def ask(self, ask: Ask, model: Chosen | None = None) -> Answer:
            if "PD-L1" in ask.question:
                raise ZeroDivisionError("planted")
            return super().ask(ask, model)

    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"question": QUESTION}, {"question": "What is PD-L1?", "id": "x"}]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert answer_all(Faulty(held), tmp_path, questions, out, {}) == 1
    made = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [document["status"] for document in made] == ["answered", "declined"]
    sentence = "This question brought out a fault in the program, please report it."
    assert (made[1]["question_id"], made[1]["reason"]) == ("x", sentence)
    assert capsys.readouterr().err == (
        f"probatum: {questions} line 2: {sentence} ZeroDivisionError: planted\n"
    )
