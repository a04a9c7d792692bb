"""What changed between versions is told claim by claim."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.review.changes import Change, Changes, Word, changes, words
from probatum.review.editing import claim_moved, without_claims
from tests.render import samples

ANSWER = samples.full()
REWORDED = ANSWER.claims["c8"].model_copy(
    update={"text": "Withhold examplimab for grade 2 pneumonitis; stop it for grade 3 or 4."}
)
EDITED = ANSWER.model_copy(update={"claims": {**ANSWER.claims, "c8": REWORDED}})


def test_nothing_changed_between_a_version_and_itself() -> None:
    assert changes(ANSWER, ANSWER) == Changes((), len(ANSWER.claims), reordered=False)


def test_other_words_are_shown_word_by_word() -> None:
    assert changes(ANSWER, EDITED) == Changes(
        (
            Change(
                "changed",
                "c8",
                ANSWER.claims["c8"].text,
                REWORDED.text,
                (
                    Word("kept", "Withhold examplimab for grade 2 pneumonitis; stop it for"),
                    Word("out", "good for"),
                    Word("kept", "grade 3 or 4."),
                ),
            ),
        ),
        len(ANSWER.claims) - 1,
        reordered=False,
    )


def test_a_claim_that_went_is_removed_and_one_that_came_is_added() -> None:
    shorter = without_claims(ANSWER, {"c10"})
    text = ANSWER.claims["c10"].text
    assert changes(ANSWER, shorter).claims == (Change("removed", "c10", text, None),)
    assert changes(shorter, ANSWER).claims == (Change("added", "c10", None, text),)


def test_another_order_is_told_as_that() -> None:
    moved = claim_moved(ANSWER, "evidence", "c3", -1)
    assert changes(ANSWER, moved) == Changes((), len(ANSWER.claims), reordered=True)


def test_claims_that_only_have_new_numbers_are_unchanged() -> None:
    renamed = {f"n{id}": claim for id, claim in ANSWER.claims.items()}
    old = samples.full()
    text = old.model_dump_json()
    for id in sorted(old.claims, key=len, reverse=True):
        text = text.replace(f'"{id}"', f'"n{id}"')
    new = type(old).model_validate_json(text)
    assert set(new.claims) == set(renamed)
    assert changes(old, new).claims == ()


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_kept_and_new_words_give_the_later_text_and_kept_and_old_the_earlier(
    before: list[str], after: list[str]
) -> None:
    found = words(" ".join(before), " ".join(after))
    assert " ".join(w.text for w in found if w.kind != "out").split() == after
    assert " ".join(w.text for w in found if w.kind != "in").split() == before
