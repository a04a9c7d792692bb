"""What an assistant may call: names, what each is for, what it takes, and the document it gives.

Knows nothing of the protocol. The words are read by a language model, which chooses by them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from probatum.engine import Engine
from probatum.render.characters import plain
from probatum.service import documents, held
from probatum.service.arguments import (
    Arguments,
    AskArguments,
    AuditArguments,
    ExtractArguments,
    ListArguments,
    RelatedArguments,
    SearchArguments,
    ShowArguments,
    VerifyArguments,
)
from probatum.service.asking import answered, wanted
from probatum.service.assistant import rights
from probatum.service.refusal import RefusedError


class AnswerForm(StrEnum):
    """How an answer is given."""

    MARKDOWN = "md"
    JSON = "json"


class ToolAskArguments(AskArguments):
    """A question with its options, and the form of its answer."""

    # An answer document is several times as long as its page, too long for most conversations.
    format: AnswerForm = AnswerForm.MARKDOWN


@dataclass(frozen=True)
class Reply:
    """What a tool gives: words to read, or a document."""

    text: str | None = None
    document: dict[str, Any] | None = None


@dataclass(frozen=True)
class At:
    """Where a tool works: the engine of now and the folder of its library.

    `licensed` gives words of texts whose licence is not open as well.
    """

    engine: Engine
    folder: Path | None
    licensed: bool = False


@dataclass(frozen=True)
class Tool:
    """One tool."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    run: Callable[[Any, At], Reply]


def _ask(given: ToolAskArguments, at: At) -> Reply:
    from probatum.render.json import answer_document
    from probatum.render.markdown import markdown

    plainly = AskArguments.model_validate(given.model_dump(exclude={"format"}))
    answer = answered(wanted(plainly, at.engine, at.folder), at.engine, at.folder)
    if not at.licensed:
        answer = rights.open_answer(answer, at.engine)
    if given.format is AnswerForm.JSON:
        return Reply(document=answer_document(answer))
    return Reply(text=markdown(answer, at.engine.name))


def _audit(given: AuditArguments, at: At) -> Reply:
    made = documents.audited(given, at.engine)
    return Reply(document=made if at.licensed else rights.open_audit(made, at.engine))


def _verify(given: VerifyArguments, at: At) -> Reply:
    if not at.licensed:
        rights.require_open(given.source, at.engine)
    return Reply(document=documents.verdict(given, at.engine))


def _extract(given: ExtractArguments, at: At) -> Reply:
    return Reply(document=documents.results(given))


def _search(given: SearchArguments, at: At) -> Reply:
    found = documents.passages(given, at.engine)
    return Reply(document=found if at.licensed else rights.open_hits(found))


def _list(given: ListArguments, at: At) -> Reply:
    return Reply(document=held.listed(given, at.engine))


def _show(given: ShowArguments, at: At) -> Reply:
    found = held.with_content(given, at.engine)
    return Reply(document={"editions": found if at.licensed else rights.open_editions(found)})


def _related(given: RelatedArguments, at: At) -> Reply:
    return Reply(document={"related": documents.related(given, at.engine)})


TOOLS = (
    Tool(
        "ask",
        "Answer a clinical question",
        "Answer a clinical question from held guidelines, trials and drug labels. Every sentence "
        "carries its citation and has passed checks; repeat sentences with their citations and "
        "limits, and add nothing to them. When it declines, say so. `format` md is short to read; "
        "json is the whole answer document with anchors and checks.",
        ToolAskArguments,
        _ask,
    ),
    Tool(
        "audit",
        "Audit a text claim by claim",
        "Check a text that somebody else wrote, such as a draft or another answer: each claim is "
        "supported, outdated, contradicted, about other people, or not found, with the evidence.",
        AuditArguments,
        _audit,
    ),
    Tool(
        "verify",
        "Hold a claim against a text",
        "Judge one claim by a text given as `evidence` or by a held edition given as `source`: "
        "supported, contradicted or not enough information, with the words it rests on.",
        VerifyArguments,
        _verify,
    ),
    Tool(
        "extract",
        "Read comparative results out of a text",
        "Read end points, groups' values, effects, intervals and directions out of the text of an "
        "abstract or a report.",
        ExtractArguments,
        _extract,
    ),
    Tool(
        "search",
        "Find passages of held texts",
        "Find passages of held texts, best first, each with its source, edition and whether that "
        "is still current. Curated records are found by `ask`, not here.",
        SearchArguments,
        _search,
    ),
    Tool(
        "sources_list",
        "List what is held",
        "List held editions: title, body, year, currency, licence. `filter` holds words that each "
        "must have; `next` is the offset of the further ones.",
        ListArguments,
        _list,
    ),
    Tool(
        "sources_show",
        "Show a held source",
        "Show an edition or all editions of a source, with the statements of its records or the "
        "passages of its text.",
        ShowArguments,
        _show,
    ),
    Tool(
        "related",
        "Related questions",
        "Questions on the same disease, drug or marker that the library can answer; may be none.",
        RelatedArguments,
        _related,
    ),
)
BY_NAME = {tool.name: tool for tool in TOOLS}


def call(tool: Tool, given: dict[str, Any], at: At) -> Reply:
    """What the tool gives; RefusedError names the first argument that cannot be used."""
    try:
        arguments = tool.arguments.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = plain(str(first["loc"][0]))[:100] if first["loc"] else None
        words = plain(first["msg"]).rstrip(".")
        sentence = f"{field}: {words}." if field else f"{words}."
        raise RefusedError("invalid", sentence, field) from error
    return tool.run(arguments, at)
