"""What went to a model and what came back, kept only where a setting names a file for it."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from probatum.llm.model import Model, ModelError, ModelReply, ModelRequest


def is_kept() -> bool:
    """Whether what goes to a model is kept: people are told before they send anything."""
    return bool(os.environ.get("PROBATUM_MODEL_TRANSCRIPT"))


def with_transcript(model: Model) -> Model:
    """The model, kept book of in the file that PROBATUM_MODEL_TRANSCRIPT names, if it names one."""
    path = os.environ.get("PROBATUM_MODEL_TRANSCRIPT")
    return Transcribed(model, Path(path).expanduser()) if path else model


@dataclass(frozen=True)
class Transcribed:
    """A model whose requests and replies go to a file, a JSON line each, for its owner only."""

    model: Model
    path: Path

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    def ask(self, request: ModelRequest) -> ModelReply:
        """The reply; ModelError when the file cannot be written, before anything is sent."""
        self._write({"request": request.model_dump()})
        reply = self.model.ask(request)
        self._write({"reply": reply.model_dump()})
        return reply

    def _write(self, what: dict[str, object]) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "model": self.name, **what}, ensure_ascii=False) + "\n"
        try:
            # The questions of readers are nobody else's business.
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise ModelError(f"{self.path}: cannot be written ({error.strerror}).") from error
