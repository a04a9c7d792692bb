"""A patient file as lists, mappings and texts, read so that a hostile one costs nothing.

Values stay as they were written: YAML would turn `no` into false and `1:30` into ninety, and JSON
would turn 0.90 into a float. A key that stands twice is refused, because one of the two values
would be lost without a word. YAML's references are refused: a few lines of them can stand for
gigabytes.
"""

import json
from typing import Any, Final

import yaml

from probatum.questions.facts.patient import PatientError

# A year of one patient's laboratory values as a Bundle is about 2 MB; a sheet is a few lines.
MOST_BUNDLE: Final = 5_000_000
MOST_SHEET: Final = 20_000
_DEPTH: Final = 60
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP: Final = f"The patient file nests more than {_DEPTH} levels, so it was not read."

Tree = str | list["Tree"] | dict[str, "Tree"]


def tree(text: str) -> Tree:
    """The content of a patient file; PatientError for what is neither JSON nor plain YAML."""
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_BUNDLE:
        raise PatientError(
            f"The patient file has {len(text):,} characters; at most {MOST_BUNDLE:,} are read."
        )
    if text.lstrip()[:1] in ("{", "["):
        return _json(text)
    if len(text) > MOST_SHEET:
        raise PatientError(
            f"The patient file has {len(text):,} characters; YAML of at most {MOST_SHEET:,} "
            "is read, or a FHIR Bundle in JSON."
        )
    return _yaml(text)


def as_tree(value: object) -> Tree:
    """The same of a value that was JSON already, such as a field of a line of questions."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise PatientError(_TOO_DEEP) from error
    return tree(text)


def _json(text: str) -> Tree:
    try:
        found = json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_pairs,
        )
    except RecursionError as error:
        raise PatientError(_TOO_DEEP) from error
    except ValueError as error:
        raise PatientError("The patient file is not valid JSON.") from error
    return _plain(found)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise PatientError("A field stands twice in the patient file; leave one of the two.")
        found[key] = value
    return found


def _plain(root: Any) -> Tree:
    """JSON's own values as texts, without recursion, so that no depth can break the program."""
    top: list[Any] = [root]
    stack: list[tuple[Any, Any, int]] = [(top, 0, 1)]
    while stack:
        holder, key, depth = stack.pop()
        value = holder[key]
        if depth > _DEPTH:
            raise PatientError(_TOO_DEEP)
        if value is None:
            holder[key] = ""
        elif isinstance(value, bool):
            holder[key] = "true" if value else "false"
        elif isinstance(value, dict):
            stack += [(value, each, depth + 1) for each in value]
        elif isinstance(value, list):
            stack += [(value, at, depth + 1) for at in range(len(value))]
    found: Tree = top[0]
    return found


def _yaml(text: str) -> Tree:
    """The one document of the text, built from events: nothing of YAML's own types is used."""
    root: list[Tree] = []
    # Open containers with the key that waits for its value.
    stack: list[tuple[list[Tree] | dict[str, Tree], str | None]] = [(root, None)]
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            _event(event, stack)
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise PatientError("The patient file is neither plain YAML nor JSON.") from error
    if len(root) > 1:
        raise PatientError("The patient file holds more than one document; give one.")
    return root[0] if root else {}


def _event(event: Any, stack: list[tuple[Any, str | None]]) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise PatientError("The patient file uses YAML references (& and *), which are not read.")
    if isinstance(event, yaml.ScalarEvent):
        _put(event.value.strip(), stack)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        if len(stack) > _DEPTH:
            raise PatientError(_TOO_DEEP)
        opened: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        _put(opened, stack)
        stack.append((opened, None))
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        stack.pop()


def _put(value: Any, stack: list[tuple[Any, str | None]]) -> None:
    holder, key = stack[-1]
    if isinstance(holder, list):
        holder.append(value)
        return
    if key is None:
        if not isinstance(value, str):
            raise PatientError("A field name of the patient file is not a plain word.")
        if value in holder:
            raise PatientError("A field stands twice in the patient file; leave one of the two.")
        stack[-1] = (holder, value)
        return
    holder[key] = value
    stack[-1] = (holder, None)
