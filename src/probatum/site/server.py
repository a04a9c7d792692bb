"""Run the site under uvicorn. The address is printed by whoever calls this."""

import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from probatum.site.database import DatabaseError
from probatum.site.rates import rate_of

# Where processes share their figures; Prometheus's own library reads this name.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
# Held while the database is brought up to this version; how long another waits, in seconds.
LOCK_NAME = "site.lock"
_PATIENCE = 300.0
# Seconds that a stopping server waits for the article that is being looked at, and that lie between
# two of them.
_GRACE = 5.0
_REST = 0.02
# More than a person asks and a program that works question by question needs.
_USUAL_RATE = "120/minute"
DEFAULT_HOSTS = "localhost,127.0.0.1,[::1]"


def serve(host: str, port: int, workers: int = 1, library: Path | None = None) -> None:
    """Serve until stopped.

    There is no access log, because an address holds the question. Settings reach the worker
    processes through the environment.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    if library is not None:
        os.environ["PROBATUM_LIBRARY"] = str(library)
    if "PROBATUM_ALLOWED_HOSTS" not in os.environ:
        os.environ["PROBATUM_ALLOWED_HOSTS"] = allowed_hosts(host)
    usual = "off" if own_machine(host) else _USUAL_RATE
    rate_of(os.environ.setdefault("PROBATUM_API_RATE", usual), "PROBATUM_API_RATE")
    rate_of(os.environ.setdefault("PROBATUM_ASK_RATE", usual), "PROBATUM_ASK_RATE")
    prepare()
    with _shared_figures(workers), _watching(workers):
        _run(host, port, workers)


@contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    """A folder in which several processes add up what /metrics tells; gone when they are."""
    if workers == 1 or SHARED in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="probatum-metrics-") as folder:
        os.environ[SHARED] = folder
        yield


@contextmanager
def _watching(workers: int) -> Iterator[None]:
    """Watch over articles beside the pages, in the one process of a small installation.

    What goes to the network is the worker's, and slow. Several processes leave it all to
    `probatum worker`, so that none of them is slower than the rest.
    """
    from django.conf import settings

    if workers > 1 or not settings.PROBATUM_WATCH:
        yield
        return
    import threading

    from probatum.site.work.duties import duties
    from probatum.site.work.worker import Worker

    halted = threading.Event()
    # A short rest between two articles, so that pages are not kept waiting by a round.
    watch = duties(lambda: halted.wait(_REST))["watch"]
    working = Worker({"watch": watch}, lambda _: None, _warn)
    thread = threading.Thread(target=working.run, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        halted.set()
        working.stop()
        # What is left of a round is done after the next start.
        thread.join(_GRACE)


def _warn(line: str) -> None:
    sys.stderr.write(f"probatum: {line}\n")
    sys.stderr.flush()


def _run(host: str, port: int, workers: int) -> None:
    import uvicorn

    uvicorn.run(
        "probatum.site.asgi:application",
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        access_log=False,
        log_level="warning",
        server_header=False,
        # By name, so that this process need not import it.
        http="probatum.site.prompt:PromptProtocol",
        lifespan="off",
        # A header or address larger than this is refused before Django sees it.
        h11_max_incomplete_event_size=65_536,
        timeout_graceful_shutdown=5,
    )


def prepare() -> None:
    """Bring the database up to this version, and give all processes one key."""
    from probatum.library.store import default_folder
    from probatum.site.secret import secret_key

    folder = default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROBATUM_SECRET_KEY"] = secret_key(folder)

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import Error
    from filelock import FileLock

    try:
        django.setup()
        _private()
        # A site and its worker that start together after an upgrade migrate one after the other.
        with FileLock(folder / LOCK_NAME, timeout=_PATIENCE):
            call_command("migrate", verbosity=0, interactive=False)
            # Sessions that have run out; nothing else ever takes them away.
            call_command("clearsessions")
            _summarise()
    except (Error, ImproperlyConfigured, OSError) as error:
        # Without the error's own words: they may hold the address with its password.
        kind = type(error).__name__
        raise DatabaseError(
            f"The database of accounts and articles cannot be used ({kind}); see DATABASE_URL, and "
            "for PostgreSQL install the extra probatum[postgres]."
        ) from error


def _summarise() -> None:
    """After an upgrade: make the summaries of articles that were written before there were any."""
    from probatum.site.board.models import Article

    if Article.objects.filter(summary=None, log__isnull=False).exists():
        from probatum.site.board.watch import rebuild

        rebuild(missing=True)


def _private() -> None:
    """A new SQLite file is its owner's only: it holds the hashes of passwords."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        path = Path(default["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def own_machine(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def allowed_hosts(host: str) -> str:
    """This machine's names and the address listened on; a wildcard address adds no name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"{DEFAULT_HOSTS},{host}"
    if address.is_unspecified:
        return DEFAULT_HOSTS
    return f"{DEFAULT_HOSTS},{f'[{address}]' if address.version == 6 else address}"
