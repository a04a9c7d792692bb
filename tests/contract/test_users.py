"""`probatum users`: a password is printed once, and nothing else with it."""

from pathlib import Path

from tests.contract.program import probatum


def test_accounts_are_made_listed_and_closed(tmp_path: Path) -> None:
    library = ("--library", tmp_path / "library")
    made = probatum("users", "add", "ruth", "--printed", "Dr Ruth", "--role", "reviewer", *library)
    assert (made.status, made.err, len(made.out.split())) == (0, "", 1)
    assert len(made.out.strip()) > 20
    assert probatum("users", "roles", "ruth", "--role", "editor", *library).status == 0
    assert probatum("users", "close", "ruth", *library).out == ""
    assert probatum("users", "list", *library).out == "ruth: Dr Ruth; editor (closed)\n"
    again = probatum("users", "password", "ruth", *library)
    assert again.out != made.out


def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path) -> None:
    library = ("--library", tmp_path / "library")
    assert probatum("users", "close", "nobody", *library).refusal == (
        "There is no account 'nobody'."
    )
    assert probatum("users", "list", *library, DATABASE_URL="mysql://u:secret@h/n").refusal == (
        "DATABASE_URL must begin with sqlite:// or postgres://"
    )
    unusable = probatum("users", "list", *library, DATABASE_URL="postgres://u:secret@[::1]:1/n")
    assert unusable.refusal == (
        "The database of accounts and articles cannot be used (ImproperlyConfigured); see "
        "DATABASE_URL, and for PostgreSQL install the extra probatum[postgres]."
    )
