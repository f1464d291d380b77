from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Awaitable, Callable

import numpy as np
import pytest
from support.stub import StubBackend, answer, image

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.batching import MOST_FAILURES, Answer, DeviceQueue
from streamscope_endpoint.errors import DeviceError, RequestError
from streamscope_endpoint.metrics import Metrics

#: Long enough that only a full batch, or the end, starts one.
FOR_EVER = 3600.0

Test = Callable[[DeviceQueue, StubBackend], Awaitable[None]]


def run(
    test: Test, max_batch: int = 4, delay_s: float = FOR_EVER, device_timeout_s: float = FOR_EVER
) -> StubBackend:
    """Runs a test in an event loop, with a queue before a stub."""
    backend = StubBackend()

    async def main() -> None:
        with ThreadPoolExecutor(1, thread_name_prefix="device") as executor:
            metrics = Metrics(backend.info)
            queue = DeviceQueue(backend, executor, metrics, max_batch, delay_s, device_timeout_s)
            try:
                await asyncio.wait_for(test(queue, backend), 30)
            finally:
                backend.gate.set()
                await queue.close()

    asyncio.run(main())
    return backend


def images(*seeds: int) -> Array:
    return np.stack([image(seed) for seed in seeds])


def start(queue: DeviceQueue, *seeds: int) -> asyncio.Task[Answer]:
    return asyncio.ensure_future(queue.submit(images(*seeds)))


async def until_reached(backend: StubBackend) -> None:
    """Until a batch is at the device."""
    await asyncio.get_running_loop().run_in_executor(None, backend.reached.wait)


def test_a_full_batch_starts_at_once_and_each_gets_its_own_answer() -> None:
    async def test(queue: DeviceQueue, _: StubBackend) -> None:
        answers = await asyncio.gather(*[start(queue, seed) for seed in (1, 2, 3, 4)])
        for seed, one in zip((1, 2, 3, 4), answers):
            assert one.top.tolist() == answer(images(seed)).tolist()
            assert one.batch_size == 4

    backend = run(test)
    assert [batch.tolist() for batch in backend.batches] == [images(1, 2, 3, 4).tolist()]


def test_a_batch_that_stays_small_starts_after_the_delay() -> None:
    async def test(queue: DeviceQueue, _: StubBackend) -> None:
        assert (await queue.submit(images(1))).batch_size == 1

    run(test, delay_s=0.001)


def test_what_comes_while_the_device_works_is_the_next_batch_in_its_order() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        first = start(queue, 1)
        await until_reached(backend)
        later = [start(queue, seed) for seed in (2, 3, 4)]
        await asyncio.sleep(0)
        backend.gate.set()
        assert (await first).batch_size == 1
        assert [one.batch_size for one in await asyncio.gather(*later)] == [3, 3, 3]

    backend = run(test, delay_s=0)
    assert [batch.tolist() for batch in backend.batches] == [images(1).tolist(), images(2, 3, 4).tolist()]


def test_requests_are_not_split_and_do_not_overtake() -> None:
    async def test(queue: DeviceQueue, _: StubBackend) -> None:
        tasks = [start(queue, *seeds) for seeds in ((1, 2, 3), (4, 5), (6,), (7,))]
        answers = await asyncio.gather(*tasks)
        assert [one.batch_size for one in answers] == [3, 4, 4, 4]
        assert answers[1].top.tolist() == answer(images(4, 5)).tolist()

    backend = run(test)
    assert [len(batch) for batch in backend.batches] == [3, 4]


def test_who_goes_away_leaves_the_queue() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        first = start(queue, 1)
        await until_reached(backend)
        goes, stays = start(queue, 2), start(queue, 3)
        await asyncio.sleep(0)
        goes.cancel()
        with pytest.raises(asyncio.CancelledError):
            await goes
        backend.gate.set()
        await first
        assert (await stays).batch_size == 1

    backend = run(test, delay_s=0)
    assert [batch.tolist() for batch in backend.batches] == [images(1).tolist(), images(3).tolist()]


def test_who_goes_away_during_the_batch_does_not_harm_the_others() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        goes, stays = start(queue, 1, 2), start(queue, 3, 4)
        await until_reached(backend)
        goes.cancel()
        backend.gate.set()
        assert (await stays).top.tolist() == answer(images(3, 4)).tolist()

    run(test)


def test_when_a_batch_fails_each_is_told_and_the_next_batch_runs() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.error = DeviceError("The card is on fire.")
        failed = await asyncio.gather(*[start(queue, seed, seed) for seed in (1, 2)], return_exceptions=True)
        for error in failed:
            assert isinstance(error, RequestError)
            assert (error.status, error.message) == (500, "The card is on fire.")
        backend.error = None
        assert (await queue.submit(images(1, 2, 3, 4))).batch_size == 4

    run(test)


def test_a_device_that_hangs_is_told_to_all_who_wait_and_takes_no_work_until_it_comes_back() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        waiting = [start(queue, 1, 2, 3, 4), start(queue, 5, 6, 7, 8), start(queue, 9)]
        for error in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(error, RequestError)
            assert error.status == 500
            assert "has not answered for 0.01 seconds" in error.message
        assert queue.hangs
        with pytest.raises(RequestError, match="takes no work") as refused:
            await queue.submit(images(10))
        assert refused.value.status == 503
        assert queue._metrics.batch_failures._value.get() == 1
        assert queue._metrics.queue_length._value.get() == 0
        backend.gate.set()
        while queue.hangs:
            await asyncio.sleep(0)
        assert queue.fault is None
        # Now nothing can be late.
        queue._device_timeout_s = FOR_EVER
        assert (await queue.submit(images(11, 12, 13, 14))).batch_size == 4

    backend = run(test, device_timeout_s=0.01)
    assert [len(batch) for batch in backend.batches] == [4, 4]


def test_a_device_that_hangs_does_not_keep_the_queue_from_closing() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        waiting = [start(queue, 1, 2, 3, 4), start(queue, 5)]
        await until_reached(backend)
        await queue.close()
        assert queue.hangs
        for one in waiting:
            with pytest.raises(RequestError, match="has not answered"):
                await one

    run(test, device_timeout_s=0.01)


def test_a_device_that_fails_again_and_again_has_a_fault_until_it_succeeds() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.error = DeviceError("The card is on fire.")
        for failed in range(MOST_FAILURES):
            assert queue.fault is None, failed
            with pytest.raises(RequestError, match="on fire"):
                await queue.submit(images(1, 2, 3, 4))
        assert queue.fault == "The device failed on the last 5 batches; the endpoint's log says why."
        backend.error = None
        await queue.submit(images(1, 2, 3, 4))
        assert queue.fault is None

    run(test)


def test_closing_finishes_what_waits_and_refuses_what_comes() -> None:
    async def test(queue: DeviceQueue, backend: StubBackend) -> None:
        backend.gate.clear()
        waiting = [start(queue, 1, 2), start(queue, 3, 4), start(queue, 5)]
        await until_reached(backend)
        closing = asyncio.ensure_future(queue.close())
        await asyncio.sleep(0)
        with pytest.raises(RequestError, match="stopping"):
            await queue.submit(images(6))
        backend.gate.set()
        assert [len((await one).top) for one in waiting] == [2, 2, 1]
        await closing

    run(test)


def test_the_device_is_used_by_one_thread_only() -> None:
    async def test(queue: DeviceQueue, _: StubBackend) -> None:
        await asyncio.gather(*[start(queue, seed) for seed in range(40)])

    assert len(run(test).threads) == 1
