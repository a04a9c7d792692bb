"""Pairs of claim and text with a label, from sets that allow it.

SciFact (claims CC-BY-4.0, abstracts ODC-By-1.0), CliniFact, K-QA, Evidence Inference and PubMedQA
(MIT). A third of the works, by hash, is kept from all fitting. Further pairs are made of abstracts:
a sentence against its own abstract, against it turned round, and against a like one of another.
"""

import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probatum.checks.entailment.passage import chosen, rarity, stems
from probatum.terms.sentences import sentences
from scripts.entailment.turned import plain, turned

SUPPORTED, CONTRADICTED, NEITHER = range(3)
_LABEL = {
    "SUPPORT": SUPPORTED, "CONTRADICT": CONTRADICTED, "REFUTE_OR_INCONCLUSIVE": CONTRADICTED,
    "NOT_ENOUGH_INFO": NEITHER, "Entailment": SUPPORTED, "Contradiction": CONTRADICTED,
    "Neutral": NEITHER,
}  # fmt: skip
_SAYS = {
    "increased": ("{i} increased {o} compared with {c}", "{o} was higher with {i} than with {c}"),
    "decreased": ("{i} decreased {o} compared with {c}", "{o} was lower with {i} than with {c}"),
    "no_difference": (
        "{i} did not affect {o} compared with {c}",
        "There was no difference in {o} between {i} and {c}",
    ),
}
MADE = 4_200


@dataclass(frozen=True, slots=True)
class Pair:
    """`part` is the third that the work is in; 2 is kept from fitting.

    `text` is what the language model reads; `whole` what the features are measured of, where that
    is more: they are measured of whole abstracts when the judge is asked, too.
    """

    source: str
    claim: str
    text: str
    label: int
    part: int
    whole: str = ""

    @property
    def measured(self) -> str:
        """The text that the features are measured of."""
        return self.whole or self.text


