"""The terms of schema.org that the articles use: each property's domains, and each type's parents.

As schema.org defines them (schema.org/docs/full.html); only what is used is listed, so a
term that is not here is either new or misspelt.
"""

from typing import Any

PARENTS: dict[str, tuple[str, ...]] = {
    "Thing": (),
    "CreativeWork": ("Thing",),
    "WebPage": ("CreativeWork",),
    "MedicalWebPage": ("WebPage",),
    "Article": ("CreativeWork",),
    "ScholarlyArticle": ("Article",),
    "MedicalScholarlyArticle": ("ScholarlyArticle",),
    "MedicalCondition": ("Thing",),
    "Audience": ("Thing",),
    "PeopleAudience": ("Audience",),
    "MedicalAudience": ("Audience", "PeopleAudience"),
    "Organization": ("Thing",),
    "Person": ("Thing",),
    "PropertyValue": ("Thing",),
}
# Property: the types that may have it, and the types of its values ("Text" for any string).
PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("Thing",), ("Text",)),
    "url": (("Thing",), ("Text",)),
    "identifier": (("Thing",), ("PropertyValue", "Text")),
    "about": (("CreativeWork",), ("Thing",)),
    "author": (("CreativeWork",), ("Person", "Organization")),
    "citation": (("CreativeWork",), ("CreativeWork", "Text")),
    "creativeWorkStatus": (("CreativeWork",), ("Text",)),
    "dateCreated": (("CreativeWork",), ("Text",)),
    "datePublished": (("CreativeWork",), ("Text",)),
    "headline": (("CreativeWork",), ("Text",)),
    "inLanguage": (("CreativeWork",), ("Text",)),
    "mainEntity": (("CreativeWork",), ("Thing",)),
    "publisher": (("CreativeWork",), ("Person", "Organization")),
    "version": (("CreativeWork",), ("Text",)),
    "lastReviewed": (("WebPage",), ("Text",)),
    "reviewedBy": (("WebPage",), ("Person", "Organization")),
    "medicalAudience": (("MedicalWebPage",), ("MedicalAudience",)),
    "audienceType": (("Audience",), ("Text",)),
    "propertyID": (("PropertyValue",), ("Text",)),
    "value": (("PropertyValue",), ("Text",)),
}


def kinds(name: str) -> set[str]:
    """A type and everything that it is a kind of."""
    return {name, *(each for parent in PARENTS[name] for each in kinds(parent))}


def faults(node: dict[str, Any]) -> list[str]:
    """What is wrong with an object and all below it."""
    own = kinds(node["@type"])
    found = []
    for key, given in node.items():
        if key.startswith("@"):
            continue
        if key not in PROPERTIES:
            found.append(f"{key} is no known property")
            continue
        domains, ranges = PROPERTIES[key]
        if not own & set(domains):
            found.append(f"{node['@type']} has no {key}")
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, dict):
                found += faults(value)
                if not kinds(value["@type"]) & set(ranges):
                    found.append(f"{key} is no {value['@type']}")
            elif "Text" not in ranges or not isinstance(value, str) or not value:
                found.append(f"{key} is no {value!r}")
    return found
