"""The pages about the answer document and the packs, from their models."""

import re
import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from scripts.reference.page import HEAD, MismatchError, meanings, same, table

_PLAIN = {
    str: "text", int: "whole number", float: "number", Decimal: "number", bool: "true or false",
    date: "day (YYYY-MM-DD)",
}  # fmt: skip


def _links(annotation: Any) -> str:
    """A type in words, with links to the models it is made of."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is typing.Annotated:
        return _links(args[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if origin in (typing.Union, types.UnionType):
        return " or ".join("null" if each is type(None) else _links(each) for each in args)
    if origin is tuple:
        return f"list of {_links(args[0])}"
    if origin is dict:
        return f"mapping to {_links(args[1])}"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{each.value}`" for each in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    raise MismatchError(f"no words for the type {annotation}")


def _default(field: Any) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or value is PydanticUndefined or value == () or value == {}:
        return ""
    if isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{getattr(value, 'value', value)}`"


def published(name: str) -> str:
    """A field's name in documents: `schema_` and `if_` avoid Python's own words."""
    return name.rstrip("_")


def model_part(model: type[BaseModel], known: set[str], level: str = "##") -> str:
    """A heading, the docstring and a table of the fields that are not in `known` already."""
    texts = meanings("fields")[model.__name__]
    own = {published(name): field for name, field in model.model_fields.items()}
    own = {name: field for name, field in own.items() if name not in known}
    same(model.__name__, set(own), set(texts))
    rows = [
        [f"`{name}`", " ".join(str(texts[name]).split()), _links(field.annotation), _default(field)]
        for name, field in own.items()
    ]
    doc = " ".join((model.__doc__ or "").split())
    doc = re.sub(r"\s*\(defect D\d+[^)]*\)", "", doc)
    return f"{level} {model.__name__}\n\n{doc}\n\n" + table(
        ["field", "means", "value", "default"], rows
    )


def reachable(*models: type[BaseModel]) -> list[type[BaseModel]]:
    """The models and all that their fields are made of, in the order met."""
    found: list[type[BaseModel]] = []

    def look(annotation: Any) -> None:
        for each in get_args(annotation):
            look(each)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            walk(annotation)

    def walk(model: type[BaseModel]) -> None:
        if model not in found:
            found.append(model)
            for field in model.model_fields.values():
                look(field.annotation)

    for model in models:
        walk(model)
    return found


def answer_document() -> str:
    """Every field of the answer document."""
    from probatum.evidence.answer import Answer

    parts = [
        HEAD,
        meanings("intros")["answer"],
        *(model_part(model, set()) for model in reachable(Answer)),
    ]
    return "\n".join(parts)


def record_kinds() -> tuple[type[BaseModel], ...]:
    """The kinds of record, from the union itself."""
    from probatum.evidence.record import Record

    return tuple(get_args(get_args(Record)[0]))


def pack_schema() -> str:
    """Every field of a pack's files."""
    from probatum.evidence.population import Population
    from probatum.evidence.record import Finding
    from probatum.evidence.source import Source
    from probatum.packs.model import Manifest, Pack, PackAlgorithm
    from probatum.terms.term import Term

    class FindingWithKind(Finding):
        kind: str = ""

    FindingWithKind.__name__, FindingWithKind.__doc__ = "Finding", Finding.__doc__
    common = set(FindingWithKind.model_fields)
    kinds = record_kinds()
    parts = [HEAD, meanings("intros")["pack"]]
    parts += [model_part(m, set()) for m in (*reachable(Manifest, Source), Term)]
    parts += [model_part(m, set()) for m in reachable(Population)]
    parts.append(model_part(FindingWithKind, set()))
    done = {*reachable(Manifest, Source, Population), Term, Pack}
    for model in reachable(*kinds, PackAlgorithm):
        if model not in done:
            parts.append(model_part(model, common if model in kinds else set()))
    return "\n".join(parts)


def complete() -> None:
    """Stop when a model is explained that no page shows, or the other way round."""
    from probatum.evidence.answer import Answer
    from probatum.packs.model import Pack

    used = {model.__name__ for model in reachable(Answer, Pack)} - {"Pack"}
    same("models", used | {"Finding"}, set(meanings("fields")))
