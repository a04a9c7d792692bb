"""FHIR JSON (R4 to R6 drafts): a resource, a Bundle of any kind, or a resource a line.

Only resources that carry citable text are read (see `fhir_privacy`). A narrative that a program
generated from the structured fields says the same twice, so `text.div` is read only where the
fields gave nothing or where its status says that it holds more than they do ("additional"); it
then stands under the heading "Narrative". A section's narrative is the section, and always read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from probatum.evidence.document import Block, Item, Skipped
from probatum.evidence.source import Depth, SourceType
from probatum.sources.fhir.attachments import ATTACHED, attachments
from probatum.sources.fhir.citation import about, citation
from probatum.sources.fhir.composition import composition
from probatum.sources.fhir.definitions import assessment, characteristics, study, variable
from probatum.sources.fhir.document import document, identity, withdrawn
from probatum.sources.fhir.elements import codes
from probatum.sources.fhir.evidence import certainty, evidence
from probatum.sources.fhir.narrative import narrative
from probatum.sources.fhir.plan import activity, plan
from probatum.sources.fhir.privacy import KNOWLEDGE, TECHNICAL, about_a_patient
from probatum.sources.fhir.prose import shared
from probatum.sources.fhir.relations import references
from probatum.sources.file import SourceFile
from probatum.sources.json.node import Node, Oddities
from probatum.sources.json.outline import outline
from probatum.sources.json.values import records
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError
from probatum.sources.works.eligibility import criteria

_KIND = re.compile(r"[A-Z][A-Za-z]{2,60}")
_GUIDELINES = frozenset(("guideline", "recommendation"))
_HOOKS = frozenset(("hook", "hookInstance", "cards", "prefetch"))
# The outermost keys of other JSON formats that carry FHIR resources or look like them.
_OTHERS = frozenset(
    [
        "hook",
        "hookInstance",
        "cards",
        "services",
        "systemActions",
        "prefetch",
        "request",
        "response",
        "protocolSection",
        "studies",
        "results",
        "resultList",
    ]
)
_MORE = frozenset(("additional", "extensions"))


def recognise(name: str, head: bytes) -> bool:
    """Whether the outermost object is a resource; "resourceType" may come after the first bytes,
    so a resource's other keys and HL7's addresses are looked at too."""
    seen = outline(head)
    if "resourceType" in seen.outer:
        return not set(seen.outer) & _HOOKS
    if not seen.outer or set(seen.outer) & _OTHERS:
        return False
    if not re.search(r"hl7\.org/|fevir\.net/", seen.text):
        return False
    known = {"id", "meta", "url", "text", "identifier", "extension", "status", "contained"}
    return len(known & set(seen.outer)) >= 2


def read(file: SourceFile) -> Iterator[Item]:
    """Each resource with citable text; an UnreadableError where the file holds none."""
    reader = _Reader(file.name)
    for record in records(file):
        if record.damage is not None:
            yield Skipped(f"value {record.number}", record.damage)
        elif not isinstance(record.value, dict) or "resourceType" not in record.value:
            reader.strangers += 1
        else:
            yield from reader.take(record.value)
    yield from reader.rest()


class _Reader:
    """Takes resources in and counts what it refuses."""

    def __init__(self, name: str) -> None:
        self.strangers = 0
        self._name = name
        self._taken = 0
        self._given = 0
        self._patients: Counter[str] = Counter()
        self._others: Counter[str] = Counter()

    def take(self, value: dict[str, object], depth: int = 0) -> Iterator[Item]:
        """A resource, or those of a bundle."""
        entries = value.get("entry")
        if value.get("resourceType") != "Bundle" or depth > 5:
            yield from self._resource(value, frozenset())
            return
        inner: list[dict[str, object]] = []
        for entry in entries if isinstance(entries, list) else []:
            found = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(found, dict):
                inner.append(found)
        beside = frozenset(str(each.get("resourceType")) for each in inner)
        for each in inner:
            if each.get("resourceType") == "Bundle":
                yield from self.take(each, depth + 1)
            else:
                yield from self._resource(each, beside)

    def rest(self) -> Iterator[Item]:
        """One sentence on everything refused; an error where nothing else was in the file."""
        said = list(self._refusals())
        if not self._given:
            raise UnreadableError("; ".join(said) or "it is FHIR without any resource in it")
        for each in said:
            yield Skipped(self._name, each)

    def _refusals(self) -> Iterator[str]:
        if self._patients:
            yield (
                "it holds FHIR resources that may be a patient's data, which are never taken in:"
                f" {_counted(self._patients)}"
            )
        if self._others:
            yield f"it holds FHIR resources without citable text: {_counted(self._others)}"
        if self.strangers:
            yield f"it holds values that are no FHIR resource ({self.strangers})"

    def _resource(self, value: dict[str, object], beside: frozenset[str]) -> Iterator[Item]:
        odd = Oddities()
        resource = Node(value, odd)
        kind = resource.text("resourceType")
        self._taken += 1
        if not _KIND.fullmatch(kind):
            self.strangers += 1
        elif kind in TECHNICAL:
            self._others[kind] += 1
        elif kind not in KNOWLEDGE or about_a_patient(kind, resource, beside):
            self._patients[kind] += 1
        else:
            for item in self._read(kind, resource):
                self._given += 1
                yield item
            yield from odd.skipped(self._where(kind, resource))

    def _where(self, kind: str, resource: Node) -> str:
        return identity(kind, resource) or f"file:{self._name}#{self._taken}"

    def _read(self, kind: str, resource: Node) -> Iterator[Item]:
        where = self._where(kind, resource)
        if withdrawn(resource):
            yield Skipped(where, "it says of itself that it was entered in error")
            return
        blocks: list[Block] = []
        skipped: list[Skipped] = []
        attached = False
        try:
            for each in _pieces(kind, resource, where):
                if isinstance(each, Skipped):
                    skipped.append(each)
                else:
                    blocks.append(each)
                    attached = attached or each.code == ATTACHED
        except UnreadableError as error:
            yield Skipped(where, str(error))
            return
        if sum(len(block.text) for block in blocks) > TEXT_CHARACTERS:
            yield Skipped(where, f"its text is longer than {TEXT_CHARACTERS:,} characters")
            return
        if kind == "Library" and not attached and "logic-library" in codes(resource, "type"):
            yield Skipped(where, "this Library is program logic without text for readers")
            return
        if not blocks:
            yield Skipped(where, f"this {kind} holds no text")
        elif kind in ("Citation", "PublicationRecord"):
            yield replace(document(kind, resource, blocks, source=where), **about(resource))
        else:
            type_, depth = _kind_of_work(kind, resource)
            depth = Depth.FULL_TEXT if attached else depth
            yield document(kind, resource, blocks, source=where, type_=type_, depth=depth)
        yield from skipped


def _pieces(kind: str, resource: Node, where: str) -> Iterator[Block | Skipped]:
    """Everything a resource says, in reading order."""
    found: list[Block | Skipped] = list(_structured(kind, resource))
    if kind in ("Library", "DocumentReference"):
        found.extend(attachments(resource, where))
    text = resource.part("text")
    yield from found
    said = {each.text.casefold() for each in found if isinstance(each, Block)}
    silent = not said
    said.add(resource.text("title").casefold() or "title")
    if silent or text.text("status") in _MORE:
        for block in narrative(text.raw("div"), ("Narrative",)):
            # "Title: …", "Description: …": the fields once more.
            if not {block.text.casefold(), block.text.partition(": ")[2].casefold()} & said:
                yield block
    yield from references(resource)


def _structured(kind: str, resource: Node) -> Iterator[Block]:
    if kind == "Group" and "exclusion" in resource.raw("description").lower():
        # One text with both sides in it: each criterion has to keep its own.
        yield from criteria(resource.raw("description"))
        yield from shared(resource, described=False)
    else:
        yield from shared(resource)
    if kind in ("Evidence", "RiskEvidenceSynthesis", "EffectEvidenceSynthesis"):
        yield from evidence(resource)
    elif kind in ("EvidenceVariable", "ResearchElementDefinition"):
        yield from variable(resource)
    elif kind == "Group":
        yield from characteristics(resource)
    elif kind == "ResearchStudy":
        yield from study(resource)
    elif kind == "ArtifactAssessment":
        yield from assessment(resource)
    elif kind == "PlanDefinition":
        yield from plan(resource)
    elif kind == "ActivityDefinition":
        yield from activity(resource)
    elif kind in ("Composition", "EvidenceReport"):
        yield from composition(resource, _structured)
        yield from certainty(resource)
    elif kind in ("Citation", "PublicationRecord"):
        yield from citation(resource)


def _kind_of_work(kind: str, resource: Node) -> tuple[SourceType, Depth]:
    """A guideline only where the resource calls itself one: a plan may be anyone's."""
    if kind == "ResearchStudy":
        return SourceType.REGISTRY, Depth.REGISTRY
    if kind == "Composition" and set(codes(resource, "type")) & _GUIDELINES:
        return SourceType.GUIDELINE, Depth.CURATED_RECORD
    return SourceType.OTHER, Depth.CURATED_RECORD


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
