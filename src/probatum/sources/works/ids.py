"""Identifiers as they came, made into those that the evidence model accepts."""

import re
from typing import Final

from probatum.evidence.source import Identifiers

_PMID: Final = re.compile(r"0*(\d{1,8})")
_PMCID: Final = re.compile(r"(?:PMC)?(\d+)(?:\.\d+)?", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\S+)", re.IGNORECASE)


def identifiers_of(pmid: str, pmcid: str, doi: str) -> Identifiers:
    """The identifiers that are sound; a broken DOI or PMC number is kept as `other`."""
    found_pmid = _PMID.fullmatch(pmid) if pmid else None
    found_pmc = _PMCID.fullmatch(pmcid) if pmcid else None
    found_doi = _DOI.fullmatch(doi) if doi else None
    broken = [text for text, found in ((pmcid, found_pmc), (doi, found_doi)) if text and not found]
    return Identifiers(
        pmid=found_pmid[1] if found_pmid else None,
        pmcid=f"PMC{found_pmc[1]}" if found_pmc else None,
        doi=found_doi[1] if found_doi else None,
        other="; ".join(broken) or None,
    )


def source_id(ids: Identifiers) -> str | None:
    """The work's id by the strongest identifier, if it has one."""
    if ids.pmid:
        return f"pmid:{ids.pmid}"
    if ids.pmcid:
        return f"pmcid:{ids.pmcid}"
    return f"doi:{ids.doi}" if ids.doi else None
