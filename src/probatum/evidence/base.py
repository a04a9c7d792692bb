"""What every noun shares: frozen, and an unknown key is an error rather than a silent loss."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that cannot be changed after it was made and that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ProbatumError(Exception):
    """Anything a person can put right; its text is one sentence that says what, where and how."""
