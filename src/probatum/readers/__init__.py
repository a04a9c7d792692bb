"""Readers: the same claims and anchors in words for a clinician, a trainee or a patient."""
