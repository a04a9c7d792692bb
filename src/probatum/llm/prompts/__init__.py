"""The instructions that a model is given, as files."""

from functools import cache
from importlib.resources import files


@cache
def prompt(name: str) -> str:
    """The text of one prompt."""
    return files("probatum.llm.prompts").joinpath(f"{name}.md").read_text("utf-8")
