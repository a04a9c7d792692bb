"""What a registered study set out to do: its design, arms, outcomes and who may take part.

Sites are counted by country and people to contact are left out: neither is evidence, and the names
and telephone numbers of study staff have no place in a library of evidence.
"""

from collections import Counter
from collections.abc import Iterator

from probatum.evidence.document import Block, BlockKind
from probatum.sources.ctgov.words import words
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import pieces
from probatum.sources.works.eligibility import criteria


def prose(text: str, headings: tuple[str, ...]) -> Iterator[Block]:
    """A long text field as paragraphs and items."""
    for kind, piece in pieces(text):
        yield Block(piece, kind, headings)


def fact(name: str, value: str, headings: tuple[str, ...], kind: BlockKind = "item") -> list[Block]:
    """ "Allocation: Randomized", where there is a value."""
    return [Block(f"{name}: {value}", kind, headings)] if value else []


def design(protocol: Node) -> Iterator[Block]:
    """What kind of study it is, how large and how far."""
    here = ("Design",)
    module = protocol.part("designModule")
    info = module.part("designInfo")
    yield from fact("Study type", words(module.text("studyType")), here)
    yield from fact("Phase", "/".join(words(each) for each in module.texts("phases")), here)
    for name, key in (
        ("Allocation", "allocation"),
        ("Intervention model", "interventionModel"),
        ("Intervention model description", "interventionModelDescription"),
        ("Primary purpose", "primaryPurpose"),
        ("Observational model", "observationalModel"),
        ("Time perspective", "timePerspective"),
    ):
        yield from fact(name, words(info.text(key)), here)
    masking = info.part("maskingInfo")
    who = ", ".join(words(each).lower() for each in masking.texts("whoMasked"))
    masked = words(masking.text("masking"))
    yield from fact("Masking", f"{masked} ({who})" if masked and who else masked or who, here)
    yield from fact("Masking description", masking.text("maskingDescription"), here)
    enrolment = module.part("enrollmentInfo")
    yield from fact("Enrolment", _typed(enrolment, "count"), here)
    yield from fact("Target follow-up", module.text("targetDuration"), here)
    yield from fact("Patient registry", module.text("patientRegistry"), here)
    expanded = ", ".join(words(each) for each in module.part("expandedAccessTypes").names())
    yield from fact("Expanded access", expanded, here)
    sample = module.part("bioSpec")
    kept = (words(sample.text("retention")), sample.text("description"))
    yield from fact("Biospecimens", ": ".join(each for each in kept if each), here)


def status(protocol: Node) -> Iterator[Block]:
    """Where the study stands, and since when."""
    here = ("Status",)
    module = protocol.part("statusModule")
    yield from fact("Overall status", words(module.text("overallStatus")), here)
    yield from fact("Last known status", words(module.text("lastKnownStatus")), here)
    yield from fact("Why stopped", module.text("whyStopped"), here)
    for name, key in (
        ("Start", "startDateStruct"),
        ("Primary completion", "primaryCompletionDateStruct"),
        ("Completion", "completionDateStruct"),
    ):
        yield from fact(name, _typed(module.part(key), "date"), here)
    for name, key in (
        ("First posted", "studyFirstPostDateStruct"),
        ("Results first posted", "resultsFirstPostDateStruct"),
        ("Last update posted", "lastUpdatePostDateStruct"),
    ):
        yield from fact(name, module.part(key).text("date"), here)
    yield from fact("Status verified", module.text("statusVerifiedDate"), here)


def sponsor(protocol: Node) -> Iterator[Block]:
    """Who runs and pays for the study."""
    here = ("Sponsor",)
    module = protocol.part("sponsorCollaboratorsModule")
    lead = module.part("leadSponsor")
    kind = words(lead.text("class"))
    name = lead.text("name")
    yield from fact("Lead sponsor", f"{name} ({kind})" if name and kind else name, here)
    others = "; ".join(each.text("name") for each in module.parts("collaborators"))
    yield from fact("Collaborators", others, here)


