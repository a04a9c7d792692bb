"""Fifty people read while five review, and the server is started anew in the middle of it.

Readers open pages one after the other with one to three seconds between them: home, the list,
articles, a search, an answer. Each reviewer signs in, begins the review of an article of their own
and decides claim after claim, with the same pauses. A write counts as acknowledged when the site
led on to the next claim; at the end each must be in the log, in the words it was sent with. An
error is any other status than the one that a person would expect; what fails while the server is
down is tried again, as a person would, and counts only if it stays so for a minute.
"""

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import requests

from bench._report import Row, middle, percentile, report
from bench.page import free_port

READERS, REVIEWERS = 50, 5
QUESTIONS = (
    "What are the options for recurrent metastatic cervical cancer after platinum?",
    "What is the dose of tisotumab vedotin in cervical cancer?",
    "When should pembrolizumab be withheld or stopped for hepatitis in cervical cancer?",
    "What was overall survival with cemiplimab in cervical cancer?",
    "How does pembrolizumab compare with bevacizumab in first-line cervical cancer?",
)
# How long a person goes on trying when the site is not there, in seconds.
PATIENCE = 60.0
_LINK = re.compile(r"/articles/([\w-]+)/edit")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_CLAIM = re.compile(
    r'action="/review/[\w-]+/1/claims/(c\d+)">.*?name="seen" value="(\d+)".*?name="hash" '
    r'value="(\w+)"',
    re.DOTALL,
)


@dataclass
class Site:
    """The served site, which may be started anew, and what went wrong with it."""

    folder: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    faults: list[str] = field(default_factory=list)
    over: bool = False

    def command(self, *arguments: str) -> str:
        """What a command of the program prints."""
        done = subprocess.run(
            [sys.executable, "-m", "probatum", *arguments, "--library", self.folder],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def start(self) -> None:
        """Serve with two workers and wait for the first page."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "probatum", "serve", "--port", str(self.port), "--workers", "2"],
            env={**os.environ, "PROBATUM_LIBRARY": self.folder},
            stdout=subprocess.DEVNULL,
        )
        self.asked(requests.Session(), "GET", "/healthz", {200})

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def asked(
        self,
        person: requests.Session,
        method: str,
        path: str,
        good: set[int],
        data: dict[str, str] | None = None,
    ) -> requests.Response | None:
        """One request of a person, who tries again while the site is not there."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = person.request(
                    method,
                    f"http://127.0.0.1:{self.port}{path}",
                    data=data,
                    timeout=PATIENCE,
                    allow_redirects=False,
                )
            except requests.ConnectionError:
                if time.monotonic() > until:
                    self.faults.append(f"{method} {path}: nobody answers")
                    return None
                time.sleep(0.5)
                continue
            if answer.status_code not in good:
                self.faults.append(f"{method} {path}: {answer.status_code}")
                return None
            return answer

    def sent(
        self, person: requests.Session, path: str, form: dict[str, str], page: str | None = None
    ) -> requests.Response | None:
        """A form, with the token of the page that it stands on."""
        shown = self.asked(person, "GET", page or path, {200})
        token = _TOKEN.search(shown.text) if shown is not None else None
        if token is None:
            return None
        data = {"csrfmiddlewaretoken": token[1], **form}
        return self.asked(person, "POST", path, {302}, data=data)

    def signed_in(self, name: str, password: str) -> requests.Session:
        """A person with an account."""
        person = requests.Session()
        self.sent(person, "/login", {"username": name, "password": password})
        return person


def pause() -> None:
    """What a person takes to look at a page."""
    time.sleep(random.uniform(1.0, 3.0))


def reader(site: Site, pages: list[str], took: list[float]) -> None:
    """Reads until it is over."""
    person = requests.Session()
    while not site.over:
        pause()
        began = time.perf_counter()
        if site.asked(person, "GET", random.choice(pages), {200}) is not None:
            took.append((time.perf_counter() - began) * 1000)


