"""Fifty clients for a minute against the endpoint and its emulator, each with images of its own and
an eye on its own answers; then the bare back end, for the ratio.

    python bench/load.py [--clients 50] [--seconds 60] [--max-batch 16]
"""

from __future__ import annotations

import os

# Before NumPy is imported, as in the command.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import time

import httpx
import numpy as np

from streamscope_endpoint.backends.emulator import EmulatorBackend
from streamscope_endpoint.protocol import HEADER_LENGTH
from streamscope_endpoint.settings import Settings

PATH = "/v2/models/mobilenetv1-w4a4/infer"
POOL = 64


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--max-batch", type=int, default=16)
    options = parser.parse_args()

    print(f"{POOL} noise images; the answers that they must get ...", flush=True)
    images = np.random.default_rng(7).integers(0, 256, (POOL, 224, 224, 3), np.uint8)
    backend = EmulatorBackend(Settings())
    expected = backend.run(images)

    bare = bare_rate(backend, images[: options.max_batch], options.seconds / 4)
    latencies, wrong, failed = served(images, expected, options)
    rate = len(latencies) / options.seconds

    print(f"bare back end     {bare:8.1f} images/s")
    print(f"through the queue {rate:8.1f} images/s, {rate / bare:.2f} of it")
    p50, p95 = np.percentile(latencies, [50, 95]) * 1e3
    ideal = options.clients / bare * 1e3
    print(f"latency           p50 {p50:.0f} ms, p95 {p95:.0f} ms; everyone's turn once {ideal:.0f} ms")
    print(f"{len(latencies)} answers, {wrong} wrong, {failed} failed")
    sys.exit(1 if wrong or failed else 0)


def bare_rate(backend: EmulatorBackend, images: np.ndarray, seconds: float) -> float:
    """Images a second of the back end alone, in batches of that size."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        backend.run(images)
        count += len(images)
    return count / (time.perf_counter() - start)


def served(
    images: np.ndarray, expected: np.ndarray, options: argparse.Namespace
) -> tuple[list[float], int, int]:
    """Latencies in seconds, wrong answers, failed requests."""
    arguments = ["--backend", "emulator", "--port", "0", "--max-batch", str(options.max_batch)]
    with subprocess.Popen(
        [sys.executable, "-m", "streamscope_endpoint", *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address, "The endpoint did not start."
        try:
            return asyncio.run(load(address[0], images, expected, options))
        finally:
            process.terminate()


async def load(
    url: str, images: np.ndarray, expected: np.ndarray, options: argparse.Namespace
) -> tuple[list[float], int, int]:
    latencies: list[float] = []
    wrong = failed = 0
    end = time.perf_counter() + options.seconds

    async def client(number: int) -> None:
        nonlocal wrong, failed
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=url, timeout=120) as http:
            while time.perf_counter() < end:
                choice = chance.randrange(POOL)
                start = time.perf_counter()
                reply = await http.post(PATH, content=images[choice].tobytes(), headers={HEADER_LENGTH: "0"})
                if reply.status_code != 200:
                    failed += 1
                    continue
                latencies.append(time.perf_counter() - start)
                head = int(reply.headers[HEADER_LENGTH])
                assert json.loads(reply.content[:head])["parameters"]["backend"] == "emulator"
                wrong += np.frombuffer(reply.content[head:], "<u2").tolist() != expected[choice].tolist()

    await asyncio.gather(*[client(number) for number in range(options.clients)])
    return latencies, wrong, failed


if __name__ == "__main__":
    main()