def arms(protocol: Node) -> Iterator[Block]:
    """Each arm with what it gets, then each intervention with its doses."""
    here = ("Arms and interventions",)
    module = protocol.part("armsInterventionsModule")
    for arm in module.parts("armGroups"):
        kind = words(arm.text("type"))
        given = "; ".join(arm.texts("interventionNames"))
        yield from _entry(
            arm.text("label"), kind, arm.raw("description"), [("Interventions", given)], here
        )
    for drug in module.parts("interventions"):
        notes = [
            ("Other names", "; ".join(drug.texts("otherNames"))),
            ("Arms", "; ".join(drug.texts("armGroupLabels"))),
        ]
        kind = words(drug.text("type"))
        yield from _entry(drug.text("name"), kind, drug.raw("description"), notes, here)


def outcomes(protocol: Node) -> Iterator[Block]:
    """What was to be measured and when; the results stand under their own heading."""
    module = protocol.part("outcomesModule")
    for key, heading in (
        ("primaryOutcomes", "Primary outcomes"),
        ("secondaryOutcomes", "Secondary outcomes"),
        ("otherOutcomes", "Other outcomes"),
    ):
        for outcome in module.parts(key):
            frame = outcome.text("timeFrame")
            yield from _entry(
                outcome.text("measure"),
                "",
                outcome.raw("description"),
                [("Time frame", frame)],
                (heading,),
            )


def eligibility(protocol: Node) -> Iterator[Block]:
    """Who may take part."""
    here = ("Eligibility",)
    module = protocol.part("eligibilityModule")
    for name, key in (
        ("Minimum age", "minimumAge"),
        ("Maximum age", "maximumAge"),
        ("Sex", "sex"),
        ("Gender", "genderDescription"),
        ("Healthy volunteers", "healthyVolunteers"),
        ("Sampling method", "samplingMethod"),
    ):
        yield from fact(name, words(module.text(key)), here)
    ages = ", ".join(words(each) for each in module.texts("stdAges"))
    yield from fact("Age groups", ages, here)
    for kind, piece in pieces(module.raw("studyPopulation")):
        yield Block(piece, kind, (*here, "Study population"))
    yield from criteria(module.raw("eligibilityCriteria"))


def locations(protocol: Node) -> Iterator[Block]:
    """How many sites there are in which countries."""
    sites = protocol.part("contactsLocationsModule").parts("locations")
    countries = Counter(site.text("country") or "country not given" for site in sites)
    if not countries:
        return
    many = "; ".join(f"{name} ({count})" for name, count in countries.most_common())
    yield Block(f"Sites by country: {many}", "item", ("Locations",))


def references(protocol: Node) -> Iterator[Block]:
    """The publications that the record names, each with what it is to the study."""
    here = ("References",)
    module = protocol.part("referencesModule")
    for each in module.parts("references"):
        pmid, kind = each.text("pmid"), words(each.text("type"))
        cited = " ".join(filter(None, (each.text("citation"), f"PMID {pmid}" if pmid else "")))
        yield from fact(kind or "Reference", cited, here)
    for link in module.parts("seeAlsoLinks"):
        yield from fact(link.text("label") or "See also", link.text("url"), here)
    sharing = protocol.part("ipdSharingStatementModule")
    yield from fact("Sharing of participants' data", words(sharing.text("ipdSharing")), here)
    yield from prose(sharing.raw("description"), (*here, "Sharing of participants' data"))


def _typed(node: Node, key: str) -> str:
    """A date or count with the registry's word for whether it is expected or has happened."""
    value, kind = node.text(key), words(node.text("type")).lower()
    return f"{value} ({kind})" if value and kind else value


def _entry(
    name: str, kind: str, description: str, notes: list[tuple[str, str]], here: tuple[str, ...]
) -> Iterator[Block]:
    """A named thing: its name and notes in one block, its description below its name."""
    title = f"{name} ({kind})" if name and kind else name or kind
    said = [f"{label}: {value}" for label, value in notes if value]
    path = (*here, name) if name else here
    described = pieces(description)
    if title or said:
        yield Block(". ".join(filter(None, (title, *said))), "item", path)
    for piece_kind, piece in described:
        yield Block(piece, piece_kind, path)
