"""Fixed words that stand in data: headings, notices, the policy that ships, what checks do."""

from collections.abc import Iterator
from typing import get_args

import yaml

from probatum.answers.outline import outlines
from probatum.evidence.answer import ReaderName, SectionKind
from probatum.evidence.statement import EFFECT_NAMES
from probatum.questions.facts.measured import kinds
from probatum.questions.facts.sheet import fields
from probatum.readers.profiles import profile
from probatum.render.characters import plain
from probatum.review.people import Role
from probatum.review.policy import SHIPPED, Right, load
from probatum.review.states import Move, State
from probatum.site.checks import written
from scripts.translation.word import PACKAGE, Word, name_of

_ANSWERS = PACKAGE / "answers"
_MEASURES = PACKAGE / "questions" / "data" / "measures.yaml"
_REMOVED = PACKAGE / "llm" / "data" / "deidentify.yaml"


def marked() -> Iterator[Word]:
    """The words of all data that a page shows as its own."""
    for where, texts in (
        (name_of(_ANSWERS / "outlines.yaml"), _outlines()),
        (name_of(_ANSWERS / "aspects.yaml"), _aspects()),
        (name_of(PACKAGE / "readers" / "data"), _readers()),
        (name_of(SHIPPED), _policy()),
        (name_of(PACKAGE / "checks"), _checks()),
        (name_of(PACKAGE / "evidence" / "statement.py"), _effects()),
        (name_of(PACKAGE / "review" / "people.py"), (role.value for role in Role)),
        (name_of(PACKAGE / "evidence" / "answer.py"), get_args(SectionKind)),
        (name_of(PACKAGE / "questions" / "facts"), _facts()),
        (name_of(_REMOVED), _removed()),
        (name_of(PACKAGE / "review" / "states.py"), _moves()),
        (name_of(_MEASURES), _measures()),
        (name_of(PACKAGE / "sources" / "web" / "page.py"), _fetched()),
    ):
        for text in texts:
            yield Word(plain(text), where)


def _outlines() -> Iterator[str]:
    for outline in outlines().values():
        yield from (section.title for section in outline.sections)


def _aspects() -> Iterator[str]:
    data = yaml.safe_load((_ANSWERS / "aspects.yaml").read_text("utf-8"))
    yield from (each["title"] for each in data["aspects"].values())


def _readers() -> Iterator[str]:
    for reader in ReaderName:
        made = profile(reader)
        yield from (made.notice, *made.sections.values(), *made.titles.values())


def _policy() -> Iterator[str]:
    policy = load(SHIPPED)
    for part in policy.statement:
        yield from (part.title, part.text)
    for amount in (policy.signatures, policy.max_age_days, policy.review_days):
        yield from (rule.reason for rule in amount.rules)
    yield from policy.reasons.values()
    yield policy.conflicts


def _checks() -> Iterator[str]:
    for check in written():
        yield from (text for text in (check.does, check.blind) if text)


def _effects() -> Iterator[str]:
    for name in EFFECT_NAMES.values():
        yield from (name, name.capitalize())


def _facts() -> Iterator[str]:
    yield from (name.replace("_", " ").capitalize() for name in fields())


def _removed() -> Iterator[str]:
    yield from (each["name"] for each in yaml.safe_load(_REMOVED.read_text("utf-8")))


def _moves() -> Iterator[str]:
    """What a refusal of the board names: the step, the state and the right."""
    for each in (*Move, *State, *Right):
        yield each.value.replace("_", " ")


def _measures() -> Iterator[str]:
    yield from (kind.name for kind in kinds().values())


def _fetched() -> Iterator[str]:
    """What refusals put into their sentences as a value."""
    yield from ("page", "answer", "no type", "whose name cannot be read")
