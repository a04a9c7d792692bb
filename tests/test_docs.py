"""The documentation describes this program: nothing missing, nothing stale, every command runs.

Whoever adds a command, an option, a setting, an address, a check or a field and forgets the pages
is told so here, and so is whoever breaks a command that the pages show.
"""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from probatum.checks import gate
from probatum.evidence.answer import Answer
from probatum.packs.model import Pack
from scripts.reference import commands, models, program
from scripts.reference.page import MismatchError, meanings, same
from tests.contract import warm
from tests.contract.program import environment
from tests.sources.live.services import SET_ID, article, full_text, label, services, trial

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
# A block of commands as a person copies it; other languages are not run.
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Never run by a test: they install, fetch, serve without end, ask a server that is not running, or
# run the tests themselves.
BY_NAME_ONLY = re.compile(r"^(git clone|make|probatum serve|curl)\b")

# Their commands start the installed program; those of other pages one that has been started once.
INSTALLED = ("docs/how-to/audit.md", "docs/how-to/take-it-along.md")


def named(path: Path) -> str:
    """A page's path as a test's name shows it."""
    return path.relative_to(ROOT).as_posix()


def reference(name: str) -> str:
    """A page of the reference."""
    return (REFERENCE / f"{name}.md").read_text("utf-8")


def headings(text: str) -> list[str]:
    """The second-level headings of a page."""
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def rows(text: str, heading: str) -> list[str]:
    """The names in the first column of the table below a heading."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"no heading {heading!r}"
    return re.findall(r"^\| `([^`]+)` \|", found.group(1), re.MULTILINE)


def make_reference() -> ModuleType:
    """scripts/make-reference as a module; its name has no ending."""
    loader = SourceFileLoader("make_reference", str(ROOT / "scripts" / "make-reference"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


# -- the reference is what the code gives -------------------------------------------------------


def test_the_reference_and_the_counts_are_what_the_code_gives_now() -> None:
    stale = [
        named(path)
        for path, text in make_reference().pages().items()
        if path.read_text("utf-8") != text
    ]
    assert stale == [], "run `make reference`"


def test_a_name_without_a_meaning_and_a_meaning_without_a_name_are_errors() -> None:
    with pytest.raises(MismatchError, match=r"settings: not explained .*: \['NEW'\]"):
        same("settings", {"OLD", "NEW"}, {"OLD"})
    with pytest.raises(MismatchError, match=r"not in the code: \['GONE'\]"):
        same("settings", {"OLD"}, {"OLD", "GONE"})


def test_every_command_and_option_is_documented() -> None:
    text = reference("cli")
    found = list(commands.commands())
    assert headings(text) == [name for name, _ in found]
    for name, command in found:
        if (command.help or "").startswith("Not in this release"):
            continue
        shown = {word for cell in rows(text, name) for word in cell.split(", ")}
        options = {each for p in command.params for each in p.opts if each.startswith("-")}
        assert options - shown == set(), name


def test_a_number_without_a_highest_is_so_many_or_more() -> None:
    lines = reference("cli").splitlines()
    assert "| `-k` | How many passages. | 1 or more | `10` |" in lines
    assert "| `--workers` | Processes. | 1 to 64 | `1` |" in lines
    assert [line for line in commands.cli().splitlines() if "None" in line] == []


def test_every_command_has_a_help_text() -> None:
    assert [name for name, command in commands.commands() if not command.help] == []


def test_every_setting_that_the_code_reads_is_documented() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", reference("settings"), re.MULTILINE)
    assert sorted(documented) == sorted(program.environment_names())


def test_every_environment_variable_is_found_however_it_is_read() -> None:
    """The search is by pattern; this compares it with the syntax trees."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and re.search(r"environ\.\w+$", ast.unparse(node.func)):
                found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
                found |= {constants[a.id] for a in node.args[:1] if isinstance(a, ast.Name)}
            elif isinstance(node, ast.Subscript) and "environ" in ast.unparse(node.value):
                found |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
            elif isinstance(node, ast.keyword) and node.arg == "envvar":
                found |= {node.value.value} if isinstance(node.value, ast.Constant) else set()
    assert found - program.environment_names() == set()


