"""ClinicalTrials.gov records, with results."""
