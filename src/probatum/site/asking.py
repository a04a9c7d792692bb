"""From an address to a question for the engine, and back to an address.

Whatever stands in the address is judged here, and what is wrong with it said in one sentence: a
reader that does not exist must not silently become another.
"""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from probatum.engine import Ask
from probatum.evidence.answer import ReaderName
from probatum.evidence.base import ProbatumError
from probatum.questions.text import MAX_CHARACTERS
from probatum.render.language import Told, figure

# As `ask --region` takes them; the names are for people.
REGIONS = Told(
    {
        "": "Any region",
        "us": "United States",
        "eu": "European Union",
        "uk": "United Kingdom",
        "japan": "Japan",
    }
)
# A token of a follow-up holds a few dozen terms; anything longer did not come from this site.
MAX_TOKEN = 8000


class AddressError(ProbatumError):
    """Something in the address that no page of this site puts there."""


def asked(query: QueryDict) -> Ask:
    """The question in the address, or one sentence that says what is wrong with it."""
    text = query.get("q", "")
    if len(text) > MAX_CHARACTERS:
        raise AddressError(
            _(
                "The question has %(number)s characters; at most %(most)s are read. Please ask it "
                "in a few sentences."
            )
            % {"number": figure(len(text)), "most": figure(MAX_CHARACTERS)}
        )
    reader = query.get("reader") or ReaderName.CLINICIAN.value
    if reader not in set(ReaderName):
        raise AddressError(_("The reader must be one of clinician, trainee and patient."))
    region = query.get("region", "")
    if region not in REGIONS:
        raise AddressError(
            _("The region must be one of %(known)s.")
            % {"known": ", ".join(each for each in REGIONS if each)}
        )
    follow = query.get("follow", "")
    if len(follow) > MAX_TOKEN:
        raise AddressError(_("The follow-up refers to no answer that is known here."))
    return Ask(
        question=text, reader=ReaderName(reader), region=region or None, context=follow or None
    )


def address(ask: Ask, **changes: str) -> str:
    """The address of the question, with some of its options changed."""
    options = {
        "q": ask.question,
        "reader": ask.reader.value,
        "region": ask.region or "",
        "follow": ask.context or "",
        **changes,
    }
    return "/ask?" + urlencode({key: value for key, value in options.items() if value})


def draft_address(ask: Ask) -> str:
    """Where the answer to the question is turned into a draft of an article."""
    options = {"q": ask.question, "reader": ask.reader.value, "region": ask.region or ""}
    kept = {key: value for key, value in options.items() if value}
    return "/articles/new?" + urlencode(kept)