def test_every_address_of_the_site_is_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    import django
    from django.urls import URLPattern

    django.setup()

    from probatum.site.urls import urlpatterns

    # The API, which is included as a whole, has a description of its own (openapi.json).
    patterns = [
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{each.pattern}")
        for each in urlpatterns
        if isinstance(each, URLPattern)
    ]
    assert headings(reference("routes")) == patterns


def test_every_check_is_documented_with_what_it_cannot_see() -> None:
    text = reference("checks")
    assert headings(text) == [*gate.NAMES, "Across claims"]
    assert text.count("**Blind spot.** It cannot see") == len(gate.NAMES)


@pytest.mark.parametrize("model", models.reachable(Answer), ids=lambda model: model.__name__)
def test_every_field_of_the_answer_document_is_documented(model: type) -> None:
    expected = [models.published(name) for name in model.model_fields]  # type: ignore[attr-defined]
    assert rows(reference("answer-document"), model.__name__) == expected


@pytest.mark.parametrize("model", models.reachable(Pack)[1:], ids=lambda model: model.__name__)
def test_every_field_of_a_pack_is_documented(model: type) -> None:
    text = reference("pack-schema")
    shown = rows(text, model.__name__)
    if model in models.record_kinds():
        shown += rows(text, "Finding")
    expected = {models.published(name) for name in model.model_fields}  # type: ignore[attr-defined]
    assert set(shown) == expected


def test_every_limit_that_a_page_states_is_the_codes_own() -> None:
    from probatum.library.recent import _KEPT
    from probatum.packs.loader import MAX_BYTES
    from probatum.questions.text import MAX_CHARACTERS

    security = (ROOT / "SECURITY.md").read_text("utf-8")
    assert f"{MAX_CHARACTERS:,} characters" in security
    assert f"at most {MAX_BYTES // 1_000_000} MB" in security
    safety = (ROOT / "docs" / "explanation" / "safety.md").read_text("utf-8")
    assert f"the last {_KEPT} answers" in safety


def test_every_command_is_there_and_none_is_said_to_be_missing() -> None:
    helps = [command.help or "" for _, command in commands.commands()]
    assert [words for words in helps if "Not in this release" in words] == []
    assert "not in this release" not in (ROOT / "README.md").read_text("utf-8")


# -- the pages hold together --------------------------------------------------------------------


