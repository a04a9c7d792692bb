"""The editorial policy: who may do what, how many sign, how old an article may grow. It is data.

A policy says nothing that the record could not bear: that an author never approves their own, that
a signature belongs to one exact content and that history is not rewritten are no settings.
"""

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from probatum.evidence.answer import SectionKind
from probatum.evidence.base import Frozen, ProbatumError
from probatum.review.people import Actor, Role
from probatum.review.states import State

SHIPPED = Path(__file__).parent / "data" / "policy.yaml"
# Far more than a policy needs; a file beyond it is not one.
_MOST_BYTES = 200_000


class PolicyError(ProbatumError):
    """A policy that cannot be used, and why."""


class Right(StrEnum):
    """What somebody may be allowed to do: the moves, and the rooms behind them."""

    DRAFT = "draft"
    EDIT = "edit"
    SUBMIT = "submit"
    SEE_QUEUE = "see_queue"
    TAKE = "take"
    DECLARE = "declare"
    DECIDE = "decide"
    REQUEST_CHANGES = "request_changes"
    SIGN = "sign"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    OVERSEE = "oversee"


class Allowed(Frozen):
    """Roles that have a right over any article, and roles that have it over their own only."""

    any: tuple[Role, ...] = ()
    own: tuple[Role, ...] = ()


class Rule(Frozen):
    """A number for articles on some topics, or with some kinds of section; the strictest counts."""

    number: int = Field(ge=1)
    topics: tuple[str, ...] = ()
    kinds: tuple[SectionKind, ...] = ()
    reason: str

    @model_validator(mode="after")
    def _matches_something(self) -> Self:
        if not self.topics and not self.kinds:
            raise ValueError("a rule must name topics or kinds of section")
        return self

    def matches(self, topics: Collection[str], kinds: Collection[str]) -> bool:
        """Whether an article with these topics and kinds of section falls under the rule."""
        return any(t in topics for t in self.topics) or any(k in kinds for k in self.kinds)


# Rights that came later than the first policies: who has them where a policy says nothing.
_LATER = {Right.ASSIGN: [Role.EDITOR], Right.OVERSEE: [Role.EDITOR]}


class Amount(Frozen):
    """A default, and the rules that are stricter."""

    default: int = Field(ge=1)
    rules: tuple[Rule, ...] = ()


class Risk(Frozen):
    """How much harm a wrong sentence of this kind of section can do."""

    level: Literal["high", "medium"]
    kinds: tuple[SectionKind, ...]


class Paragraph(Frozen):
    """A part of the policy for people, shown on its page."""

    title: str
    text: str


class Policy(Frozen):
    """Everything that an operator decides about review."""

    version: str = Field(pattern=r"^[\w.-]{1,40}$")
    statement: tuple[Paragraph, ...]
    rights: dict[Right, Allowed]
    visible: dict[State, tuple[Role, ...]]
    signatures: Amount
    max_age_days: Amount
    review_days: Amount = Amount(default=14)
    risks: tuple[Risk, ...] = ()
    reasons: dict[str, str]
    conflicts: str

    @field_validator("rights", mode="before")
    @classmethod
    def _later_rights(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {**{right.value: {"any": roles} for right, roles in _LATER.items()}, **given}

    @model_validator(mode="after")
    def _leaves_nothing_open(self) -> Self:
        missing = [right.value for right in Right if right not in self.rights]
        if missing:
            raise ValueError(f"rights says nothing of {', '.join(missing)}")
        unseen = [state.value for state in State if state not in self.visible]
        if unseen:
            raise ValueError(f"visible says nothing of {', '.join(unseen)}")
        for right in (
            *(Right.DECIDE, Right.SIGN, Right.DRAFT, Right.EDIT),
            *(Right.ASSIGN, Right.OVERSEE),
        ):
            allowed = self.rights[right]
            if {Role.READER, Role.SYSTEM} & {*allowed.any, *allowed.own}:
                raise ValueError(f"{right.value} can be given neither to readers nor to the system")
        if self.rights[Right.DECIDE].own or self.rights[Right.SIGN].own:
            raise ValueError("nobody decides on or signs their own, so decide and sign have no own")
        if Role.SYSTEM not in self.rights[Right.REOPEN].any:
            raise ValueError("reopen must be given to the system, which sees evidence change")
        if not self.reasons:
            raise ValueError("reasons must name at least one reason for a rejection")
        return self

    def may(self, actor: Actor, right: Right, authors: Collection[str] = ()) -> bool:
        """Whether the actor has the right over an article that these people wrote."""
        allowed = self.rights[right]
        roles = actor.every_role
        own = bool(actor.id) and actor.id in authors
        return bool(roles & set(allowed.any)) or (own and bool(roles & set(allowed.own)))

    def sees(self, actor: Actor, state: State, authors: Collection[str] = ()) -> bool:
        """Whether the actor may read a version in this state; authors always read their own."""
        own = bool(actor.id) and actor.id in authors
        return own or bool(actor.every_role & set(self.visible[state]))

    def signatures_for(self, topics: Collection[str], kinds: Collection[str]) -> int:
        """How many must sign: the most that any rule asks."""
        asked = (r.number for r in self.signatures.rules if r.matches(topics, kinds))
        return max((self.signatures.default, *asked))

    def max_age_for(self, topics: Collection[str], kinds: Collection[str]) -> int:
        """After how many days an approval has to be renewed: the fewest that any rule asks."""
        asked = (r.number for r in self.max_age_days.rules if r.matches(topics, kinds))
        return min((self.max_age_days.default, *asked))

    def review_days_for(self, topics: Collection[str], kinds: Collection[str]) -> int:
        """Within how many days a review is due: the fewest that any rule asks."""
        asked = (r.number for r in self.review_days.rules if r.matches(topics, kinds))
        return min((self.review_days.default, *asked))

    def risk_of(self, kinds: Collection[str]) -> Literal["high", "medium", "low"]:
        """The highest risk of any kind of section."""
        levels = {risk.level for risk in self.risks if any(kind in kinds for kind in risk.kinds)}
        if "high" in levels:
            return "high"
        return "medium" if levels else "low"


def policy_of(data: Any, where: str = "the policy") -> Policy:
    """A policy out of YAML's values; PolicyError says what is wrong and where."""
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise PolicyError(f"{where}: {place}: {first['msg']}") from error


@cache
def load(path: Path = SHIPPED) -> Policy:
    """The policy in a file; PolicyError when it cannot be read or is not one."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PolicyError(f"{path}: a policy has at most {_MOST_BYTES:,} bytes")
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        kind = type(error).__name__
        raise PolicyError(f"{path}: the policy cannot be read ({kind})") from error
    return policy_of(data, str(path))
