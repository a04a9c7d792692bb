"""Whether what an answer quotes ever contradicts what a physician says that the answer must hold.

K-QA (patients' questions with physicians' answers, broken into statements) is asked of a library of
MedQuAD's pages, which is what is held that was written for patients. Each quote shown is put beside
each must-have statement of its question, as `probatum verify` does it; what is judged contradicted
is suspected and printed with --show, to be judged by eye: the judge errs too. How many statements
the quotes bear out is told as well, though MedQuAD was not written for these questions. Only the
developers' parts are read.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench._report import Row, report
from bench.quotes import DATA, _lines, library, shown
from probatum.checks.evidence.verify import examine
from probatum.engine import Ask
from probatum.questions.text import QuestionError


def main() -> None:
    """Measure and report."""
    asked = DATA / "answers_kqa" / "questions_answers.jsonl"
    if not asked.is_file():
        print(f"nothing measured: {asked} is not there")
        return
    labels: Counter[str] = Counter()
    answered = questions = borne_out = statements = 0
    suspected = []
    with tempfile.TemporaryDirectory() as folder:
        pages = _lines(DATA / "medquad" / "qa.jsonl.gz")
        engine = library(Path(folder), ((str(p["doc_id"]), p["focus"], p["answer"]) for p in pages))
        for item in _lines(asked):
            questions += 1
            try:
                quotes = shown(engine.ask(Ask(question=item["Question"])))
            except QuestionError:
                continue
            answered += bool(quotes)
            for statement in item["Must_have"]:
                statements += 1
                found = [
                    examine(statement, quote.quote, vocabulary=engine.library.vocabulary).label
                    for quote in quotes
                ]
                labels.update(found)
                borne_out += "supported" in found
                suspected += [
                    (item["Question"], statement, quote.quote)
                    for quote, label in zip(quotes, found, strict=True)
                    if label == "contradicted"
                ]
    if "--show" in sys.argv:
        for question, statement, quote in suspected:
            print(f"{question}\n  must have: {statement}\n  quoted:    {quote}\n")
    report(
        "contradictions",
        " ".join((__doc__ or "").split()),
        f"{questions} questions with {statements} statements",
        [
            Row("questions answered by quotes", answered / max(1, questions), ""),
            Row("pairs of a quote and a statement", labels.total(), ""),
            Row("pairs suspected of contradiction", len(suspected), ""),
            Row("must-have statements borne out by a quote", borne_out / max(1, statements), ""),
        ],
    )


if __name__ == "__main__":
    main()
