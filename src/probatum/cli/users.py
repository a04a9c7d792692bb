"""`probatum users`: the accounts of those who write and review, and a demonstration."""

import os
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.render.characters import plain
from probatum.review.people import Role
from probatum.site.keys.scopes import MOST_DAYS, USUAL_DAYS, Scope

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


@app.command("key")
def key(
    name: Name,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            "--scope",
            help="What it may do: ask, audit, read, write or review. Again for another.",
            show_default=False,
        ),
    ] = None,
    called: Annotated[str, typer.Option("--name", help="A name to know it by.")] = "a program",
    days: Annotated[
        int, typer.Option(help="Days until it ends.", min=1, max=MOST_DAYS)
    ] = USUAL_DAYS,
    library: LibraryFolder = None,
) -> int:
    """Make a key with which a program uses the API for an account, and print it, this once."""
    _ready(library)
    from probatum.site.board import members
    from probatum.site.keys import keeping

    typer.echo(keeping.make(members.found(name), called, scope or (), days).text)
    return 0


@app.command("keys")
def keys(
    name: Annotated[
        str | None, typer.Argument(help="Name of an account; without one, all keys.")
    ] = None,
    library: LibraryFolder = None,
) -> int:
    """Every key with its beginning, scopes and days; a key itself is never printed again."""
    _ready(library)
    from probatum.site.board import members
    from probatum.site.keys import keeping

    for each in keeping.listed(members.found(name) if name is not None else None):
        ended = "" if keeping.works(each) else " (ended)"
        typer.echo(
            plain(
                f"{each.prefix}: {each.owner.get_username()}, {each.name}; "
                f"{', '.join(each.scopes)}; until {each.expires}, "
                f"last used {each.last_used or 'never'}{ended}"
            )
        )
    return 0


@app.command("revoke")
def revoke(
    prefix: Annotated[str, typer.Argument(help="The key's beginning, as users keys prints it.")],
    library: LibraryFolder = None,
) -> int:
    """End a key, for good."""
    _ready(library)
    from probatum.site.keys import keeping

    keeping.revoke(prefix)
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