def anchors_of(path: Path) -> set[str]:
    """The anchors that a page's headings make."""
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_a_path_that_does_not_exist(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    folders = "src|tests|docs|scripts|bench|requirements"
    named_paths = re.findall(rf"`((?:{folders})/[\w./*-]+)`", text)
    assert [each for each in named_paths if not list(ROOT.glob(each.rstrip("/")))] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {
        (index.parent / target).resolve()
        for target in re.findall(r"\]\(([^)#\s]+)\)", index.read_text("utf-8"))
    }
    pages = {path.resolve() for path in (ROOT / "docs").rglob("*.md")} - {index}
    assert sorted(map(str, pages - linked)) == []


def test_the_architecture_page_names_the_rooms_that_there_are() -> None:
    text = (ROOT / "docs" / "explanation" / "architecture.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "src" / "probatum").iterdir() if path.is_dir()}
    shown = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert set(shown) == (rooms - {"__pycache__"}) | {"engine"}
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]["layers"]
    bottom_up = [layer.strip("()") for layer in reversed(layers)]
    assert shown == [room for room in bottom_up if room in shown]


def test_the_changelog_has_the_version() -> None:
    from probatum import __version__

    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert next(each for each in headings(text) if each != "Unreleased") == __version__


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs" / "images" / "answer.png").stat().st_size < 300_000


# -- the commands run ---------------------------------------------------------------------------


def statements(block: str) -> Iterator[str]:
    """The commands of a block, each with its here-document or quoted lines."""
    held = ""
    end: str | None = None
    for line in block.splitlines():
        held += line + "\n"
        if end:
            end = None if line == end else end
        elif here := re.search(r"<<'?(\w+)'?", line):
            end = here.group(1)
        if end is None and held.count('"') % 2 == 0:
            yield held
            held = ""
    assert not held.strip(), f"a command without an end: {held}"


def runs(statement: str) -> bool:
    """Whether the test runs it, rather than looking at its name only."""
    return bool(statement.strip()) and not BY_NAME_ONLY.match(statement)


@pytest.mark.parametrize("page", [p for p in PAGES if BLOCK.search(p.read_text())], ids=named)
def test_every_command_in_the_docs_runs(
    page: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blocks = BLOCK.findall(page.read_text("utf-8"))
    script = "".join(each for block in blocks for each in statements(block) if runs(each))
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    if named(page) not in INSTALLED:
        places.insert(0, str(warm.command().parent))
    surroundings = {
        **environment(),
        "PATH": os.pathsep.join(places),
        "PROBATUM_LIBRARY": str(tmp_path_factory.getbasetemp() / "library-of-the-docs"),
    }
    # What goes to a live service goes to one of the tests' own, with invented works.
    with services() as world:
        world.articles = {
            "25007392": article("Secukinumab in psoriasis", "Secukinumab cleared psoriasis."),
            "30772098": article("A guideline on psoriasis", "We recommend secukinumab for adults."),
        }
        world.trials = {"NCT01365455": trial("Secukinumab in psoriasis", "A trial.")}
        world.labels = {SET_ID: label("secukinumab", "Secukinumab is indicated for psoriasis.")}
        world.full_texts = {"PMC7122924": full_text("Secukinumab in psoriasis", "It cleared it.")}
        done = subprocess.run(  # noqa: PLW1510 - the status is asserted below
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            env=surroundings | world.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert (done.returncode, done.stderr[-2000:]) == (0, done.stderr[-2000:])


def test_every_make_target_in_the_docs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    named_targets = set()
    for page in PAGES:
        text = page.read_text("utf-8")
        named_targets |= set(re.findall(r"`make ([\w-]+)[^`]*`", text))
        for block in BLOCK.findall(text):
            named_targets |= set(re.findall(r"^make ([\w-]+)", block, re.MULTILINE))
    assert named_targets - targets == set()


def test_every_option_of_serve_in_the_docs_exists() -> None:
    serve = next(command for name, command in commands.commands() if name == "probatum serve")
    options = {each for parameter in serve.params for each in parameter.opts}
    used = set()
    for page in PAGES:
        for block in BLOCK.findall(page.read_text("utf-8")):
            for line in re.findall(r"^probatum serve.*$", block, re.MULTILINE):
                used |= {word for word in shlex.split(line) if word.startswith("--")}
    assert used, "the docs should show how to serve on another address"
    assert used - options == set()


def test_every_block_of_commands_is_marked_as_one() -> None:
    """A block without a language, or marked console, would not be run."""
    unmarked = [
        named(page)
        for page in PAGES
        if set(re.findall(r"^```(\w*)$", page.read_text("utf-8"), re.MULTILINE)) - {"sh", ""}
        or len(re.findall(r"^```", page.read_text("utf-8"), re.MULTILINE))
        != 2 * len(BLOCK.findall(page.read_text("utf-8")))
    ]
    assert unmarked == []


def test_every_meaning_is_a_sentence_or_a_phrase_that_ends() -> None:
    unfinished = [
        f"{model}.{field}"
        for model, fields in meanings("fields").items()
        for field, text in fields.items()
        if not str(text).strip().endswith((".", ")."))
    ]
    assert unfinished == []
