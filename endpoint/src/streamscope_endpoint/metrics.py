"""What Prometheus may know."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from . import __version__
from .backends.base import BackendInfo

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """One app's metrics, in a registry of its own: two apps in a process do not add up."""

    def __init__(self, info: BackendInfo) -> None:
        registry = self._registry = CollectorRegistry()
        self.requests = Counter(
            "streamscope_requests",
            "Inference requests for the model by the status answered, refused ones too.",
            ["status"],
            registry=registry,
        )
        self.dropped = Counter(
            "streamscope_dropped",
            "Requests whose client went away before the answer.",
            registry=registry,
        )
        self.images = Counter(
            "streamscope_images",
            "Images the back end has classified.",
            registry=registry,
        )
        self.batch_failures = Counter(
            "streamscope_batch_failures",
            "Batches that the back end failed on.",
            registry=registry,
        )
        self.queue_length = Gauge(
            "streamscope_queue_length",
            "Requests waiting for the device.",
            registry=registry,
        )
        self.body_bytes = Gauge(
            "streamscope_body_bytes",
            "Bytes of requests that are being sent or wait for their answer.",
            registry=registry,
        )
        self.batch_size = Histogram(
            "streamscope_batch_size",
            "Images in a device batch.",
            buckets=_SIZES,
            registry=registry,
        )
        self.queue_seconds = Histogram(
            "streamscope_queue_seconds",
            "Time of a request in the queue.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.device_seconds = Histogram(
            "streamscope_device_seconds",
            "Time of a batch on the device.",
            buckets=_SECONDS,
            registry=registry,
        )
        about = {
            "version": __version__,
            "backend": info.name,
            "hardware": str(info.hardware).lower(),
            "model": info.model_name,
            "model_checksum": info.model_checksum,
        }
        Info("streamscope_endpoint", "What this endpoint is.", registry=registry).info(about)

    def text(self) -> bytes:
        """All of them in Prometheus' text format."""
        return generate_latest(self._registry)
