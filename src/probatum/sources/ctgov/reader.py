"""ClinicalTrials.gov API version 2: one study, a search page, an array or a study a line.

A search is often asked for a few fields only, so every module may be missing; whatever is there is
taken. The entry's own date of its last posted update is its version.
"""

import datetime
import re
from collections.abc import Iterator

from probatum.evidence.document import Block, Document, Item, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.ctgov import events as ctgov_events
from probatum.sources.ctgov import protocol as ctgov_protocol
from probatum.sources.ctgov import results as ctgov_results
from probatum.sources.ctgov.words import words
from probatum.sources.file import SourceFile
from probatum.sources.json.node import Node, Oddities
from probatum.sources.json.outline import outline
from probatum.sources.json.values import Record, records
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError

_NCT = re.compile(r"NCT\d{8}")
_SECTIONS = frozenset(
    ("protocolSection", "resultsSection", "derivedSection", "annotationSection", "documentSection")
)
# Answers that are about studies and hold none in this shape.
_OLD = frozenset(("FullStudiesResponse", "StudyFieldsResponse", "FullStudy"))
_FILTERED = "it holds none of the fields that have text"


def recognise(name: str, head: bytes) -> bool:
    """Whether the keys are those of a study, a search page or another answer about trials."""
    seen = outline(head)
    outer = set(seen.outer)
    if "resourceType" in outer or not outer:
        return False
    if outer & (_SECTIONS | _OLD):
        return True
    if "studies" in outer:
        return bool(seen.inner & _SECTIONS) or bool(outer & {"totalCount", "nextPageToken"})
    if "data" in outer and "nct_id" in seen.inner:
        return True
    return "nct_id" in outer or outer <= {"totalCount", "nextPageToken", "totalStudies"}


def read(file: SourceFile) -> Iterator[Item]:
    """Each study as a document or the reason it is none; an UnreadableError without any study."""
    held = False
    why = "it holds no value"
    for record in records(file, inside="studies"):
        if record.damage is not None:
            yield Skipped(f"value {record.number}", record.damage)
            continue
        wrong = _no_study(record)
        if wrong is None:
            held = True
            yield from _study(record)
        elif not _is_page(record.value) and (held or record.listed):
            yield Skipped(f"value {record.number}", wrong)
        else:
            why = wrong
    if not held:
        raise UnreadableError(why)


def _is_page(value: object) -> bool:
    return isinstance(value, dict) and value.get("studies") == []


def _no_study(record: Record) -> str | None:
    """Why a value is no study of this format, in words that follow "because"."""
    value = record.value
    if not isinstance(value, dict):
        return "it is no study record of ClinicalTrials.gov"
    if value.keys() & _SECTIONS:
        return None
    if value.keys() & _OLD:
        return "it is an answer of the registry's former API, whose shape is not read"
    data = value.get("data")
    if "nct_id" in value or (
        isinstance(data, list) and any(isinstance(each, dict) and "nct_id" in each for each in data)
    ):
        return (
            "it is an answer of the NCI Clinical Trials Search API, which holds trials in another"
            " shape than ClinicalTrials.gov's"
        )
    if _is_page(value):
        return "it is a ClinicalTrials.gov search page without studies"
    if value.keys() & {"totalCount", "totalStudies", "nextPageToken"}:
        return "it is a ClinicalTrials.gov count: a number of studies without their records"
    return "it is no study record of ClinicalTrials.gov"


def _study(record: Record) -> Iterator[Item]:
    odd = Oddities()
    study = Node(record.value, odd)
    protocol = study.part("protocolSection")
    nct = protocol.part("identificationModule").text("nctId").upper()
    where = nct or f"study {record.number}"
    if not _NCT.fullmatch(nct):
        yield Skipped(where, "it has no NCT number")
        return
    document = _document(study, protocol, nct)
    if not document.blocks and document.title == nct:
        yield Skipped(where, _FILTERED)
    elif sum(len(block.text) for block in document.blocks) > TEXT_CHARACTERS:
        yield Skipped(where, f"its text is longer than {TEXT_CHARACTERS:,} characters")
    else:
        yield document
    yield from odd.skipped(where)