def reviewer(site: Site, person: requests.Session, slug: str, told: list[str]) -> None:
    """Rejects claim after claim, each with words of its own, until it is over."""
    address = f"/review/{slug}/1"
    site.sent(person, address, {"action": "begin", "conflict": "no", "statement": ""})
    number = 0
    while not site.over:
        pause()
        page = site.asked(person, "GET", address, {200})
        claims = _CLAIM.findall(page.text) if page is not None else []
        token = _TOKEN.search(page.text) if page is not None else None
        if not claims or token is None:
            site.faults.append(f"{address}: nothing to decide")
            continue
        claim, seen, held = claims[number % len(claims)]
        number += 1
        words = f"{slug} {number}"
        form = {"choice": "reject", "reason": "unclear", "comment": words}
        form |= {"csrfmiddlewaretoken": token[1], "seen": seen, "hash": held}
        done = site.asked(person, "POST", f"{address}/claims/{claim}", {302, 409}, data=form)
        # 409: sent, not heard of because the site went down, and on record all the same.
        if done is not None and done.status_code == 302:
            told.append(words)


def main() -> None:
    """Measure and report."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=600.0)
    options.add_argument("--write", action="store_true")
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        keys = {
            name: site.command("users", "add", name, "--printed", name.title(), "--role", role)
            for name, role in (
                ("author", "author"),
                *((f"reviewer{n}", "reviewer") for n in range(REVIEWERS)),
            )
        }
        site.start()
        author = site.signed_in("author", keys["author"])
        slugs = [begun(site, author, question) for question in QUESTIONS]
        pages = ["/", "/articles/", "/search?q=cemiplimab", *(f"/articles/{s}" for s in slugs)]
        pages.append(f"/ask?q={quote(QUESTIONS[1])}")
        took: list[float] = []
        told: list[list[str]] = [[] for _ in slugs]
        people = [threading.Thread(target=reader, args=(site, pages, took)) for _ in range(READERS)]
        for number, slug in enumerate(slugs):
            person = site.signed_in(f"reviewer{number}", keys[f"reviewer{number}"])
            given = (site, person, slug, told[number])
            people.append(threading.Thread(target=reviewer, args=given))
        for each in people:
            each.start()
        time.sleep(seconds / 2)
        down = _restarted(site)
        time.sleep(seconds / 2)
        site.over = True
        for each in people:
            each.join()
        site.stop()
        held = on_record(Path(folder) / "site.sqlite")
    acknowledged = [words for each in told for words in each]
    lost = [words for words in acknowledged if words not in held]
    for fault in sorted(set(site.faults))[:20]:
        print(fault, file=sys.stderr)
    report(
        "people",
        " ".join((__doc__ or "").split()),
        f"{READERS} readers, {REVIEWERS} reviewers, {seconds:,.0f} seconds, two workers, SQLite",
        [
            Row("pages read", len(took), ""),
            Row("errors", len(site.faults), "", 0),
            Row("decisions acknowledged", len(acknowledged), ""),
            Row("of them not in the log", len(lost), "", 0),
            Row("a page, median", middle(took), "ms"),
            Row("a page, 95th percentile, the restart in it", percentile(took, 0.95), "ms"),
            Row("the site was away while it was started anew", down, "s"),
        ],
    )


def begun(site: Site, author: requests.Session, question: str) -> str:
    """The slug of an article of the question's answer, submitted for review."""
    form = {"q": question, "reader": "clinician", "region": ""}
    made = site.sent(author, "/articles/new", form, f"/articles/new?q={quote(question)}")
    found = _LINK.search(made.headers["Location"]) if made is not None else None
    if found is None:
        raise SystemExit("bench: no draft was begun")
    edit = f"/articles/{found[1]}/edit"
    page = site.asked(author, "GET", edit, {200})
    seen = re.search(r'id="draft-seen" name="seen" value="([^"]*)"', page.text if page else "")
    site.sent(author, edit, {"action": "submit", "seen": seen[1] if seen else ""})
    return found[1]


def _restarted(site: Site) -> float:
    began = time.monotonic()
    site.stop()
    site.start()
    return time.monotonic() - began


def on_record(database: Path) -> set[str]:
    """The comments of all decisions in the log."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT entry FROM board_logentry").fetchall()
    events: list[dict[str, str]] = [json.loads(row)["event"] for (row,) in rows]
    return {event["comment"] for event in events if event["kind"] == "decided"}


if __name__ == "__main__":
    main()
