"""Copies of annotated sentences differ in names of groups and outcomes, and in nothing else."""

from probatum.extract.comparison.segments import INTERVENTION, MEASURE, OUTCOME, Segment
from probatum.extract.comparison.sentence_tokens import read_tokens
from scripts.comparison.exchanged import COPIES, Labelled, with_exchanged

FIRST = "Zorgling was 12 % with quark and 8 % with placebo ."
SECOND = "Mean pain score fell by 3 points in the zorgle group ."


def labelled(text: str, *segments: tuple[int, int, int]) -> Labelled:
    return read_tokens(text), frozenset(Segment(*each) for each in segments)


def held() -> list[Labelled]:
    return [
        labelled(FIRST, (0, 1, OUTCOME), (2, 4, MEASURE), (5, 6, INTERVENTION), (7, 9, MEASURE)),
        labelled(SECOND, (0, 3, OUTCOME), (5, 7, MEASURE), (9, 11, INTERVENTION)),
    ]


def test_the_same_sentences_give_the_same_copies() -> None:
    assert with_exchanged(held()) == with_exchanged(held())


def test_every_sentence_is_kept_and_copied() -> None:
    made = with_exchanged(held())
    assert made[:2] == held()
    assert len(made) == 2 * (1 + COPIES)


def test_a_copy_has_the_measures_and_the_words_between_and_names_of_any_sentence() -> None:
    names = {"Zorgling", "Mean pain score", "quark", "zorgle group"}
    for tokens, segments in with_exchanged(held())[2:]:
        words = {
            label: [
                " ".join(tokens.words[s.first : s.last])
                for s in sorted(segments)
                if s.label == label
            ]
            for label in (INTERVENTION, OUTCOME, MEASURE)
        }
        assert words[MEASURE] in (["12 %", "8 %"], ["3 points"])
        assert {*words[INTERVENTION], *words[OUTCOME]} <= names
        inside = {at for s in segments for at in range(s.first, s.last)}
        between = [word for at, word in enumerate(tokens.words) if at not in inside]
        assert between in (
            ["was", "with", "and", "with", "placebo", "."],
            ["fell", "by", "in", "the", "."],
        )
