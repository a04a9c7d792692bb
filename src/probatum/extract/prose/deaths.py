"""What death means where a result names it: of any cause, of one disease, or overall survival.

"Mortality" of people treated for cancer is overall survival; among people screened or observed it
is mortality, and after a result on one disease it is of that disease.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from probatum.extract.prose.carried import Carried
from probatum.extract.prose.endpoint_names import Mention
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.text import Prose

_CANCER: Final = re.compile(
    r"cancer|carcinoma|tumou?r|leuk[ae]+mia|lymphoma|myeloma|sarcoma|melanoma|glioma|blastoma"
    r"|chemotherap|oncolog|metasta",
    re.IGNORECASE,
)
# Death from "the disease" is death from the one that the text last spoke of.
_OF_THE_DISEASE: Final = frozenset(
    {"disease-specific mortality", "disease-related mortality", "disease mortality",
     "cause-specific mortality", "cancer mortality"}
)  # fmt: skip
# Outcomes without a name are those of the disease that the text last spoke of.
_OUTCOMES: Final = frozenset({"measured outcomes", "all outcomes", "clinical outcomes"})
_SURVIVAL: Final = re.compile(r"\bsurvival\b|\b(?:OS|PFS|DFS|EFS)\b")
_PREVENTION: Final = re.compile(r"\b(?:screen|prevent|incidence)", re.IGNORECASE)


def resolved(
    ready: Prose, chosen: Chosen | None, named: list[Mention], state: Carried
) -> Chosen | None:
    """Death among people treated for cancer is overall survival; elsewhere it is mortality."""
    if chosen is None:
        return None
    for mention in named:
        if not mention.weak and mention.name.endswith((" incidence", " mortality")):
            state.disease = mention.name.rpartition(" ")[0]
    if chosen.name in _OUTCOMES and state.disease is not None:
        return replace(chosen, name=f"{state.disease} outcomes")
    if chosen.weak and chosen.name == "all-cause mortality" and _on_mortality(state):
        return state.chosen
    if chosen.name in _OF_THE_DISEASE and state.disease is not None:
        return replace(chosen, name=f"{state.disease} mortality")
    for ending in (" incidence", " mortality"):
        if chosen.name.endswith(ending) and chosen.name not in _OF_THE_DISEASE:
            state.disease = chosen.name.removesuffix(ending)
    if chosen.name != "mortality":
        return chosen
    if _of_treatment(ready.plain):
        return replace(chosen, name="overall survival", more_is_good=True, hazard=True)
    return chosen


@lru_cache(maxsize=4)
def _of_treatment(text: str) -> bool:
    """Whether a text is about people treated for cancer; read once a text, not once a result."""
    treated = _CANCER.search(text) or _SURVIVAL.search(text)
    return treated is not None and _PREVENTION.search(text) is None


def _on_mortality(state: Carried) -> bool:
    """Whether the text speaks of death from one disease, so that "mortality" is of that."""
    last = state.chosen.name if state.chosen is not None else ""
    return last.endswith(" mortality") and not last.startswith("all-cause")
