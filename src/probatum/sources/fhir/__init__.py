"""FHIR resources that hold text or evidence."""
