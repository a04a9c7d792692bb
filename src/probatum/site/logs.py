"""Log lines that can't hold a question.

An exception's message may quote its input (pydantic's do), and a question may hold a patient's
facts. So of an exception only its type and its place in the code are written.
"""

import logging
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """Level, logger, the path without its query, and for an exception its type and frames."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, then the frames of an exception if there was one."""
        request = getattr(record, "request", None)
        path = str(getattr(request, "path", ""))
        code = getattr(record, "status_code", "")
        # The template is fixed text; its arguments are not written, for they may be anything.
        place = f" {code} {path}".rstrip() if request is not None else ""
        line = f"{record.levelname} {record.name}{place}"
        if record.exc_info and record.exc_info[0]:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(  # noqa: N802 - the name is the base class's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The type and the frames; never the message, nor those of its causes."""
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = "".join(traceback.format_tb(trace)).rstrip()
        return f"{frames}\n{kind.__module__}.{kind.__qualname__} (text withheld)"
