import pytest

from probatum.evidence.claim import Draft
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from tests.readers.everything import every_draft


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.of([load_pack(folder) for folder in shipped_packs()])


@pytest.fixture(scope="session")
def drafts(library: Library) -> tuple[Draft, ...]:
    return every_draft(library)
