"""Facts about one patient, read from a FHIR Bundle, from a few lines of YAML or from a form."""
