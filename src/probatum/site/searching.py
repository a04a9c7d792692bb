"""From an address to a search of the held texts, and the page's view of what it found."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from probatum.engine import Engine
from probatum.evidence.source import SourceType
from probatum.library.search import Request
from probatum.render.characters import plain
from probatum.render.language import figure
from probatum.render.passage import HitView, hit_view
from probatum.render.words import TYPES
from probatum.site.asking import AddressError

# Passages on a page, characters of each, and how far anybody may leaf.
PER_PAGE = 10
SHOWN = 560
FURTHEST = 490
MAX_CHARACTERS = 1_000
# Characters of a body or a condition.
MAX_NAME = 200
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What was typed and chosen in the form, as it stands in the address."""

    query: str
    type: str
    since: str
    until: str
    body: str
    condition: str
    outdated: bool
    start: int

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words was given."""
        given = (self.type, self.since, self.until, self.body, self.condition, self.outdated)
        return any(given)

    def request(self, most: int) -> Request:
        """The search for it."""
        return Request(
            self.query,
            most,
            types=(SourceType(self.type),) if self.type else (),
            body=self.body or None,
            years=(_number(self.since), _number(self.until)),
            condition=self.condition or None,
            outdated=self.outdated,
        )

    def address(self, start: int) -> str:
        """The address of the same search from another passage on."""
        options = {
            "q": self.query,
            "type": self.type,
            "since": self.since,
            "until": self.until,
            "body": self.body,
            "condition": self.condition,
            "outdated": "1" if self.outdated else "",
            "start": str(start) if start else "",
        }
        return "/search?" + urlencode({key: value for key, value in options.items() if value})


@dataclass(frozen=True)
class Found:
    """A page of passages; `back` and `on` are the addresses of those before and after it."""

    hits: tuple[HitView, ...]
    back: str | None
    on: str | None

    @property
    def first(self) -> int:
        """The number of the first passage shown."""
        return self.hits[0].number

    @property
    def last(self) -> int:
        """The number of the last."""
        return self.hits[-1].number


def typed(query: QueryDict) -> Asked:
    """What stands in the address, unjudged: for showing it again beside what is wrong with it."""
    start = query.get("start", "")
    return Asked(
        query=plain(query.get("q", "")),
        type=query.get("type", ""),
        since=plain(query.get("since", "")),
        until=plain(query.get("until", "")),
        body=plain(query.get("body", "")),
        condition=plain(query.get("condition", "")),
        outdated=bool(query.get("outdated")),
        start=min(int(start), FURTHEST) if re.fullmatch("[0-9]{1,4}", start) else 0,
    )


def judged(asked: Asked) -> Asked:
    """The same, or one sentence that says what is wrong with it."""
    if len(asked.query) > MAX_CHARACTERS:
        raise AddressError(
            _("The search has %(number)s characters; at most %(most)s are read.")
            % {"number": figure(len(asked.query)), "most": figure(MAX_CHARACTERS)}
        )
    if asked.type and asked.type not in set(SourceType):
        raise AddressError(_("The kind of work is none of those that can be chosen."))
    if max(len(asked.body), len(asked.condition)) > MAX_NAME:
        raise AddressError(
            _("A body or a disease has at most %(most)s characters.") % {"most": MAX_NAME}
        )
    for year in (asked.since, asked.until):
        if year and not _YEAR.fullmatch(year):
            raise AddressError(_("A year has four digits, as in 2020."))
    if asked.since and asked.until and asked.since > asked.until:
        raise AddressError(
            _("The first year, %(first)s, is after the last, %(last)s.")
            % {"first": asked.since, "last": asked.until}
        )
    return asked


def passages(asked: Asked, engine: Engine) -> Found:
    """The passages of the page that was asked for; SearchError as the library words it."""
    search = engine.library.search
    # One more than is shown tells whether there is a next page.
    hits = search.search(asked.request(asked.start + PER_PAGE + 1))
    here = hits[asked.start : asked.start + PER_PAGE]
    further = len(hits) > asked.start + PER_PAGE and asked.start < FURTHEST
    return Found(
        tuple(
            hit_view(search, asked.query, hit, engine, number, SHOWN)
            for number, hit in enumerate(here, asked.start + 1)
        ),
        back=asked.address(max(0, asked.start - PER_PAGE)) if asked.start else None,
        on=asked.address(asked.start + PER_PAGE) if further else None,
    )


def kinds(asked: Asked) -> list[tuple[str, str, bool]]:
    """The kinds of work to choose from, with the one that is chosen."""
    return [(each.value, TYPES[each], each.value == asked.type) for each in SourceType]


def _number(year: str) -> int | None:
    return int(year) if year else None
