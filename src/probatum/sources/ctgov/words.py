"""ClinicalTrials.gov's codes in words: a reader meets "Active, not recruiting", never the enum."""

# Only where the code without its underscores would read badly; from the API's data model
# (https://clinicaltrials.gov/data-api/about-api/study-data-structure).
_WORDS = {
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "NA": "Not applicable",
    "EARLY_PHASE1": "Early phase 1",
    "PHASE1": "Phase 1",
    "PHASE2": "Phase 2",
    "PHASE3": "Phase 3",
    "PHASE4": "Phase 4",
    "NON_RANDOMIZED": "Non-randomized",
    "CASE_CONTROL": "Case-control",
    "CASE_CROSSOVER": "Case-crossover",
    "NIH": "NIH",
    "OTHER_GOV": "Government outside the US",
    "FED": "US federal agency",
    "INDIV": "Individual",
    "NON_INFERIORITY": "Non-inferiority",
    "NON_INFERIORITY_OR_EQUIVALENCE": "Non-inferiority or equivalence",
    "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY": "Non-inferiority or equivalence",
    "SUPERIORITY_OR_OTHER": "Superiority or other",
    "SUPERIORITY_OR_OTHER_LEGACY": "Superiority or other",
    "ONE_SIDED": "one-sided",
    "TWO_SIDED": "two-sided",
    "CHILD": "Child (under 18)",
    "ADULT": "Adult (18 to 64)",
    "OLDER_ADULT": "Older adult (65 and over)",
}


def words(code: str) -> str:
    """A code as a reader would write it; what is no code stays as it is."""
    if code in _WORDS:
        return _WORDS[code]
    if not code.replace("_", "").isalnum() or code != code.upper():
        return code
    return code.replace("_", " ").capitalize()
