"""From the paths a user names to the files to read, in an order that is the same every time."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.evidence.document import Skipped
from probatum.sources.file import SourceFile, archive
from probatum.sources.limits import WHOLE_BYTES, UnreadableError

# Members of one archive; more is somebody's disk image rather than a set of documents.
_MOST_MEMBERS = 100_000
_ZIP = b"PK\x03\x04"
# Office documents and books are zip archives too, and not to be taken apart.
_NOT_ARCHIVES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".jar", ".whl", ".apk")


class NoSuchPathError(ProbatumError):
    """A path that is not there."""


def walk(paths: Iterable[Path]) -> Iterator[SourceFile | Skipped]:
    """Every file under the paths, folders in the order of names, archives taken apart.

    Hidden files and folders are left out, and links to folders are not followed: both lead to what
    the user did not mean, the latter round in circles too.
    """
    for path in paths:
        if not path.exists():
            raise NoSuchPathError(f"{path}: there is no such file or folder.")
        yield from _walk(path, named=True)


def _walk(path: Path, *, named: bool = False) -> Iterator[SourceFile | Skipped]:
    if not named and path.name.startswith("."):
        return
    try:
        if path.is_dir():
            if named or not path.is_symlink():
                for child in sorted(path.iterdir()):
                    yield from _walk(child)
        elif path.is_file():
            yield from _file(path)
        else:
            yield Skipped(str(path), "it is no regular file")
    except OSError as error:
        yield Skipped(str(path), f"it cannot be read ({error.strerror})")


def _file(path: Path) -> Iterator[SourceFile | Skipped]:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start != _ZIP or path.suffix.lower() in _NOT_ARCHIVES:
        yield SourceFile(str(path), path)
        return
    try:
        members = archive(path).infolist()
    except UnreadableError as error:
        yield Skipped(str(path), str(error))
        return
    if len(members) > _MOST_MEMBERS:
        yield Skipped(str(path), f"the archive has more than {_MOST_MEMBERS:,} members")
        return
    for member in sorted(members, key=lambda each: each.filename):
        yield from _member(path, member)


def _member(path: Path, member: zipfile.ZipInfo) -> Iterator[SourceFile | Skipped]:
    """A member's name is only shown, never used as a path."""
    name = f"{path}/{member.filename}"
    base = member.filename.rstrip("/").rpartition("/")[2]
    if member.is_dir() or base.startswith((".", "__MACOSX")):
        return
    if member.flag_bits & 1:
        yield Skipped(name, "it is encrypted in its archive")
    elif member.file_size > WHOLE_BYTES:
        yield Skipped(name, f"it is larger than {WHOLE_BYTES // 1_000_000} MB in its archive")
    else:
        yield SourceFile(name, path, member.filename)