def _document(study: Node, protocol: Node, nct: str) -> Document:
    names = protocol.part("identificationModule")
    status = protocol.part("statusModule")
    conditions = protocol.part("conditionsModule")
    design = protocol.part("designModule")
    updated = status.part("lastUpdatePostDateStruct").text("date") or status.text(
        "lastUpdateSubmitDate"
    )
    posted = _date(updated)
    kinds = (
        design.text("studyType"),
        *design.texts("phases"),
        design.part("designInfo").text("allocation"),
    )
    title = names.text("briefTitle") or names.text("officialTitle") or names.text("acronym")
    return Document(
        source=f"nct:{nct}",
        title=title or nct,
        type=SourceType.REGISTRY,
        depth=Depth.REGISTRY,
        blocks=tuple(_blocks(study, protocol)),
        format="ctgov",
        version=updated or None,
        label=f"entry as updated {updated}" if updated else None,
        date=posted,
        year=posted.year if posted else _year(updated),
        body=protocol.part("sponsorCollaboratorsModule", "leadSponsor").text("name") or None,
        container="ClinicalTrials.gov",
        identifiers=Identifiers(nct=nct),
        subjects=_subjects(study, protocol),
        publication_types=tuple(words(each) for each in kinds if each and each != "NA"),
        conditions=conditions.texts("conditions"),
        relations=tuple(_relations(protocol)),
    )


def _blocks(study: Node, protocol: Node) -> Iterator[Block]:
    names = protocol.part("identificationModule")
    here = ("Identification",)
    if names.text("briefTitle"):
        yield from ctgov_protocol.fact("Official title", names.text("officialTitle"), here)
    yield from ctgov_protocol.fact("Acronym", names.text("acronym"), here)
    others = [
        names.part("orgStudyIdInfo").text("id"),
        *(each.text("id") for each in names.parts("secondaryIdInfos")),
        *names.texts("nctIdAliases"),
    ]
    yield from ctgov_protocol.fact("Other study numbers", "; ".join(filter(None, others)), here)
    described = protocol.part("descriptionModule")
    yield from ctgov_protocol.prose(described.raw("briefSummary"), ("Brief summary",))
    yield from ctgov_protocol.prose(described.raw("detailedDescription"), ("Detailed description",))
    for part in (
        ctgov_protocol.status,
        ctgov_protocol.sponsor,
        ctgov_protocol.design,
        ctgov_protocol.arms,
        ctgov_protocol.outcomes,
        ctgov_protocol.eligibility,
        ctgov_protocol.locations,
    ):
        yield from part(protocol)
    results = study.part("resultsSection")
    yield from ctgov_results.participant_flow(results)
    yield from ctgov_results.baseline(results)
    yield from ctgov_results.outcome_measures(results)
    yield from ctgov_events.adverse_events(results)
    yield from ctgov_events.limitations(results)
    notes = study.part("annotationSection", "annotationModule", "violationAnnotation")
    for event in notes.parts("violationEvents"):
        yield from ctgov_protocol.prose(event.raw("description"), ("Notices of violation",))
    yield from ctgov_protocol.references(protocol)


def _subjects(study: Node, protocol: Node) -> tuple[str, ...]:
    """Keywords, interventions and the MeSH terms that the registry derived, each once."""
    derived = study.part("derivedSection")
    drugs = protocol.part("armsInterventionsModule").parts("interventions")
    found = [
        *protocol.part("conditionsModule").texts("keywords"),
        *(drug.text("name") for drug in drugs),
        *(name for drug in drugs for name in drug.texts("otherNames")),
        *(
            mesh.text("term")
            for module in ("conditionBrowseModule", "interventionBrowseModule")
            for mesh in derived.part(module).parts("meshes")
        ),
    ]
    return tuple(dict.fromkeys(each for each in found if each))


def _relations(protocol: Node) -> Iterator[Relation]:
    """Papers on this study's results; background reading is no report of the study."""
    for each in protocol.part("referencesModule").parts("references"):
        pmid = each.text("pmid")
        if pmid.isdecimal() and len(pmid) < 9 and each.text("type") in ("RESULT", "DERIVED"):
            retracted = "; ".join(
                f"retracted: PMID {note.text('pmid')}" for note in each.parts("retractions")
            )
            yield Relation("reports", f"pmid:{int(pmid)}", retracted or None)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _year(text: str) -> int | None:
    found = re.match(r"\d{4}(?=-|$)", text)
    return int(found[0]) if found else None
