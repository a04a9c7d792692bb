"""How many planted errors are caught, and how many true claims are kept.

True claims are sentences of NCI PDQ statements and of the shipped packs' records, word for word and
in light paraphrases that change nothing (clauses turned round, an abbreviation for its long form, a
number written another way, a second name of a drug, a bracket or subordinate clause left out). Each
is judged against the whole statement that it came from. Then one thing is changed: a number, unit,
arm, grade, direction, drug, disease, line or edition. Caught is a changed claim that is not called
supported. The operators read the text with patterns of their own and know nothing of the checks.
Half of the statements (by a hash of their text) is for tuning, half for measuring: `--half 0|1`;
`--many` takes six times as many statements; `--entailment` asks the shipped judge of meaning too.
"""

import json
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bench._planted_changes import CHANGES
from bench._planted_paraphrases import PARAPHRASES
from bench._report import Row, report
from bench.sentences import DATA, read
from probatum.answers.sentences import drafts_of
from probatum.checks.entailment.judge import entailment_judge
from probatum.checks.evidence.entailment import Entailment
from probatum.checks.evidence.verify import verify
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.terms.sentences import sentences

STATEMENTS = DATA / "nci_pdq" / "cited_statements.jsonl.gz"
SEED = 20261121
# Claims of NCI statements and of pack records, and changes of one kind, at most.
STATEMENT_CLAIMS, RECORD_CLAIMS, OF_A_KIND = 400, 100, 150
MANY = 6


@dataclass(frozen=True)
class Pair:
    """A claim with the text it is judged by, and what was done to it."""

    kind: str
    claim: str
    evidence: str


def half_of(text: str) -> int:
    """To which half a text belongs, whatever the order of the file."""
    return zlib.crc32(text.encode()) & 1


def from_statements(half: int, chance: random.Random) -> Iterator[Pair]:
    """Sentences of statements, at most one of each."""
    rows = [str(row["text"]) for row in read(STATEMENTS)]
    rows = [text for text in dict.fromkeys(rows) if half_of(text) == half and text[0] != "|"]
    chance.shuffle(rows)
    for text in rows:
        spans = [s for s in sentences(text) if 8 <= len(text[slice(*s)].split()) <= 60]
        if spans:
            yield Pair("verbatim", text[slice(*chance.choice(spans))], text)


def from_records(half: int, library: Library, chance: random.Random) -> Iterator[Pair]:
    """Sentences of records, as they stand in the record's text or as an answer says them."""
    records = [r for r in library.records.values() if half_of(r.id) == half]
    chance.shuffle(records)
    for record in records:
        text = library.statement(record.id)
        spans = [s for s in sentences(text) if 6 <= len(text[slice(*s)].split()) <= 60]
        drafts = [d.text for d in drafts_of(record, library) if _is_of_record(d.text)]
        if drafts and chance.random() < 0.5:
            yield Pair("answer sentence", drafts[0], text)
        elif spans:
            yield Pair("record sentence", text[slice(*chance.choice(spans))], text)


def _is_of_record(sentence: str) -> bool:
    """Whether all that an answer's sentence says is in the record's text, and not beside it."""
    return "no clear difference" not in sentence and not sentence.startswith(("In FDA", "In “"))


def true_pairs(half: int, library: Library, times: int = 1) -> list[Pair]:
    """Every true claim: as it stands, and each paraphrase that it allows."""
    chance = random.Random(SEED)
    plain = list(islice(from_statements(half, chance), STATEMENT_CLAIMS * times))
    plain += list(islice(from_records(half, library, chance), RECORD_CLAIMS))
    pairs = list(plain)
    for pair in plain:
        for kind, reword in PARAPHRASES.items():
            for claim in islice(reword(pair.claim, pair.evidence), 1):
                if claim != pair.claim:
                    pairs.append(Pair(kind, claim, pair.evidence))
    return pairs


def false_pairs(true: list[Pair], times: int = 1) -> list[Pair]:
    """Each claim with one thing changed, a number of each kind."""
    chance = random.Random(SEED)
    pairs: list[Pair] = []
    for kind, change in CHANGES.items():
        order = list(true)
        chance.shuffle(order)
        made: list[Pair] = []
        for pair in order:
            options = [c for c in change(pair.claim, pair.evidence, chance) if c != pair.claim]
            if options:
                made.append(Pair(kind, chance.choice(options), pair.evidence))
            if len(made) >= OF_A_KIND * times:
                break
        pairs += made
    return pairs


def supported(
    pairs: list[Pair], library: Library, judge: Entailment | None, show: str = ""
) -> Counter[str]:
    """How many of each kind are called supported; with `show`, print the others or these."""
    count: Counter[str] = Counter()
    for pair in pairs:
        verdict = verify(pair.claim, pair.evidence, vocabulary=library.vocabulary, entailment=judge)
        held = verdict.verdict == "supported"
        count[pair.kind] += held
        if (show == "missed" and held) or (show == "lost" and not held):
            print(f"[{pair.kind}] {pair.claim}\n    TEXT {pair.evidence[:1200]}")
            print("    ", [f"{c.name}: {c.detail}" for c in verdict.checks if c.outcome == "fail"])
    return count


def main() -> None:
    """Measure and report."""
    if not STATEMENTS.is_file():
        print(f"nothing measured: {STATEMENTS} is not there")
        return
    half = int(sys.argv[sys.argv.index("--half") + 1]) if "--half" in sys.argv else 1
    show = "--show" in sys.argv
    library = Library.of([load_pack(folder) for folder in shipped_packs()])
    times = MANY if "--many" in sys.argv else 1
    true = true_pairs(half, library, times)
    false = false_pairs(true, times)
    judge = entailment_judge() if "--entailment" in sys.argv else None
    start = time.process_time()
    kept = supported(true, library, judge, "lost" if show else "")
    missed = supported(false, library, judge, "missed" if show else "")
    seconds = time.process_time() - start
    whole, planted = Counter(p.kind for p in true), Counter(p.kind for p in false)
    rows = [
        Row("true claims kept", 100 * kept.total() / len(true), "%", 97, at_least=True),
        Row("planted errors caught", 100 - 100 * missed.total() / len(false), "%", 98, True),
        Row("pairs a second, one core", (len(true) + len(false)) / seconds, "", 250, True),
    ]
    rows += [
        Row(f"kept: {kind} ({number})", 100 * kept[kind] / number, "%")
        for kind, number in whole.items()
    ]
    rows += [
        Row(f"caught: {kind} ({number})", 100 - 100 * missed[kind] / number, "%")
        for kind, number in planted.items()
    ]
    report(
        "planted",
        " ".join((__doc__ or "").split()),
        f"{len(true)} true claims, {len(false)} changed ones, half {half} of the statements",
        rows,
    )
    if "--json" in sys.argv:
        print(json.dumps({"kept": kept, "missed": missed}))


if __name__ == "__main__":
    main()
