"""What every noun shares: frozen, and an unknown key is an error rather than a silent loss."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that cannot be changed after it was made and that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ProbatumError(Exception):
    """Anything a person can put right; its text is one sentence that says what, where and how.

    Values stand apart from the words, in places such as `%(most)s`: the words are then the same
    each time, and can be told in another language.
    """

    def __init__(self, words: str = "", **values: str | int) -> None:
        """`words` are English; a number among the values gets its thousands marked."""
        self.words = words
        self.values = values
        shown = {k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()}
        super().__init__(words % shown if values else words)
