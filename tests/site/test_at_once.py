"""Processes that write at the same moment come one after the other, and no entry is lost."""

import os
import subprocess
import sys
from pathlib import Path

from tests.site.postgres import database

START = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
import django
django.setup()
from probatum.engine import Engine
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.review.events import Drafted, Withdrawn
from probatum.review.people import Actor, Role
from probatum.review.states import MoveError
from probatum.site.board.ledger import append, ledger
from probatum.site.board.models import Article
from probatum.site.board.people import policy

held = Engine(Library.of(load_pack(folder) for folder in shipped_packs()[:1]))
edda = Actor(id="edda", name="Edda", roles=(Role.EDITOR,))
article = Article.objects.get(slug="busy")
done = 0
while done < 10:
    number = len(ledger(article, held, policy()).record.versions) + 1
    try:
        append(
            article,
            edda,
            [Drafted(version=number), Withdrawn(version=number, reason=sys.argv[1])],
            held,
            policy(),
        )
        done += 1
    except MoveError:
        continue
"""
READ = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
import django
django.setup()
from probatum.review.log import Entry, verify
from probatum.site.board.models import LogEntry
entries = [Entry.model_validate_json(row.entry) for row in LogEntry.objects.all()]
assert verify("busy", entries) is None
reasons = [e.event.reason for e in entries if e.event.kind == "withdrawn"]
print(len(entries), reasons.count("one"), reasons.count("two"))
"""
MAKE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
from probatum.site.server import prepare
prepare()
from probatum.site.board.models import Article
Article.objects.create(slug="busy", title="Busy")
"""


def test_two_processes_write_to_one_log(tmp_path: Path) -> None:
    write_together(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite'}")
    mode = (tmp_path / "site.sqlite").stat().st_mode
    assert os.name != "posix" or mode & 0o077 == 0


def test_two_processes_write_to_one_log_in_postgresql(tmp_path: Path, postgres: str) -> None:
    with database(postgres) as address:
        write_together(tmp_path, address)


def write_together(folder: Path, address: str) -> None:
    env = {**os.environ, "PROBATUM_LIBRARY": str(folder), "DATABASE_URL": address}
    subprocess.run([sys.executable, "-c", MAKE], env=env, check=True)
    both = [
        subprocess.Popen([sys.executable, "-c", START, name], env=env) for name in ("one", "two")
    ]
    assert [each.wait(timeout=120) for each in both] == [0, 0]
    read = subprocess.run(
        [sys.executable, "-c", READ], env=env, check=True, capture_output=True, text=True
    )
    assert read.stdout == "40 10 10\n"
