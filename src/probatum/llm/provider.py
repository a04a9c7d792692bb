"""Models of any provider, or of a server of one's own, by way of pydantic-ai (the extra `llm`).

Imported only when a model is named. A key is read from the environment by the library that uses
it, and stands in no request, reply, error or transcript of ours.
"""

import asyncio
import importlib.util
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from probatum.llm.budget import budget_from_environment
from probatum.llm.chosen import Chosen
from probatum.llm.model import Model, ModelError, ModelReply, ModelRequest
from probatum.llm.transcript import with_transcript

_MISSING = (
    "A language model needs the extra `llm`, which is not installed: pip install 'probatum[llm]'."
)
_LONGEST_NAME = 200
# Names of this machine, where plain http leaves it never.
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def stays_here() -> bool:
    """Whether the model's server is this very machine: people are told where a question goes."""
    try:
        return urlsplit(os.environ.get("PROBATUM_MODEL_URL", "")).hostname in _HERE
    except ValueError:
        return False


def choose(name: str, told: Callable[[str], None] = lambda _: None) -> Chosen:
    """The model of a name, set up by the settings; ModelError says what is missing for it."""
    return Chosen(with_transcript(open_model(name)), budget_from_environment(), told)


def open_model(name: str) -> Model:
    """The model of a name such as `openai:gpt-4o`; ModelError when it cannot be had.

    PROBATUM_MODEL_URL is the address of a server that speaks OpenAI's protocol; with it the key is
    PROBATUM_MODEL_KEY and no other, so that a provider's key never goes to another's server.
    """
    provider, colon, model = name.partition(":")
    if not (colon and provider and model) or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ModelError("A model is named PROVIDER:MODEL, for example openai:gpt-4o.")
    address = os.environ.get("PROBATUM_MODEL_URL")
    if address and provider != "openai":
        raise ModelError("PROBATUM_MODEL_URL goes with openai:MODEL, whichever server it names.")
    if address:
        _usable(address)
    if importlib.util.find_spec("pydantic_ai") is None:
        raise ModelError(_MISSING)
    try:
        return _Provided(name, _server(model, address) if address else _known(name))
    except ImportError as error:
        raise ModelError(
            f"The provider {provider} needs a package that is not installed; "
            f"install pydantic-ai-slim[{provider}]."
        ) from error
    except ModelError:
        raise
    except Exception as error:
        # A missing key or an unknown name; the library's words may quote the environment.
        raise ModelError(
            f"The model {name} cannot be used ({type(error).__name__}); "
            "look at its name and at the provider's key in the environment."
        ) from error


def _usable(address: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        usable = usable and bool(parts.hostname) and not (parts.username or parts.password)
    except ValueError:
        usable = False
    if not usable:
        raise ModelError(
            "PROBATUM_MODEL_URL must be an https address, or http on this machine, "
            "without a user or password in it."
        )


def _server(model: str, address: str) -> Any:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    # Servers of one's own mostly ask for no key, but the client insists on one.
    key = os.environ.get("PROBATUM_MODEL_KEY") or "none"
    return OpenAIChatModel(model, provider=OpenAIProvider(base_url=address, api_key=key))


def _known(name: str) -> Any:
    from pydantic_ai.models import infer_model

    return infer_model(name)


@dataclass(frozen=True)
class _Provided:
    """A model of pydantic-ai as the protocol has it: plain text, no tools, nothing remembered."""

    name: str
    model: Any

    def ask(self, request: ModelRequest) -> ModelReply:
        from pydantic_ai import Agent

        agent = Agent(self.model, instructions=request.instructions, retries=0)
        asking = agent.run(
            request.data,
            model_settings={
                "max_tokens": request.max_tokens,
                "timeout": request.seconds,
                "temperature": 0.0,
            },
        )
        # In a thread of its own: whoever calls may have an event loop running in theirs.
        with ThreadPoolExecutor(1) as thread:
            result = thread.submit(asyncio.run, asking).result()
        return ModelReply(text=str(result.output), tokens=result.usage.output_tokens or None)
