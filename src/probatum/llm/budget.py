"""How long a model may take and how much it may write, for one answer in all.

A provider's own time limit is not relied upon: many count from the last byte, so that a reply which
drips for ever never ends. The wait here is ours, and a model that is too slow is left behind.
"""

import os
import threading
import time
from dataclasses import dataclass, field

from probatum.evidence.base import Frozen
from probatum.llm.model import Model, ModelError, ModelReply, ModelRequest

# Above these a number is a slip, and would take the bound away.
_MOST_SECONDS, _MOST_TOKENS = 600.0, 200_000
# Letters a token, the usual rule of thumb for English; used where a provider counts none.
_LETTERS_A_TOKEN = 4


class Budget(Frozen):
    """Seconds and reply tokens that one answer may cost, all requests together."""

    seconds: float = 30.0
    tokens: int = 8000


def budget_from_environment() -> Budget:
    """The budget that the settings give; ModelError for a setting that is no such number."""
    default = Budget()
    seconds = os.environ.get("PROBATUM_MODEL_SECONDS") or str(default.seconds)
    tokens = os.environ.get("PROBATUM_MODEL_TOKENS") or str(default.tokens)
    return Budget(
        seconds=_number("PROBATUM_MODEL_SECONDS", seconds, _MOST_SECONDS),
        tokens=int(_number("PROBATUM_MODEL_TOKENS", tokens, _MOST_TOKENS)),
    )


def _number(setting: str, value: str, most: float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 1 <= number <= most:
        raise ModelError(f"{setting} must be a number from 1 to {most:g}, not {value[:20]!r}.")
    return number


@dataclass
class Spending:
    """A model with what is left of its budget."""

    model: Model
    budget: Budget
    tokens: int = 0
    _started: float = field(default_factory=time.monotonic)

    def ask(self, instructions: str, data: str) -> ModelReply:
        """The reply within what is left; ModelError when there is none, for whatever reason."""
        seconds = self.budget.seconds - (time.monotonic() - self._started)
        tokens = self.budget.tokens - self.tokens
        if seconds <= 0 or tokens <= 0:
            raise ModelError("The model's budget for this answer is spent.")
        request = ModelRequest(
            instructions=instructions, data=data, max_tokens=tokens, seconds=seconds
        )
        reply = _within(self.model, request)
        used = max(reply.tokens or 0, len(reply.text) // _LETTERS_A_TOKEN)
        self.tokens += used
        if used > tokens:
            raise ModelError("The model wrote more than its budget allows.")
        return reply


def _within(model: Model, request: ModelRequest) -> ModelReply:
    """The reply, or ModelError when it takes too long. The thread of a late one dies with us."""
    replies: list[ModelReply] = []
    reasons: list[str] = []

    def run() -> None:
        try:
            replies.append(model.ask(request))
        except ModelError as error:
            reasons.append(str(error))
        except Exception as error:
            # The text of a foreign error may repeat the request or a key, so its kind must do.
            reasons.append(f"The model failed ({type(error).__name__}).")

    thread = threading.Thread(target=run, name="model", daemon=True)
    thread.start()
    thread.join(request.seconds)
    if replies:
        return replies[0]
    raise ModelError(reasons[0] if reasons else "The model did not reply in time.")
