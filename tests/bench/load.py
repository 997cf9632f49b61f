"""`python tests/bench/load.py FILE… [--seconds 60]`: many clients ask at once.

Starts `assistant serve` on a free port of the loopback over the store in ASSISTANT_HOME, without a
rate limit, and stops it afterwards. For each number of clients it prints requests a second, p50,
p95, p99 in ms, what was not answered with 200, and the server's memory in MB (Linux).
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles

import httpx

from assistant.evaluate import read_questions

_STARTS_WITHIN = 180


def main() -> None:
    """Print a line of JSON for each number of clients."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--clients", nargs="+", type=int, default=[1, 8, 32])
    arguments.add_argument("--seconds", type=float, default=60)
    given = arguments.parse_args()
    questions = [question.question for question in read_questions(given.files)]
    with served() as (address, process):
        for clients in given.clients:
            told = asyncio.run(asked_by(clients, address, questions, given.seconds))
            sys.stdout.write(json.dumps({**told, "memory_mb": memory(process)}) + "\n")
            sys.stdout.flush()


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Serve on a free port, and give its address and the server's process id once it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "import sys; from assistant.cli import main; sys.exit(main())"
    server = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--port", str(port)],
        env={**os.environ, "ASSISTANT_RATE_LIMIT": "", "ASSISTANT_WAITING": "256"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, server)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(60)


def wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers. Raises RuntimeError where it ends or takes too long."""
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the server did not come up")


async def asked_by(
    clients: int, address: str, questions: list[str], seconds: float
) -> dict[str, object]:
    """Have so many clients ask one question after another, and return what that took."""
    ends = time.monotonic() + seconds
    took: list[float] = []
    status: Counter[int] = Counter()

    async def ask(first: int, client: httpx.AsyncClient) -> None:
        for question in cycle(questions[first:] + questions[:first]):
            if time.monotonic() > ends:
                return
            started = time.perf_counter()
            told = await client.post("/api/v1/ask", json={"question": question})
            took.append(1000 * (time.perf_counter() - started))
            status[told.status_code] += 1

    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        await asyncio.gather(*(ask(n * 7 % len(questions), client) for n in range(clients)))
    cuts = quantiles(took, n=100)
    return {
        "clients": clients,
        "requests": len(took),
        "per_second": round(len(took) / seconds, 1),
        "p50_ms": round(cuts[49]),
        "p95_ms": round(cuts[94]),
        "p99_ms": round(cuts[98]),
        "failed": sum(count for code, count in status.items() if code != 200),
    }


def memory(process: int) -> int | None:
    """Return how much memory a process holds, in MB; None where that is not told."""
    told = Path(f"/proc/{process}/status")
    if not told.exists():
        return None
    held = next(line for line in told.read_text().splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) // 1024


if __name__ == "__main__":
    main()
