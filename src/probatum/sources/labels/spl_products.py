"""What a drug label says of its products in codes: names, ingredients, form, route, approval."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from probatum.evidence.document import Block
from probatum.sources.layout.cells import rows
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.text import clean

_COLUMNS = ("Product", "Generic name", "Form", "Active ingredients", "Route", "Approval")


@dataclass(frozen=True)
class Product:
    """One product, or one part of a kit."""

    name: str
    generic: str
    form: str
    ingredients: tuple[tuple[str, str], ...]  # name and strength
    route: str
    approval: str
    country: str


def products_of(document: _Element) -> tuple[Product, ...]:
    """The products in the order of the label, each once."""
    found = (
        _product(each)
        for each in document.iter()
        if local_name(each) in ("manufacturedProduct", "manufacturedMedicine", "partProduct")
        and any(local_name(child) == "name" for child in each)
    )
    return tuple(dict.fromkeys(found))


def product_rows(products: tuple[Product, ...], path: tuple[str, ...], code: str) -> list[Block]:
    """One row a product."""
    records = (
        (
            each.name,
            each.generic,
            each.form,
            ", ".join(clean(f"{name} {strength}") for name, strength in each.ingredients),
            each.route,
            each.approval,
        )
        for each in products
    )
    return rows(_COLUMNS, records, path, code)


def names_of(products: tuple[Product, ...]) -> tuple[str, ...]:
    """Brand names, generic names and active ingredients, each once, whatever its capitals."""
    names: dict[str, str] = {}
    for each in products:
        for name in (each.name, each.generic, *(name for name, _ in each.ingredients)):
            if name:
                names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _product(element: _Element) -> Product:
    owner = element.getparent()
    around = [element] if owner is None else [element, owner]
    return Product(
        name=_text(element, "name"),
        generic=next((_text(each, "name") for each in _own(element, "genericMedicine")), ""),
        form=next((each.get("displayName", "") for each in element if _is(each, "formCode")), ""),
        ingredients=tuple(dict.fromkeys(_ingredients(element))),
        route=", ".join(dict.fromkeys(_shown(around, "routeCode"))),
        approval=", ".join(dict.fromkeys(_approvals(around))),
        country=next(_territories(around), ""),
    )


def _ingredients(element: _Element) -> Iterator[tuple[str, str]]:
    """Active ones: class code ACTIB, ACTIM or ACTIR, or an element of that name in old labels."""
    for child in element:
        is_active = _is(child, "activeIngredient") or (
            _is(child, "ingredient") and child.get("classCode", "").startswith("ACT")
        )
        substance = next((each for each in child if local_name(each).endswith("Substance")), None)
        if is_active and substance is not None and (name := _text(substance, "name")):
            yield name, _strength(child)


def _strength(ingredient: _Element) -> str:
    amounts = []
    for name in ("numerator", "denominator"):
        found = next((each for each in ingredient.iter() if _is(each, name)), None)
        value = clean(found.get("value", "")) if found is not None else ""
        unit = clean(found.get("unit", "")) if found is not None else ""
        amounts.append((value, "" if unit == "1" else unit))
    (value, unit), (per, per_unit) = amounts
    strength = f"{value} {unit}".strip()
    if strength and per_unit:
        return f"{strength}/{per_unit}" if per in ("", "1") else f"{strength}/{per} {per_unit}"
    return strength


def _approvals(around: list[_Element]) -> Iterator[str]:
    for approval in _each(around, "approval"):
        number = next((each.get("extension", "") for each in approval if _is(each, "id")), "")
        kind = next((each.get("displayName", "") for each in approval if _is(each, "code")), "")
        if text := clean(number or kind):
            yield text


def _territories(around: list[_Element]) -> Iterator[str]:
    for territory in _each(around, "territory"):
        yield from (each.get("code", "") for each in territory if _is(each, "code"))


def _shown(around: list[_Element], name: str) -> Iterator[str]:
    yield from (clean(shown) for each in _each(around, name) if (shown := each.get("displayName")))


def _each(around: list[_Element], name: str) -> Iterator[_Element]:
    for element in around:
        yield from (each for each in element.iterdescendants() if _is(each, name))


def _own(element: _Element, name: str) -> Iterator[_Element]:
    """Those that are not part of another product inside this one."""
    for child in element:
        if not _is(child, "part"):
            yield from (each for each in child.iter() if _is(each, name))


def _text(element: _Element, name: str) -> str:
    found = next((child for child in element if _is(child, name)), None)
    return text_of(found) if found is not None else ""


def _is(element: _Element, name: str) -> bool:
    return local_name(element) == name
