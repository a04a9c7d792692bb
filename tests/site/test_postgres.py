"""The site on PostgreSQL: some of the tests that run on SQLite, on a server that this run starts.

All of them run on it with PROBATUM_TEST_DATABASE=postgresql, which takes minutes.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.postgres import CHOSEN

# Of each way to the database one: migrations, triggers, the log from draft to reopening, accounts,
# and the counters and links of signing in.
AGAIN = (
    "test_articles.py::test_an_approved_article_names_who_signed_what_and_when",
    "test_articles.py::test_a_changed_text_or_log_is_shown_as_damage_and_never_as_reviewed",
    "test_articles.py::test_the_database_refuses_to_change_or_delete_what_is_kept",
    "test_articles.py::test_migrations_and_models_say_the_same",
    "test_members.py::test_another_password_ends_the_sessions_of_the_account",
    "test_members.py::test_a_closed_account_is_shut_out_and_its_name_is_not_given_again",
    "test_reviewing.py::test_a_signature_is_given_once_and_approves_this_content",
    "test_reviewing.py::test_an_editor_reopens_what_was_approved",
    "test_reviewing.py::test_a_decision_on_an_older_view_shows_both_and_records_neither_twice",
    "test_writing.py::test_words_that_pass_become_the_claim_and_are_submitted_once",
    "test_second_factor.py::test_a_code_works_once",
    "test_second_factor.py::test_tries_from_one_address_are_limited_whatever_the_account",
    "test_single_sign_on.py::test_an_account_of_the_claimed_name_is_linked_once_and_for_one_person",
)
_OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
HERE = Path(__file__).parent


@pytest.mark.skipif(CHOSEN != "sqlite", reason="this whole run is on PostgreSQL")
def test_the_board_and_its_accounts_work_on_postgresql(postgres: str) -> None:
    inner = subprocess.run(
        [sys.executable, "-m", "pytest", *_OPTIONS, *(str(HERE / each) for each in AGAIN)],
        env={**os.environ, "PROBATUM_TEST_DATABASE": postgres},
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if inner.returncode:
        pytest.fail(inner.stdout[-6000:])
    passed = re.search(r"^(\d+) passed", inner.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) == len(AGAIN)
