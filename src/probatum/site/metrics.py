"""Figures for Prometheus: requests, how long they took, what is held, and how the watch goes.

Labels are names of routes, methods and status codes. There is no address, question, person or
article in them, so that whoever reads the figures learns nothing of whom the site serves.
"""

import ipaddress
import os
import secrets
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY

from probatum.site.server import SHARED

_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_REFUSED = "Figures are given on this machine itself, or for the token of PROBATUM_METRICS_TOKEN.\n"
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"))
# Headers of a server in front: whoever asks through one is not on this machine.
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")

REQUESTS = Counter(
    "probatum_requests", "Requests answered.", ("route", "method", "status"), registry=REGISTRY
)
SECONDS = Histogram(
    "probatum_request_seconds",
    "Seconds until a response began.",
    ("route",),
    # From a page out of memory to a patient language model.
    buckets=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
    registry=REGISTRY,
)


class Measured:
    """Counts and times every request by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response as it is, counted."""
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name if match else "") or "none"
        counted(route, request.method, response.status_code, time.perf_counter() - began)
        return response


def counted(route: str, method: str, status: int, seconds: float) -> None:
    """One more request, and how long it took until its response began."""
    REQUESTS.labels(route, method if method in _METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; from this machine, or with the token that the settings name."""
    if not may_read(request):
        return HttpResponse(_REFUSED, status=403, content_type="text/plain; charset=utf-8")
    counted: CollectorRegistry = REGISTRY
    if SHARED in os.environ:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted)
    now = CollectorRegistry()
    now.register(_Now())
    return HttpResponse(generate_latest(counted) + generate_latest(now), content_type=_TYPE)


def may_read(request: HttpRequest) -> bool:
    """With a token set, whoever sends it; without one, whoever asks on this machine itself.

    A server in front asks from this machine too, for anybody: it is known by the headers that it
    adds and by the host's name that it passes on.
    """
    token = settings.PROBATUM_METRICS_TOKEN
    if token:
        scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
        return scheme == "Bearer" and secrets.compare_digest(sent.encode(), token.encode())
    if any(header in request.META for header in _PASSED_ON):
        return False
    return _local(request.META.get("REMOTE_ADDR", "")) and _local(request.get_host())


def _local(host: str) -> bool:
    name = host.rpartition(":")[0] if host.count(":") == 1 or "]:" in host else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class _Now:
    """What is true at the moment of asking, read from the library and the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Library, articles by state, the queue, and the watch."""
        from probatum.site.board.models import Summary
        from probatum.site.engine import engine
        from probatum.site.work.models import Job

        state = engine().library_state
        held = GaugeMetricFamily("probatum_library", "What the library holds.", labels=["what"])
        for what in ("sources", "passages", "records"):
            held.add_metric([what], getattr(state, what))
        yield held
        articles = GaugeMetricFamily("probatum_articles", "Articles by state.", labels=["state"])
        for code, number in sorted(_states(Summary).items()):
            articles.add_metric([code], number)
        yield articles
        yield GaugeMetricFamily(
            "probatum_articles_unwatched",
            "Articles that the watch has not looked at since the library changed.",
            value=_unwatched(Summary),
        )
        jobs = GaugeMetricFamily("probatum_jobs", "Jobs of the queue.", labels=["state"])
        rows = Job.objects.values_list("holder", "failed", "due")
        tally = Tally("running" if h else "failed" if f else "waiting" for h, f, _ in rows)
        for name in ("waiting", "running", "failed"):
            jobs.add_metric([name], tally[name])
        yield jobs
        finished = Job.objects.filter(kind="watch").values_list("finished", flat=True).first()
        yield GaugeMetricFamily(
            "probatum_last_watch_timestamp_seconds",
            "When the last whole round of the watch ended, in seconds since 1970; 0 for never.",
            value=finished.timestamp() if finished else 0,
        )


def _states(summary: Any) -> Tally[str]:
    found: Tally[str] = Tally()
    rows = summary.objects.values_list("damaged", "listing")
    for damaged, listing in rows.iterator(chunk_size=1000):
        codes = {each["number"]: each["code"] for each in listing["versions"]}
        shown = listing["shown"] or max(codes, default=0)
        found["damaged" if damaged else codes.get(shown, "none")] += 1
    return found


def _unwatched(summary: Any) -> int:
    from probatum.site.board.people import policy
    from probatum.site.board.summary import basis_of
    from probatum.site.engine import engine

    return summary.objects.exclude(basis=basis_of(engine(), policy())).count()
