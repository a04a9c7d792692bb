"""The commands and options that the contract names are there."""

from pathlib import Path

import pytest

from probatum import __version__
from tests.contract.program import Ran, probatum

# The contract's commands with the options that it names for them.
HERE = {
    "": ("--version",),
    "ask": (
        "--reader",
        "--patient",
        "--region",
        "--as-of",
        "--format",
        "--model",
        "--live",
        "--follow",
        "--questions",
        "--out",
        "--library",
    ),
    "add": (
        "--as",
        "--licence",
        "--body",
        "--edition",
        "--supersedes",
        "--type",
        "--format",
        "--library",
    ),
    "sync": ("--most", "--since", "--format", "--library"),
    "search": (
        "-k",
        "--type",
        "--year",
        "--body",
        "--condition",
        "--outdated",
        "--format",
        "--queries",
        "--run",
        "--library",
    ),
    "sources": ("--format", "--library"),
    "sources list": ("--format", "--library"),
    "sources show": ("--format", "--library"),
    "sources remove": ("--yes", "--library"),
    "sources mark": ("--by", "--note", "--library"),
    "sources check": ("--live", "--format", "--library"),
    "library": (),
    "library info": ("--format", "--library"),
    "library snapshot": ("--library",),
    "library rebuild": ("--library",),
    "library embed": ("--library",),
    "library export": ("--open-only", "--library"),
    "library import": ("--library",),
    "pack": (),
    "pack list": ("--format",),
    "pack show": ("--format",),
    "pack lint": ("--format",),
    "pack build": ("--library",),
    "pack verify": ("--format", "--library"),
    "users": (),
    "users add": ("--printed", "--role", "--library"),
    "users list": ("--library",),
    "users roles": ("--role", "--library"),
    "users password": ("--library",),
    "users email": ("--library",),
    "users close": ("--library",),
    "users key": ("--scope", "--name", "--days", "--library"),
    "users keys": ("--library",),
    "users revoke": ("--library",),
    "users demo": ("--library",),
    "serve": ("--host", "--port", "--workers", "--library"),
    "site": (),
    "site backup": ("--library",),
    "site restore": ("--replace", "--library"),
    "worker": ("--once", "--rebuild", "--library"),
    "mcp": ("--http", "--host", "--port", "--licensed", "--library"),
    "doctor": ("--format", "--library"),
}


def test_the_version_is_printed_alone() -> None:
    assert probatum("--version") == Ran(0, f"probatum {__version__}\n", "")


@pytest.mark.parametrize("command", HERE)
def test_every_command_explains_itself_with_all_its_options(command: str) -> None:
    ran = probatum(*command.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {' '.join(('probatum', *command.split()))} ")
    words = set(ran.out.replace(",", " ").split())
    assert [option for option in HERE[command] if option not in words] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gpt", "A model is named PROVIDER:MODEL, for example openai:gpt-4o."),
        ("", "A model is named PROVIDER:MODEL, for example openai:gpt-4o."),
    ],
)
def test_a_model_that_cannot_be_had_is_a_sentence(name: str, words: str) -> None:
    ran = probatum("ask", "What are the options for cervical cancer?", "--model", name)
    assert ran.refusal == words


def test_a_model_without_its_extra_says_what_to_install(tmp_path: Path) -> None:
    # As on a machine without it, whatever this one has.
    absent = "import sys; sys.modules['pydantic_ai'] = None"
    (tmp_path / "sitecustomize.py").write_text(absent, encoding="utf-8")
    ran = probatum(
        "ask", "What are the options for cervical cancer?", "--model", "openai:small",
        PYTHONPATH=str(tmp_path),
    )  # fmt: skip
    assert ran.refusal == (
        "A language model needs the extra `llm`, which is not installed: "
        "pip install 'probatum[llm]'."
    )


@pytest.mark.parametrize("command", [(), ("pack",), ("library",)])
def test_a_bare_command_shows_its_help_as_bad_usage(command: tuple[str, ...]) -> None:
    ran = probatum(*command)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == probatum(*command, "--help").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "No such command 'nonsense'. See probatum --help."),
        (("pack", "nonsense"), "No such command 'nonsense'. See probatum pack --help."),
        (("ask", "q", "--nonsense"), "No such option: --nonsense. See probatum ask --help."),
        (
            ("ask", "q", "--reader", "nurse"),
            "Invalid value for '--reader': 'nurse' is not one of 'clinician', 'trainee', "
            "'patient'. See probatum ask --help.",
        ),
        (
            ("ask", "q", "--format", "odt"),
            "Invalid value for '--format': 'odt' is not one of 'text', 'md', 'html', 'json', "
            "'pdf', 'docx', 'ris', 'bib', 'csl.json'. See probatum ask --help.",
        ),
        (("ask", "q", "more"), "Got unexpected extra argument(s) (more). See probatum ask --help."),
        (("ask",), 'A question is missing: probatum ask "…" (or - to read it from stdin).'),
        (
            ("pack", "show", "nonsense"),
            "nonsense: no such pack; shipped are cervical, pain, or give a pack's folder.",
        ),
        (
            ("ask", "q", "--library", ""),
            "Invalid value for '--library' (env var: 'PROBATUM_LIBRARY'): the library needs a "
            "folder of its own. See probatum ask --help.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_usage_is_answered_with_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    assert probatum(*arguments).refusal == sentence
