"""Reading parts of a FHIR resource that may hold anything: what is not of its type is not there."""

from collections.abc import Iterator, Mapping
from typing import Final

from probatum.questions.facts.tree import Tree

_LONGEST: Final = 200

Resource = Mapping[str, Tree]


def text(value: Tree | None) -> str:
    """The value where it is a text, else an empty one; never longer than a name."""
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def mapping(value: Tree | None) -> Resource:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Tree | None) -> Iterator[Resource]:
    """The objects of a list."""
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield each


def codes(concept: Tree | None, system: str) -> tuple[str, ...]:
    """The codes of a CodeableConcept in one system."""
    found = mappings(mapping(concept).get("coding"))
    return tuple(text(each.get("code")) for each in found if text(each.get("system")) == system)


def words(concept: Tree | None) -> str:
    """What a CodeableConcept says in words: its text, else the first display."""
    told = text(mapping(concept).get("text"))
    if told:
        return told
    displays = (text(each.get("display")) for each in mappings(mapping(concept).get("coding")))
    return next((each for each in displays if each), "")


def state(resource: Resource, field: str) -> str:
    """A status, which is a code in some resources and a CodeableConcept in others."""
    value = resource.get(field)
    if isinstance(value, str):
        return text(value)
    found = (text(each.get("code")) for each in mappings(mapping(value).get("coding")))
    return next(found, "")
