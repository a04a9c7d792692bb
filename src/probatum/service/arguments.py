"""What programs send: the fields of the commands' lines, judged before anything is done."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from probatum.evidence.answer import ReaderName
from probatum.evidence.source import SourceType
from probatum.questions.text import MAX_CHARACTERS

# Characters of a text to audit, to read results from, or to hold a claim against.
MOST_CHARACTERS = 1_000_000
# Characters of a claim: a paragraph.
MOST_OF_CLAIM = 5_000
# Passages and sources in one response at most; further ones by `offset`.
MOST_LISTED = 200
# How far anybody may leaf.
FURTHEST = 500
FURTHEST_SOURCE = 10_000

# Neither infinity nor "not a number", which JSON cannot give back.
Id = str | int | Annotated[float, Field(allow_inf_nan=False)] | None
Question = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]
Text = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
Year = Annotated[int, Field(ge=1000, le=9999)]
Name = Annotated[str, StringConstraints(max_length=200)]


class LiveSource(StrEnum):
    """A service that can be looked up, by the name that the commands know it by."""

    PUBMED = "pubmed"
    TRIALS = "trials"
    LABELS = "labels"
    PMC = "pmc"


class Arguments(BaseModel):
    """A field that is not known is refused: a misspelt option must not be passed over."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class AskArguments(Arguments):
    """A question with its options, as `probatum ask` takes them."""

    question: Question
    reader: ReaderName = ReaderName.CLINICIAN
    region: Annotated[str | None, StringConstraints(max_length=40)] = None
    as_of: date | None = None
    follow: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{16}$", description="Id of an earlier answer.")
    ] = None
    patient: Annotated[
        dict[str, Any] | None,
        Field(
            description="Facts about one patient: a FHIR Bundle, or an object with the fields of "
            "a patient file. They are used for this answer and kept nowhere."
        ),
    ] = None
    live: Annotated[
        list[LiveSource],
        Field(
            max_length=len(LiveSource),
            description="Look it up there first, where the operator allows it.",
        ),
    ] = []
    model: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=200,
            description="A language model that may word sentences, where the operator allows it.",
        ),
    ] = None
    id: Id = Field(None, description="Given back as `question_id`.")


class AuditArguments(Arguments):
    """A text that somebody else wrote, and the question it was to answer."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]
    question: Annotated[str | None, StringConstraints(max_length=MAX_CHARACTERS)] = None
    name: Name = "the given text"


class VerifyArguments(Arguments):
    """A claim, and the text or the held edition that it is said to rest on."""

    id: Id = None
    claim: Annotated[str, StringConstraints(max_length=MOST_OF_CLAIM)]
    evidence: Text | None = None
    source: Annotated[str | None, StringConstraints(max_length=500)] = None


class ExtractArguments(Arguments):
    """A text, or a title and an abstract, which are read as one text with a line end between."""

    id: Id = None
    text: Text | None = None
    title: Text | None = None
    abstract: Text | None = None


class SearchArguments(Arguments):
    """Words to look for in the held texts, and what the works must be."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=1_000,
            description='Words, "phrases", AND, OR, NOT, -word and brackets.',
        ),
    ]
    k: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 10
    offset: Annotated[int, Field(ge=0, le=FURTHEST)] = 0
    type: SourceType | None = None
    since: Year | None = None
    until: Year | None = None
    body: Name | None = None
    condition: Name | None = None
    outdated: bool = False


class ListArguments(Arguments):
    """Words that every listed source must hold, and which part of the list."""

    filter: Name = ""
    limit: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 50
    offset: Annotated[int, Field(ge=0, le=FURTHEST_SOURCE)] = 0


class ShowArguments(Arguments):
    """A held edition or source."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class RelatedArguments(Arguments):
    """A question whose neighbours are wanted."""

    question: Question
