"""Settings of every test.

The same examples each time, and no deadline: a shared machine may stand still for a moment, and
whether a change broke something must not depend on chance. New examples come with
`--hypothesis-profile=exploring`, and from `make fuzz`.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("exploring", deadline=None)
settings.load_profile("steady")
