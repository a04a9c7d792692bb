"""Composition and EvidenceReport: sections with their narrative and what they refer to."""

from collections.abc import Callable, Iterator

from probatum.evidence.document import Block
from probatum.sources.fhir.elements import concept, concepts, quantity, reference
from probatum.sources.fhir.narrative import narrative
from probatum.sources.json.node import Node
from probatum.sources.json.node import within as nested

_DEEPEST = 40

# How a resource contained in the composition is read: its kind and itself.
Contained = Callable[[str, Node], Iterator[Block]]


def composition(resource: Node, contained: Contained) -> Iterator[Block]:
    """Every section in order. A section's narrative is its text, so it always counts; the
    resources it refers to are named, and read where the composition contains them."""
    within = {each.text("id"): each for each in resource.parts("contained") if each.text("id")}
    subjects = resource.parts("subject")
    for each in (one for subject in subjects for one in subject.parts("characteristic")):
        words = ": ".join(
            filter(None, (concept(each.part("code")), quantity(each.part("valueQuantity"))))
        )
        if words:
            yield Block(words, "item", ("Subject",))
    read: set[str] = set()
    for section in resource.parts("section"):
        yield from _section(section, within, contained, (), read, 0)


def _section(
    section: Node,
    within: dict[str, Node],
    contained: Contained,
    path: tuple[str, ...],
    read: set[str],
    depth: int,
) -> Iterator[Block]:
    title = section.text("title") or concept(section.part("code"))
    title = title or concepts(section, "focus") or reference(section.part("focusReference"))
    here = (*path, title) if title else path
    code = next((each.text("code") for each in section.part("code").parts("coding")), "") or None
    text = section.part("text")
    if text.text("status") != "empty":
        for block in narrative(text.raw("div"), here):
            yield Block(block.text, block.kind, block.headings, columns=block.columns, code=code)
    focus = reference(section.part("focus"))
    if focus and focus not in (title or ""):
        yield Block(f"About: {focus}", "item", here, code=code)
    for entry in (*section.parts("entry"), *section.parts("entryReference")):
        address = entry.text("reference")
        name = reference(entry)
        if name:
            yield Block(name, "item", here, code=code)
        found = within.get(address.removeprefix("#")) if address.startswith("#") else None
        if found is not None and address not in read:
            read.add(address)
            own = name or found.text("title")
            inner = (*here, own) if own else here
            for block in contained(found.text("resourceType"), found):
                yield Block(
                    block.text,
                    block.kind,
                    (*inner, *block.headings),
                    None,
                    block.columns,
                    block.code,
                )
    for each in section.parts("entryQuantity"):
        if words := quantity(each):
            yield Block(words, "item", here, code=code)
    for inner_section in nested(section.parts("section"), depth, _DEEPEST, "sections"):
        yield from _section(inner_section, within, contained, here, read, depth + 1)
