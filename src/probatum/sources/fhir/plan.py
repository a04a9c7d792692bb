"""PlanDefinition and ActivityDefinition: what to do for whom, in the order of the plan."""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.fhir.elements import amount, concept, concepts, expression, reference
from probatum.sources.fhir.prose import extensions, prose
from probatum.sources.fhir.relations import cited
from probatum.sources.json.node import Node
from probatum.sources.json.node import within as nested

# Actions inside actions; an order set has four or five levels.
_DEEPEST = 40
_CHOICES = {
    "any": "any of these",
    "all": "all of these",
    "all-or-none": "all of these or none",
    "exactly-one": "exactly one of these",
    "at-most-one": "at most one of these",
    "one-or-more": "one or more of these",
}


def plan(resource: Node) -> Iterator[Block]:
    """Goals, then the actions with their conditions."""
    about = concept(resource.part("subjectCodeableConcept")) or reference(
        resource.part("subjectReference")
    )
    if about:
        yield Block(f"For: {about}", "item", ("Subject",))
    for goal in resource.parts("goal"):
        words = ": ".join(
            filter(None, (concepts(goal, "category"), concept(goal.part("description"))))
        )
        if words:
            yield Block(words, "item", ("Goals",))
    within = {each.text("id"): each for each in resource.parts("contained") if each.text("id")}
    for action in resource.parts("action"):
        yield from _action(action, within, ("Actions",), 0)


def activity(resource: Node, here: tuple[str, ...] = ()) -> Iterator[Block]:
    """What is to be done or given, with its dose."""
    path = (*here, "Activity")
    for name, value in (
        ("Activity", concept(resource.part("code"))),
        ("Product", amount(resource, "product")),
        ("Quantity", _quantity(resource)),
        ("Body site", concepts(resource, "bodySite")),
        ("Do not perform", "yes" if resource.text("doNotPerform") == "yes" else ""),
    ):
        if value:
            yield Block(f"{name}: {value}", "item", path)
    for key in ("dosage", "dosageInstruction"):
        for dose in resource.parts(key):
            if words := _dosage(dose):
                yield Block(f"Dosage: {words}", "item", path)


def _quantity(resource: Node) -> str:
    part = resource.part("quantity")
    return " ".join(filter(None, (part.text("value"), part.text("unit"))))


def _dosage(dose: Node) -> str:
    """The dosage's own words; where it has none, its parts."""
    said = [dose.text("text"), *dose.texts("patientInstruction")]
    if not said[0]:
        timing = dose.part("timing")
        repeat = timing.part("repeat")
        often = concept(timing.part("code"))
        if not often and repeat.text("frequency") and repeat.text("period"):
            often = (
                f"{repeat.text('frequency')} times every"
                f" {repeat.text('period')} {repeat.text('periodUnit')}"
            )
        rates = [amount(each, "dose") or amount(each, "rate") for each in dose.parts("doseAndRate")]
        given = amount(dose, "dose")
        said = [*rates, given, often, concept(dose.part("route")), *said]
    return "; ".join(filter(None, said))


def _action(
    action: Node, within: dict[str, Node], path: tuple[str, ...], depth: int
) -> Iterator[Block]:
    """An action's texts under its title, then the actions inside it."""
    title = action.text("title") or action.text("prefix")
    here = (*path, title) if title else path
    before = len(here)
    if title:
        yield Block(title, "item", here)
    for key in ("description", "textEquivalent"):
        yield from prose(action.raw(key), here)
    for condition in action.parts("condition"):
        part = condition.part("expression") if not condition.is_text("expression") else condition
        if words := expression(part):
            kind = condition.text("kind") or "condition"
            yield Block(f"{kind.capitalize()}: {words}", "item", here)
    for name, value in (
        ("Code", concepts(action, "code")),
        ("Reason", concepts(action, "reason")),
        ("Priority", action.text("priority")),
        ("Timing", amount(action, "timing")),
    ):
        if value:
            yield Block(f"{name}: {value}", "item", here)
    for each in action.parts("documentation"):
        if words := cited(each):
            yield Block(f"Documentation: {words}", "item", here)
    yield from extensions(action, here)
    yield from _definition(action, within, here)
    inner = action.parts("action")
    choice = _CHOICES.get(action.text("selectionBehavior"), "")
    if choice and inner:
        yield Block(f"Choose {choice}", "item", here)
    for each in nested(inner, depth, _DEEPEST, "actions"):
        yield from _action(each, within, here[:before], depth + 1)


def _definition(action: Node, within: dict[str, Node], here: tuple[str, ...]) -> Iterator[Block]:
    """What an action carries out, where the resource itself contains it."""
    address = action.text("definitionCanonical") or action.text("definitionUri")
    address = address or action.part("definition").text("reference")
    found = within.get(address.removeprefix("#")) if address.startswith("#") else None
    if found is not None and found.text("resourceType") == "ActivityDefinition":
        title = found.text("title")
        path = (*here, title) if title and title not in here else here
        yield from prose(found.raw("description"), path)
        product = within.get(found.part("productReference").text("reference").removeprefix("#"))
        if product is not None and (name := concept(product.part("code"))):
            yield Block(f"Product: {name}", "item", path)
        yield from activity(found, path)
