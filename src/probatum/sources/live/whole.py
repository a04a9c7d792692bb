"""Whether what came is whole: read as it will be read, before anything of it is kept."""

from collections.abc import Sequence

from probatum.evidence.document import Document, Skipped
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings, read
from probatum.sources.limits import UnreadableError
from probatum.sources.live.errors import ChangedError


def documents_in(
    content: bytes, format: str, title: str, name: str = "answer"
) -> tuple[tuple[Document, ...], Sequence[str]]:
    """The works in an answer, and what of it cannot be read; ChangedError when it is damaged."""
    found: list[Document] = []
    problems: list[str] = []
    try:
        for item in read(SourceFile(name, content=content), format, Settings()):
            if isinstance(item, Document):
                found.append(item)
            elif isinstance(item, Skipped):
                problems.append(f"{title}, {item.where}: {item.reason}.")
    except UnreadableError as error:
        raise ChangedError(f"What {title} sends cannot be read: {error}.") from error
    return tuple(found), problems
