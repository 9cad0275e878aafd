"""How is the server doing, in Prometheus's words? Requests, questions that wait, the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from qa.assistant import Stats

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one server, in a registry of its own. Safe to use from many threads."""

    def __init__(self, waiting: Callable[[], int], stats: Callable[[], Stats]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pullquote_http_requests_total",
            "Requests, by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "pullquote_http_request_seconds",
            "Seconds from a request to the end of its reply, by route.",
            ("route",),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        gauge = Gauge(
            "pullquote_questions_waiting",
            "Questions that wait or are being answered.",
            registry=self._registry,
        )
        gauge.set_function(waiting)
        self._registry.register(_Indexed(stats))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; `route` is a template, so that there are few of them."""
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all figures in Prometheus's text format.

        Raises:
            StoreError: the index cannot be read.
        """
        return generate_latest(self._registry)


class _Indexed(Collector):
    """What is indexed, looked up when it is asked for."""

    def __init__(self, stats: Callable[[], Stats]) -> None:
        self._stats = stats

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return ()  # else it would be collected now, to learn the names

    def collect(self) -> Iterable[GaugeMetricFamily]:
        stats = self._stats()
        yield GaugeMetricFamily("pullquote_articles", "Articles.", stats.articles)
        yield GaugeMetricFamily("pullquote_passages", "Passages.", stats.passages)
        yield GaugeMetricFamily(
            "pullquote_generation", "Changes of the index so far.", stats.generation
        )
