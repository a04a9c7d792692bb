"""The sections of a US drug label: openFDA's field names, titles and LOINC codes, from `data/`."""

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import yaml

# LOINC's "SPL unclassified section": a section without a kind of its own.
UNCLASSIFIED: Final = "42229-5"


class Section(NamedTuple):
    """A kind of section, as people call it and as labels code it."""

    title: str
    loinc: str


@cache
def sections() -> dict[str, Section]:
    """By openFDA's field name, in the order of a label."""
    text = files("probatum.sources").joinpath("data/label_sections.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return {name: Section(each["title"], each["loinc"]) for name, each in loaded.items()}


@cache
def titles() -> dict[str, str]:
    """By LOINC code."""
    return {section.loinc: section.title for section in sections().values()}
