"""From the paths a user names to the files to read, in an order that is the same every time."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.evidence.document import Skipped
from probatum.sources.file import SourceFile, archive
from probatum.sources.limits import DEPTH, EXPANSION, WHOLE_BYTES, UnreadableError

# Members of one archive; more is somebody's disk image rather than a set of documents.
_MOST_MEMBERS = 100_000
_ZIP = b"PK\x03\x04"
# Bytes of all members together, of however small an archive.
_LEAST_EXPANDED = 1_000_000_000
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
        if not _exists(path):
            raise NoSuchPathError(f"{shown(path)}: there is no such file or folder.")
        yield from _walk(path)


def shown(path: Path | str) -> str:
    """A path in characters that can be printed and kept, whatever bytes a file's name has.

    A line break in a name would end the line of its report, and bytes that are no UTF-8 cannot be
    written at all; taken out, two names could become one.
    """
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def _exists(path: Path) -> bool:
    """Whether something is there; a link that leads nowhere is, and is reported when it is read."""
    try:
        return path.exists() or path.is_symlink()
    except OSError:
        return True  # such as a name that is too long: what is wrong is said when it is read


def _walk(path: Path, *, depth: int = 0) -> Iterator[SourceFile | Skipped]:
    named = not depth
    if not named and path.name.startswith("."):
        return
    if depth > DEPTH:
        yield Skipped(shown(path), f"it lies more than {DEPTH} folders deep")
        return
    try:
        if path.is_dir():
            if named or not path.is_symlink():
                for child in sorted(path.iterdir()):
                    yield from _walk(child, depth=depth + 1)
        elif path.is_file():
            yield from _file(path)
        elif path.is_symlink() and not path.exists():
            yield Skipped(shown(path), "it is a link to a file that is not there")
        else:
            yield Skipped(shown(path), "it is no regular file")
    except OSError as error:
        yield Skipped(shown(path), f"it cannot be read ({error.strerror})")


def _file(path: Path) -> Iterator[SourceFile | Skipped]:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start != _ZIP or path.suffix.lower() in _NOT_ARCHIVES:
        yield SourceFile(shown(path), path)
        return
    try:
        members = archive(path).infolist()
    except UnreadableError as error:
        yield Skipped(shown(path), str(error))
        return
    if len(members) > _MOST_MEMBERS:
        yield Skipped(shown(path), f"the archive has more than {_MOST_MEMBERS:,} members")
        return
    most = max(_LEAST_EXPANDED, EXPANSION * path.stat().st_size)
    if sum(member.file_size for member in members) > most:
        yield Skipped(shown(path), "it grows beyond all measure when it is taken apart")
        return
    last = {member.filename: member for member in members}
    for member in sorted(members, key=lambda each: each.filename):
        if last[member.filename] is member:
            yield from _member(path, member)
        else:
            name = f"{shown(path)}/{shown(member.filename)}"
            yield Skipped(name, "the archive has another member of this name behind it")


def _member(path: Path, member: zipfile.ZipInfo) -> Iterator[SourceFile | Skipped]:
    """A member's name is only shown, never used as a path."""
    name = f"{shown(path)}/{shown(member.filename)}"
    parts = [part for part in member.filename.split("/") if part not in ("", ".", "..")]
    if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts):
        return
    if member.flag_bits & 1:
        yield Skipped(name, "it is encrypted in its archive")
    elif member.file_size > WHOLE_BYTES:
        yield Skipped(name, f"it is larger than {WHOLE_BYTES // 1_000_000} MB in its archive")
    else:
        yield SourceFile(name, path, member.filename)
