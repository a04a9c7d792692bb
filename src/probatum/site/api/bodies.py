"""What the API takes: the fields of the commands' lines, judged before anything is done."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from probatum.evidence.answer import ReaderName
from probatum.questions.text import MAX_CHARACTERS

# Characters of a text to audit, to read results from, or to hold a claim against.
MOST_CHARACTERS = 1_000_000
# Characters of a claim: a paragraph.
MOST_OF_CLAIM = 5_000
# Claims or texts in one request.
MOST_AT_ONCE = 200

Id = str | int | float | None


class Body(Schema):
    """A field that is not known is refused: a misspelt option must not be passed over."""

    model_config = ConfigDict(extra="forbid")


class AskBody(Body):
    """A question with its options, as `probatum ask` takes them."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]
    reader: ReaderName = ReaderName.CLINICIAN
    region: str | None = None
    as_of: date | None = None
    follow: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{16}$", description="Id of an earlier answer.")
    ] = None
    id: Id = Field(None, description="Given back as `question_id`.")


class AuditBody(Body):
    """A text that somebody else wrote, and the question it was to answer."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]
    question: Annotated[str | None, StringConstraints(max_length=MAX_CHARACTERS)] = None
    name: Annotated[str, StringConstraints(max_length=200)] = "the given text"


class VerifyBody(Body):
    """A claim, and the text or the held edition that it is said to rest on."""

    id: Id = None
    claim: Annotated[str, StringConstraints(max_length=MOST_OF_CLAIM)]
    evidence: Annotated[str | None, StringConstraints(max_length=MOST_CHARACTERS)] = None
    source: Annotated[str | None, StringConstraints(max_length=500)] = None


class ExtractBody(Body):
    """A text, or a title and an abstract, which are read as one text with a line end between."""

    id: Id = None
    text: Annotated[str | None, StringConstraints(max_length=MOST_CHARACTERS)] = None
    title: Annotated[str | None, StringConstraints(max_length=MOST_CHARACTERS)] = None
    abstract: Annotated[str | None, StringConstraints(max_length=MOST_CHARACTERS)] = None


class ErrorDetail(Schema):
    """What was wrong, in a code for programs and a sentence for people."""

    code: Literal[
        "bad_request",
        "invalid",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "too_large",
        "unsupported_media_type",
        "busy",
        "internal",
        "error",
    ]
    message: str
    field: str | None = None
    request_id: str | None = None


class ErrorBody(Schema):
    """The one shape of errors."""

    error: ErrorDetail
