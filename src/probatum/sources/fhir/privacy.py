"""Which FHIR resources may hold a patient's data, and are therefore never taken in.

The same format carries guidelines and medical records. A library of evidence that took in a
patient's composition because it looked like a report would quote that patient to strangers; so
everything that can be about a person is refused, and what may be either is refused unless it
shows that it is not.
"""

from probatum.sources.json.node import Node

# Kinds that carry text for citing, in R4, R4B, R5 or the drafts of R6.
KNOWLEDGE = frozenset(
    (
        "ActivityDefinition",
        "ArtifactAssessment",
        "Citation",
        "Composition",
        "DocumentReference",
        "EffectEvidenceSynthesis",
        "Evidence",
        "EvidenceReport",
        "EvidenceVariable",
        "Group",
        "Library",
        "Measure",
        "PlanDefinition",
        "PublicationRecord",
        "ResearchDefinition",
        "ResearchElementDefinition",
        "ResearchStudy",
        "RiskEvidenceSynthesis",
    )
)
# Kinds about machines, codes and forms: no patient, and nothing to cite either. A questionnaire
# asks and states nothing.
TECHNICAL = frozenset(
    (
        "Bundle",
        "CapabilityStatement",
        "CodeSystem",
        "ConceptMap",
        "DeviceDefinition",
        "Endpoint",
        "ImplementationGuide",
        "List",
        "Medication",
        "MedicationKnowledge",
        "MessageDefinition",
        "NamingSystem",
        "OperationDefinition",
        "OperationOutcome",
        "Parameters",
        "Questionnaire",
        "SearchParameter",
        "StructureDefinition",
        "StructureMap",
        "Substance",
        "SubstanceDefinition",
        "TestScript",
        "ValueSet",
    )
)
# Whom a composition or document may be about without being a medical record.
_SUBJECTS = frozenset(
    (*KNOWLEDGE, "Medication", "MedicationKnowledge", "Substance", "SubstanceDefinition", "Device")
)
# Who wrote or runs a study, named in a section of a report about it.
_STAFF = frozenset(("Practitioner", "PractitionerRole", "Organization"))
_PEOPLE = frozenset(("Patient", "Person", "RelatedPerson", "Encounter", "EpisodeOfCare"))
_DETAILS = ("encounter", "context", "event", "attester")


def about_a_patient(kind: str, resource: Node, beside: frozenset[str]) -> bool:
    """Whether a resource of a knowledge kind may still be about a patient; `beside` are the kinds
    of its bundle."""
    contained = {each.text("resourceType") for each in resource.parts("contained")}
    if contained & _PEOPLE:
        return True
    if kind == "Group":
        members = "member" in resource or resource.text("actual") == "yes"
        return members or (beside & _PEOPLE) != frozenset()
    if kind not in ("Composition", "DocumentReference"):
        return False
    if beside & _PEOPLE or any(_kept(resource, key) for key in _DETAILS):
        return True
    if any(_kind_of(each, resource) not in _SUBJECTS for each in resource.parts("subject")):
        return True
    if not resource.parts("subject") and not _says_it_is_a_work(kind, resource):
        return True
    return any(
        _kind_of(entry, resource) not in _SUBJECTS | TECHNICAL | _STAFF
        for entry in _entries(resource, 0)
        if entry.text("reference")
    )


def _says_it_is_a_work(kind: str, resource: Node) -> bool:
    """A canonical address, or a type outside LOINC, whose document codes are mostly clinical
    notes; records of patients have neither."""
    if kind == "Composition" and resource.text("url"):
        return True
    said = resource.part("type")
    systems = [coding.text("system").rstrip("/") for coding in said.parts("coding")]
    if "http://loinc.org" in systems:
        return False
    return bool(systems) or bool(said.text("text"))


def _kept(resource: Node, key: str) -> bool:
    """Whether a member is there that medical records have; R5's event may be empty."""
    if key == "context":
        context = resource.parts(key)
        return any(set(each.names()) & {"encounter", "sourcePatientInfo"} for each in context)
    if key == "attester":
        return any(
            "party" in each and "Patient" in each.part("party").text("reference")
            for each in resource.parts(key)
        )
    return key in resource


def _kind_of(node: Node, resource: Node) -> str:
    """The kind a reference points to, as far as it tells; unknown is no permission."""
    said = node.text("type").rpartition("/")[2]
    address = node.text("reference")
    if address.startswith("#"):
        for each in resource.parts("contained"):
            if each.text("id") == address[1:]:
                return each.text("resourceType")
    steps = address.split("|")[0].split("/_history/")[0].split("/")
    found = steps[-2] if len(steps) > 1 else ""
    return found or said


def _entries(node: Node, depth: int) -> list[Node]:
    found = []
    for section in node.parts("section") if depth < 50 else []:
        found.extend(section.parts("entry"))
        found.extend(section.parts("focus"))
        found.extend(_entries(section, depth + 1))
    return found
