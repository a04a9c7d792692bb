from typing import get_args

import pytest

from probatum.evidence.answer import ReaderName, SectionKind
from probatum.readers.profiles import profile


@pytest.mark.parametrize("reader", ReaderName)
def test_each_reader_has_a_title_for_every_kind_of_section(reader: ReaderName) -> None:
    assert set(profile(reader).sections) == set(get_args(SectionKind))


def test_all_readers_have_the_same_labels() -> None:
    assert len({frozenset(profile(reader).labels) for reader in ReaderName}) == 1


def test_only_the_patient_has_a_target_grade() -> None:
    assert [profile(reader).target_grade for reader in ReaderName] == [None, None, 8]


def test_the_patients_notice_names_the_care_team_and_the_emergency_number() -> None:
    notice = profile(ReaderName.PATIENT).notice
    assert ("care team" in notice, "emergency number" in notice) == (True, True)
