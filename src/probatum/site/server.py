"""Run the site under uvicorn. The address is printed by whoever calls this."""

import ipaddress
import os
from pathlib import Path

from probatum.site.api.rate import rate_of
from probatum.site.database import DatabaseError

# More than a person asks and a program that works question by question needs.
_USUAL_RATE = "120/minute"
DEFAULT_HOSTS = "localhost,127.0.0.1,[::1]"


def serve(host: str, port: int, workers: int = 1, library: Path | None = None) -> None:
    """Serve until stopped.

    There is no access log, because an address holds the question. Settings reach the worker
    processes through the environment.
    """
    import uvicorn

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    if library is not None:
        os.environ["PROBATUM_LIBRARY"] = str(library)
    if "PROBATUM_ALLOWED_HOSTS" not in os.environ:
        os.environ["PROBATUM_ALLOWED_HOSTS"] = allowed_hosts(host)
    if "PROBATUM_API_RATE" not in os.environ:
        os.environ["PROBATUM_API_RATE"] = "off" if own_machine(host) else _USUAL_RATE
    rate_of(os.environ["PROBATUM_API_RATE"])
    prepare()
    uvicorn.run(
        "probatum.site.asgi:application",
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        access_log=False,
        log_level="warning",
        server_header=False,
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

    try:
        django.setup()
        _private()
        call_command("migrate", verbosity=0, interactive=False)
        # Sessions that have run out; nothing else ever takes them away.
        call_command("clearsessions")
    except (Error, ImproperlyConfigured, OSError) as error:
        # Without the error's own words: they may hold the address with its password.
        kind = type(error).__name__
        raise DatabaseError(
            f"The database of accounts and articles cannot be used ({kind}); see DATABASE_URL, and "
            "for PostgreSQL install the extra probatum[postgres]."
        ) from error


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