def part(name: str) -> int:
    """Which of three parts the work of that name is in."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def near(claim: str, text: str) -> str:
    """The sentences that the judge reads."""
    return " ".join(passage.text for passage in chosen(claim, text))


def pairs(data: Path, seed: int = 7) -> list[Pair]:
    """All pairs, shuffled; another seed makes other ones of the same works."""
    chance = random.Random(seed)
    corpus = {row["doc_id"]: row for row in lines(data / "scifact" / "corpus.jsonl.gz")}
    found = [
        *_scifact(data, corpus),
        *_labelled(data),
        *_inference(data, chance),
        *_made(data, corpus, chance),
    ]
    chance.shuffle(found)
    return found


def _scifact(data: Path, corpus: dict[str, dict[str, Any]]) -> Iterator[Pair]:
    for row in lines(data / "scifact" / "claims.jsonl"):
        own = part("sf" + row["cited_doc_ids"][0])
        told = {each["doc_id"]: each for each in row["evidence"]}
        for doc in {*row["cited_doc_ids"], *told} & corpus.keys():
            text = " ".join([corpus[doc]["title"] + ".", *corpus[doc]["sentences"]])
            claim = row["claim"]
            if doc not in told:
                yield Pair("scifact", claim, near(claim, text), NEITHER, own, text)
                continue
            label = _LABEL[told[doc]["label"]]
            yield Pair("scifact", claim, near(claim, text), label, own, text)
            reason = [corpus[doc]["sentences"][n] for n in told[doc]["sentences"][:3]]
            yield Pair("reason", claim, " ".join(reason), label, own)


def _labelled(data: Path) -> Iterator[Pair]:
    for row in lines(data / "claims" / "clinifact.jsonl.gz"):
        text, own = row["abstract"], part("cf" + row["nct_id"])
        read = near(row["claim"], text)
        yield Pair("clinifact", row["claim"], read, _LABEL[row["label"]], own, text)
    for row in lines(data / "answers_kqa" / "physician_nli.jsonl"):
        text, own = row["answer"], part("kq" + row["Question"])
        read = near(row["claim"], text)
        yield Pair("kqa", row["claim"], read, _LABEL[row["majority_label"]], own, text)


def _inference(data: Path, chance: random.Random) -> Iterator[Pair]:
    prompts = [
        row
        for row in lines(data / "trial_results" / "evidence_inference_v2" / "prompts.jsonl")
        if row["evidence"]
    ]
    by_work = defaultdict(list)
    for row in prompts:
        by_work[row["pmcid"]].append(row)
    for row in prompts:
        text = max((each["text"] for each in row["evidence"]), key=len)[:900]
        own = part("ei" + row["pmcid"])
        others = [kind for kind in _SAYS if kind != row["label"]]
        yield Pair("inference", _said(row, row["label"], chance), text, SUPPORTED, own)
        yield Pair("inference", _said(row, chance.choice(others), chance), text, CONTRADICTED, own)
        far = [
            each
            for each in by_work[row["pmcid"]]
            if not set(stems(each["outcome"])) & set(stems(text))
        ]
        if far:
            claim = _said(chance.choice(far), chance.choice(list(_SAYS)), chance)
            yield Pair("inference", claim, text, NEITHER, own)


def _said(row: dict[str, Any], kind: str, chance: random.Random) -> str:
    pattern = chance.choice(_SAYS[kind])
    return pattern.format(i=row["intervention"], c=row["comparator"], o=row["outcome"])


def _made(data: Path, corpus: dict[str, dict[str, Any]], chance: random.Random) -> Iterator[Pair]:
    claims = lines(data / "scifact" / "claims.jsonl")
    kept = {
        doc
        for row in claims
        if part("sf" + row["cited_doc_ids"][0]) == 2
        for doc in row["cited_doc_ids"]
    }
    works = [list(row["sentences"]) for doc, row in corpus.items() if doc not in kept]
    for row in lines(data / "abstract_pool" / "corpus.jsonl.gz"):
        if {"pubmedqa", "evidence_inference", "clinifact"} & set(row["sources"]):
            works.append([row["text"][a:b] for a, b in sentences(row["text"])])
    chance.shuffle(works)
    every = [
        (at, s) for at, work in enumerate(works) for s in work[2:] if 8 <= len(s.split()) <= 45
    ]
    index = defaultdict(list)
    for number, (_, sentence) in enumerate(every):
        for each in set(stems(sentence)):
            if rarity(each) > 4:
                index[each].append(number)
    made = 0
    for at, work in enumerate(works):
        if made >= MADE or len(work) < 5:
            continue
        place = len(work) - 1 if chance.random() < 0.6 else chance.randrange(2, len(work))
        claim = plain(work[place])
        if not 6 <= len(claim.split()) <= 34:
            continue
        pair = _of_sentence(claim, work, place, chance)
        if chance.random() < 0.3 or pair is None:
            pair = _of_another(claim, at, every, index, chance)
        if pair is not None:
            made += 1
            yield pair


def _of_sentence(claim: str, work: list[str], place: int, chance: random.Random) -> Pair | None:
    rest = " ".join(s for n, s in enumerate(work) if n != place)
    # The rest of an abstract is taken to say what its sentence says only where it shares its words.
    strong = max((p.score for p in chosen(claim, rest)), default=0) > 0.42
    beside = " ".join(work[max(0, place - 1) : place + 1])
    text = near(claim, rest) if strong and chance.random() > 0.35 else beside
    if chance.random() < 0.5:
        return Pair("made", claim, text, SUPPORTED, 0)
    other = turned(claim, chance)
    if other is None:
        return None
    if chance.random() < 0.4 and text == beside:
        return Pair("made", claim, other, CONTRADICTED, 0)
    return Pair("made", other, text, CONTRADICTED, 0)


def _of_another(
    claim: str,
    at: int,
    every: list[tuple[int, str]],
    index: dict[str, list[int]],
    chance: random.Random,
) -> Pair | None:
    scores: Counter[int] = Counter()
    for each in set(stems(claim)):
        held = index.get(each, [])
        if len(held) < 400:
            for number in held:
                scores[number] += rarity(each)  # type: ignore[assignment]
    like = [n for n, _ in scores.most_common(12) if every[n][0] != at]
    if not like:
        return None
    said = turned(claim, chance) if chance.random() < 0.4 else None
    return Pair("made", said or claim, every[chance.choice(like[:5])][1], NEITHER, 0)
