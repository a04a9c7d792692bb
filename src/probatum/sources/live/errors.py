"""What can go wrong with a live service, each as one sentence that names the service.

A failure, a limit that was reached and an empty result are three things: only the last says
anything about what exists.
"""

from probatum.evidence.base import ProbatumError


class LiveError(ProbatumError):
    """A service that was not of use this time."""


class OfflineError(LiveError):
    """No connection: the network or the service is not there."""


class RefusedError(LiveError):
    """The service refuses: too many requests, a key that is not taken, a question it can't read."""


class NotThereError(LiveError):
    """The service knows nothing under this address."""


class ChangedError(LiveError):
    """An answer that is not of the type or shape that is read here."""


class TooMuchError(LiveError):
    """An answer larger than is read."""


class StoppedError(LiveError):
    """The look-up was stopped, or used up its time."""
