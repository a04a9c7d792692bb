"""The key that sessions and forms are signed with: one for all processes, made once."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE_NAME = "secret-key"
_ENOUGH = 40


def secret_key(folder: Path) -> str:
    """The key that was given, else the one kept in the folder, else one for this process only.

    Other processes must sign alike, or whoever signed in at one is a stranger to the next. The file
    is readable by its owner only.
    """
    given = os.environ.get("PROBATUM_SECRET_KEY")
    if given:
        return given
    path = folder / FILE_NAME
    made = secrets.token_urlsafe(50)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            # Written beside and linked into place, so that no process reads half a key.
            beside = folder / f".{FILE_NAME}-{os.getpid()}-{made[:8]}"
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(made)
                os.link(beside, path)
            finally:
                beside.unlink(missing_ok=True)
        kept = path.read_text(encoding="ascii").strip()
        if len(kept) >= _ENOUGH:
            return kept
    return made
