"""What a hash covers: every word a reader sees of a claim, and nothing that leaves it the same."""

from probatum.evidence.answer import Answer
from probatum.review.content import content_of
from tests.render import samples

ANSWER = samples.full()


def changed_claim(claim: str, **update: object) -> Answer:
    """The sample with one claim changed."""
    made = ANSWER.claims[claim].model_copy(update=update)
    return ANSWER.model_copy(update={"claims": {**ANSWER.claims, claim: made}})


def differing(other: Answer) -> set[str]:
    """The claims whose hash is another."""
    old, new = content_of(ANSWER).claims, content_of(other).claims
    return {claim for claim in old if old[claim].hash != new[claim].hash}


def test_the_clock_and_the_review_state_are_no_part_of_the_content() -> None:
    later = ANSWER.model_copy(
        update={"created": "2040-01-01", "elapsed_ms": 9, "id": "0", "review": "approved"}
    )
    assert content_of(later) == content_of(ANSWER)


def test_an_edit_changes_the_hash_of_its_claim_and_of_the_whole_and_no_other() -> None:
    other = changed_claim("c8", text="Withhold examplimab for grade 2 pneumonitis.")
    assert differing(other) == {"c8"}
    assert content_of(other).hash != content_of(ANSWER).hash


def test_another_anchor_population_or_grade_is_another_claim() -> None:
    anchors = ANSWER.claims["c9"].anchors
    for update in ({"anchors": anchors}, {"population": "Children"}, {"strength": None}):
        assert differing(changed_claim("c7", **update)) == {"c7"}


def test_a_changed_cell_changes_the_claim_it_shows() -> None:
    regimens = ANSWER.sections[1]
    assert regimens.table
    row = regimens.table.rows[0]
    cells = (row[0], row[1].model_copy(update={"text": "360 mg IV on day 1"}), *row[2:])
    table = regimens.table.model_copy(update={"rows": (cells, *regimens.table.rows[1:])})
    sections = tuple(
        s.model_copy(update={"table": table}) if s is regimens else s for s in ANSWER.sections
    )
    assert differing(ANSWER.model_copy(update={"sections": sections})) == {"c6"}


def test_another_order_is_another_whole_of_the_same_claims() -> None:
    other = ANSWER.model_copy(update={"bottom_line": ("c2", "c1")})
    assert differing(other) == set()
    assert content_of(other).hash != content_of(ANSWER).hash


def test_topics_kinds_and_what_a_claim_rests_on_are_read_from_the_answer() -> None:
    content = content_of(ANSWER)
    assert content.topics == ("examploma", "examplimab")
    assert {"algorithm", "regimens", "safety"} <= set(content.kinds)
    assert (content.claims["c3"].editions, content.claims["c3"].records) == (
        ("star1-2030",),
        ("star1-os-interim",),
    )
