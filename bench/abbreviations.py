"""How many of a text's own abbreviations are found with the right long form, on MED1250.

Gold are the pairs that people marked in MEDLINE titles and abstracts; a pair counts once a record,
equal to the letter but for white space, and apart from that without regard to capitals. Some
records of the file hold only the first line of their abstract: a gold pair whose short form stands
nowhere in the text that is there can't be found and is left out (their number is given). The
baseline, in the same run, is the algorithm of Schwartz and Hearst as their paper has it. 1 − F1 is
the share of error, so less is better. Time is processor time for 1,500 characters, the length of an
abstract.
"""

import re
from collections.abc import Callable, Iterable

from bench._report import Row, report
from bench.sentences import ABSTRACTS, DATA, Score, microseconds, read, score
from probatum.terms.abbreviations import find_abbreviations

GOLD = DATA / "abbreviations" / "med1250.jsonl.gz"

Pair = tuple[str, str]
Finder = Callable[[str], Iterable[Pair]]


def ours(text: str) -> list[Pair]:
    """The library's pairs."""
    return [(short, long) for short, long, _, _ in find_abbreviations(text)]


def schwartz_hearst(text: str) -> list[Pair]:
    """The paper's algorithm (Pacific Symposium on Biocomputing 2003), "long form (SF)" only."""
    pairs = []
    for bracket in re.finditer(r"\(([^()]+)\)", text):
        short = re.split(r"[,;] ", bracket[1])[0].strip()
        if not (
            2 <= len(short) <= 10
            and len(short.split()) <= 2
            and short[0].isalnum()
            and any(map(str.isalpha, short))
        ):
            continue
        sentence = re.split(r"[.!?]\s+(?=[A-Z])|[();:]", text[: bracket.start()])[-1]
        words = sentence.split()[-min(len(short) + 5, 2 * len(short)) :]
        long = best_long_form(short, " ".join(words))
        if long is not None and len(long) > len(short) and short not in long.split():
            pairs.append((short, long))
    return pairs


def best_long_form(short: str, candidate: str) -> str | None:
    """The paper's `findBestLongForm`."""
    at = len(candidate) - 1
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (
            candidate[at].lower() != letter
            or (place == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return candidate[candidate.rfind(" ", 0, at + 1) + 1 :]


def judge(records: list[tuple[str, set[Pair]]], find: Finder, form: Callable[[str], str]) -> Score:
    """Precision, recall and F1 over pairs of records, both brought into a form."""
    right = found = wanted = 0
    for text, marked in records:
        pairs = {(form(short), form(long)) for short, long in find(text)}
        gold = {(form(short), form(long)) for short, long in marked}
        right, found, wanted = right + len(pairs & gold), found + len(pairs), wanted + len(gold)
    return score(right, found, wanted)


def plain(text: str) -> str:
    """With single spaces."""
    return " ".join(text.split())


def small(text: str) -> str:
    """With single spaces, in small letters."""
    return plain(text).lower()


def main() -> None:
    """Measure and report."""
    if not GOLD.is_file():
        print(f"nothing measured: {GOLD} is not there")
        return
    records, lost, total = [], 0, 0
    for each in read(GOLD):
        text = f"{each['title']} {each['abstract']}"
        marked: list[dict[str, str]] = each["abbreviations"]  # type: ignore[assignment]
        gold = {(plain(pair["short"]), plain(pair["long"])) for pair in marked}
        present = {pair for pair in gold if pair[0] in plain(text)}
        records.append((text, present))
        lost, total = lost + len(gold) - len(present), total + len(gold)
    texts = [str(each["text"]) for each in read(ABSTRACTS)] if ABSTRACTS.is_file() else []
    texts = texts or [text for text, _ in records]
    strict, relaxed = judge(records, ours, plain), judge(records, ours, small)
    paper = judge(records, schwartz_hearst, plain)
    time, paper_time = microseconds(texts, ours), microseconds(texts, schwartz_hearst, 2)
    report(
        "abbreviations",
        " ".join((__doc__ or "").split()),
        f"{len(records)} records with {total - lost} pairs ({lost} more not in the text given), "
        f"timed on {len(texts):,} texts",
        [
            Row("pairs, 1 − F1", 1 - strict.f1, "", 0.11),
            Row("pairs, F1", strict.f1, ""),
            Row("pairs, precision", strict.precision, ""),
            Row("pairs, recall", strict.recall, ""),
            Row("pairs without regard to capitals, F1", relaxed.f1, ""),
            Row("baseline: pairs, F1", paper.f1, ""),
            Row("baseline: pairs, precision", paper.precision, ""),
            Row("baseline: pairs, recall", paper.recall, ""),
            Row("time for 1,500 characters", time, "µs", 40),
            Row("baseline: time for 1,500 characters", paper_time, "µs"),
            Row("time / baseline", time / paper_time, "times"),
        ],
    )


if __name__ == "__main__":
    main()
