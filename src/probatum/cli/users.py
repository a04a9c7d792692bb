"""`probatum users`: the accounts of those who write and review, and a demonstration."""

import os
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.review.people import Role

app = typer.Typer(help="Accounts of authors and reviewers, for the site.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the account, as it is typed to sign in.")]
Roles = Annotated[
    list[Role] | None,
    typer.Option(
        "--role",
        help="A role: author, reviewer, editor or administrator. Give it again for another.",
        show_default=False,
    ),
]


def _ready(library: Path | None) -> None:
    """Django, with its database brought up to this version."""
    from probatum.site.server import prepare

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    if library is not None:
        os.environ["PROBATUM_LIBRARY"] = str(library)
    prepare()


@app.command("add")
def add(
    name: Name,
    printed: Annotated[str, typer.Option(help="The name that a signature prints.")],
    role: Roles = None,
    password: Annotated[
        bool,
        typer.Option(
            help="Whether it has a password, or its owner signs in by single sign-on only."
        ),
    ] = True,
    library: LibraryFolder = None,
) -> int:
    """Make an account and print its password, this once; its owner chooses another at /account/."""
    _ready(library)
    from probatum.site.board import members

    made = members.add(name, printed, role or (), password)
    typer.echo(made or f"{name} has no password: see probatum users link.")
    return 0


@app.command("list")
def list_(library: LibraryFolder = None) -> int:
    """Every account with its printed name and roles."""
    _ready(library)
    from probatum.site.board import members

    for member in members.members():
        roles = ", ".join(member.roles) or "no role"
        notes = [
            note
            for note, applies in (
                ("closed", not member.open),
                ("no password", not member.password),
                ("second factor", member.second_factor),
                ("single sign-on", member.linked),
            )
            if applies
        ]
        shown = f" ({', '.join(notes)})" if notes else ""
        typer.echo(f"{member.name}: {member.printed}; {roles}{shown}")
    return 0


@app.command("roles")
def roles(name: Name, role: Roles = None, library: LibraryFolder = None) -> int:
    """Give an account exactly these roles; without any, it keeps none."""
    _ready(library)
    from probatum.site.board import members

    members.give(name, role or ())
    return 0


@app.command("password")
def password(name: Name, library: LibraryFolder = None) -> int:
    """Give an account another password and print it, this once; its sessions end."""
    _ready(library)
    from probatum.site.board import members

    typer.echo(members.new_password(name))
    return 0


@app.command("reset-second-factor")
def reset_second_factor(name: Name, library: LibraryFolder = None) -> int:
    """Take an account's second factor and recovery codes away, so that its owner adds others."""
    _ready(library)
    from probatum.site.board import members

    members.reset_second_factor(name)
    return 0


@app.command("link")
def link(
    name: Name,
    subject: Annotated[str, typer.Argument(help="Who it is there: the `sub` of their ID token.")],
    library: LibraryFolder = None,
) -> int:
    """Let one person of your organisation's sign-in into an account, and no longer another."""
    _ready(library)
    from probatum.site.board import members

    members.link(name, subject)
    return 0


@app.command("email")
def email(
    name: Name,
    address: Annotated[str, typer.Argument(help="Where reminders go; an empty text ends them.")],
    library: LibraryFolder = None,
) -> int:
    """Say where reminders of overdue reviews go; they are sent where a mail server is set."""
    _ready(library)
    from probatum.site.board import members

    members.reach(name, address)
    return 0


@app.command("close")
def close(name: Name, library: LibraryFolder = None) -> int:
    """Close an account: nobody signs in with it any more, and what it did stays on record."""
    _ready(library)
    from probatum.site.board import members

    members.close(name)
    return 0


@app.command("demo")
def demo(library: LibraryFolder = None) -> int:
    """Fill a site with three accounts and an article in every state; nobody has reviewed them."""
    _ready(library)
    from probatum.site.board import demo as example

    made = example.accounts()
    for name, secret in made.items():
        typer.echo(f"{name}: {secret}")
    if made:
        typer.echo("These passwords are not printed again.")
    else:
        typer.echo("The accounts are there; `probatum users password NAME` prints a new password.")
    for state, title in example.articles():
        typer.echo(f"{state.replace('_', ' ')}: {title}")
    return 0
