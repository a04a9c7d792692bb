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


def test_a_key_is_printed_once_listed_by_its_beginning_and_ended(tmp_path: Path) -> None:
    library = ("--library", tmp_path / "library")
    probatum("users", "add", "ruth", "--printed", "Dr Ruth", *library)
    none = probatum("users", "key", "ruth", *library).refusal
    assert none == "The key needs a scope: ask, audit, read, write, review."
    assert probatum("users", "key", "nobody", "--scope", "ask", *library).refusal == (
        "There is no account 'nobody'."
    )
    made = probatum(
        "users", "key", "ruth", "--scope", "ask", "--scope", "read", "--name", "Night job", *library
    )
    assert (made.status, made.err) == (0, "")
    mark, prefix, secret = made.out.strip().split("_", 2)
    assert (mark, len(prefix), len(secret)) == ("probatum", 8, 43)
    listed = probatum("users", "keys", "ruth", *library).out
    assert listed.startswith(f"{prefix}: ruth, Night job; ask, read; until 2")
    assert listed.endswith(", last used never\n")
    assert secret not in listed
    assert probatum("users", "revoke", prefix, *library).out == ""
    assert probatum("users", "keys", *library).out.endswith("last used never (ended)\n")
    assert probatum("users", "revoke", "00000000", *library).refusal == (
        "There is no key with this prefix."
    )
