"""What those who ask from elsewhere may have done for them: look-ups and language models.

Whoever starts a command decides for themselves. A site, an API and an assistant act for others, so
there the operator decides: without these settings no network is touched, whatever is asked.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from probatum.service.refusal import RefusedError

if TYPE_CHECKING:
    from probatum.llm.chosen import Chosen


def live_allowed() -> tuple[str, ...]:
    """The live sources that may be asked; LiveError when the setting names one that there is not.

    They are those of the setting, in its order.
    """
    from probatum.sources.live.connectors import chosen

    named = os.environ.get("PROBATUM_ALLOW_LIVE", "").strip()
    return chosen(named) if named else ()


def models_allowed() -> tuple[str, ...]:
    """The language models that may be named."""
    names = os.environ.get("PROBATUM_ALLOW_MODELS", "").split(",")
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def permitted_live(names: Sequence[str]) -> tuple[str, ...]:
    """The live sources asked for, each once; refused when one of them is not allowed here."""
    if not names:
        return ()
    allowed = live_allowed()
    if not allowed:
        raise RefusedError(
            "forbidden", "Live look-ups are switched off on this installation.", "live"
        )
    for name in names:
        if name not in allowed:
            raise RefusedError(
                "forbidden",
                "The live source %(name)s is not allowed here; allowed: %(allowed)s.",
                "live",
                name=name,
                allowed=", ".join(allowed),
            )
    return tuple(dict.fromkeys(names))


def permitted_model(name: str | None) -> "Chosen | None":
    """The model that was named; refused when it is not allowed here, ModelError when not to be had.

    The name is compared and never repeated: it may be anything.
    """
    if name is None:
        return None
    if name not in models_allowed():
        raise RefusedError(
            "forbidden", "This installation does not allow that language model.", "model"
        )
    from probatum.llm.provider import choose

    return choose(name)
