"""The live services: where each one is, how often it may be asked, how a request says who asks."""

from dataclasses import dataclass, replace
from typing import Final

from probatum import __version__
from probatum.sources.live.settings import LiveSettings

TOOL: Final = "probatum"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `spacing` is the least time between two requests, in seconds.

    `own` is the service's own host; otherwise it is an address that the operator set, which may lie
    inside the operator's network.
    """

    id: str
    title: str
    base: str
    spacing: float
    own: bool = True


_SERVICES: Final = (
    # Three requests a second, ten with a key: NCBI Bookshelf NBK25497, "Usage Guidelines".
    Service("ncbi", "PubMed", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils", 0.34),
    # No figure is published; a few a second is how its own clients ask.
    Service("europepmc", "Europe PMC", "https://www.ebi.ac.uk/europepmc/webservices/rest", 0.25),
    # Its robots.txt asks for a second between requests under /api.
    Service("trials", "ClinicalTrials.gov", "https://clinicaltrials.gov/api/v2", 1.0),
    # 240 a minute; 1,000 a day without a key, 120,000 with one: open.fda.gov/apis/authentication.
    Service("openfda", "openFDA", "https://api.fda.gov", 0.25),
    # No figure is published.
    Service("dailymed", "DailyMed", "https://dailymed.nlm.nih.gov/dailymed/services/v2", 0.25),
    # 20 a second for each address: lhncbc.nlm.nih.gov/RxNav/TermsofService.html; half of it.
    Service("rxnorm", "RxNorm", "https://rxnav.nlm.nih.gov/REST", 0.1),
    # A public bucket of Amazon's open data, without a published figure.
    Service("pmc", "PubMed Central", "https://pmc-oa-opendata.s3.amazonaws.com", 0.1),
    # Single records five times a second for everybody since December 2025; the headers
    # X-Rate-Limit-Limit and -Interval of each answer are kept to as well.
    Service("crossref", "Crossref", "https://api.crossref.org", 0.2),
)
_BY_ID: Final = {service.id: service for service in _SERVICES}
# The same page of NCBI, with a key; rounded up.
_NCBI_WITH_KEY: Final = 0.11


def service(id: str, settings: LiveSettings) -> Service:
    """A service as this installation asks it."""
    found = _BY_ID[id]
    if id == "ncbi" and settings.ncbi_key:
        found = replace(found, spacing=_NCBI_WITH_KEY)
    if address := settings.addresses.get(id):
        found = replace(found, base=address, own=False)
    return found


def identification(id: str, settings: LiveSettings) -> tuple[tuple[str, str], ...]:
    """The parameters by which a service wants to know who asks. They may hold a key."""
    contact = settings.contact
    given: tuple[tuple[str, str | None], ...] = ()
    if id == "ncbi":
        given = (("tool", TOOL), ("email", contact), ("api_key", settings.ncbi_key))
    elif id == "crossref":
        given = (("mailto", contact),)
    elif id == "europepmc":
        given = (("email", contact),)
    elif id == "openfda":
        given = (("api_key", settings.openfda_key),)
    return tuple((name, value) for name, value in given if value)


def agent(settings: LiveSettings) -> str:
    """The User-Agent of every request."""
    contact = f"; mailto:{settings.contact}" if settings.contact else ""
    return f"{TOOL}/{__version__} (clinical evidence look-up{contact})"
