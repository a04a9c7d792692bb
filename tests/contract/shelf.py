"""Small documents of a made-up field, and a library that holds them."""

import json
from pathlib import Path

from tests.contract.program import Ran, probatum

GUIDELINE = """---
title: Guideline on blue knee
year: 2024
type: guideline
body: Made-Up Knee Society
licence: CC BY 4.0
---

# Dose

The usual dose of fictivir for blue knee is 20 mg once daily.

# Safety

Stop fictivir if venous thromboembolism (VTE) occurs.
"""
TRIAL = """---
title: Fictivir or rest cure for blue knee
year: 2020
type: randomized_trial
---

Fictivir or a rest cure was given to 200 adults with blue knee.
"""
REVIEW = """---
title: Cemiplimab in practice
year: 2022
type: narrative_review
---

Cemiplimab was studied in cervical cancer.
"""
COLLECTION = (
    {"_id": "MED-1", "title": "Rest", "text": "A rest cure does not help in blue knee."},
    {"_id": "x/2", "title": "Plums", "text": "Plums grow on trees in orchards."},
)
FILES = {
    "knee.md": GUIDELINE,
    "trial.md": TRIAL,
    "review.md": REVIEW,
    "corpus.jsonl": "".join(json.dumps(line) + "\n" for line in COLLECTION),
}
KNEE = "file:knee.md@2024"
PATIENT = '{"resourceType": "Patient", "id": "p1", "name": [{"family": "Someone"}]}'


def written(folder: Path, **files: str) -> Path:
    """A folder with these files; a name's double underscore stands for its dot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def shelf_of(place: Path) -> Path:
    """The folder of a library with all of `FILES`."""
    papers = written(place / "papers", **FILES)
    added = probatum("add", papers, "--library", place / "library")
    assert (added.status, added.err) == (0, ""), added
    return place / "library"


def one_document(ran: Ran) -> object:
    """What a run printed as JSON, which must be one document and nothing else."""
    assert (ran.status, ran.err) == (0, ""), ran
    return json.loads(ran.out)
