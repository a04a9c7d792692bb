"""What a follow-up takes over from the answer before it: a token, and what it may hold.

A token stands in addresses and in files, so it holds names of things and never the question, which
may name a person. It comes back from an address that anyone can write, so each name in it must be
a held term of its kind, or one that held texts are filed under now: otherwise a forged address
would make the page print words that nobody has checked.
"""

import base64
import json
import re
from collections.abc import Iterator

from probatum.library.library import Library
from probatum.questions.filed_names import still_filed
from probatum.questions.need import FiledName, Need
from probatum.questions.text import QuestionError

_KEPT = frozenset(
    (
        "intent",
        "conditions",
        "settings",
        "line",
        "subtypes",
        "interventions",
        "criteria",
        "prior",
        "studies",
    )
)
_FILED = "filed"
# Each costs a search; no question names more.
_MOST_FILED = 12
# The states that a question can give a biomarker; a state is printed as it stands.
_STATE = re.compile(r"positive|negative|high|low|unknown|present|absent|[\d.]{1,12}\+")
_UNITS = (None, "%")


def token_of(need: Need) -> str:
    """The opaque token of a need."""
    kept = need.model_dump(mode="json", include=set(_KEPT), exclude_defaults=True)
    if need.filed:
        kept[_FILED] = [each.name for each in need.filed[:_MOST_FILED]]
    raw = json.dumps(kept, separators=(",", ":"), sort_keys=True).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def need_of(token: str, library: Library) -> Need:
    """The need in a token; QuestionError for one that no answer of this library gave."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        kept = json.loads(raw)
        if not isinstance(kept, dict) or not kept.keys() <= {*_KEPT, _FILED}:
            raise ValueError("not what a token keeps")
        names = kept.pop(_FILED, [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError("no list of names")
        need = Need.model_validate({"intent": "treatment_options", **kept, "question": "-"})
    except (ValueError, RecursionError) as error:
        raise QuestionError("The follow-up refers to no answer that is known here.") from error
    if not all(_is_a(term, kind, library) for term, kind in _terms(need)):
        raise QuestionError("The follow-up refers to terms that this library does not hold.")
    for criterion in need.criteria:
        state = criterion.state
        if criterion.unit not in _UNITS or (state and not _STATE.fullmatch(state)):
            raise QuestionError("The follow-up refers to no answer that is known here.")
    return need.model_copy(update={"filed": tuple(_filed(names[:_MOST_FILED], library))})


def _filed(names: list[str], library: Library) -> Iterator[FiledName]:
    for name in names:
        found = still_filed(name, library)
        if found is None:
            raise QuestionError("The follow-up refers to terms that this library does not hold.")
        yield found


def _is_a(term: str, kind: str, library: Library) -> bool:
    vocabulary = library.vocabulary
    return term in vocabulary and vocabulary.get(term).kind == kind


def _terms(need: Need) -> Iterator[tuple[str, str]]:
    """Every term of a follow-up's need with the kind that its place asks for."""
    for kind, terms in (
        ("condition", need.conditions),
        ("setting", need.settings),
        ("line", (need.line,) if need.line else ()),
        ("subtype", need.subtypes),
        ("intervention", need.interventions),
        ("study", need.studies),
        ("biomarker", tuple(criterion.biomarker for criterion in need.criteria)),
        ("intervention", tuple(prior.therapy for prior in need.prior)),
    ):
        yield from ((term, kind) for term in terms)
