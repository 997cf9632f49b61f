"""A server of the OpenAI protocol on loopback that answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """How one request is answered. `pieces` are streamed `pause` seconds apart."""

    pieces: tuple[str, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = "no"
    pause: float = 0.0
    cut_off: bool = False


@dataclass
class Served:
    """A running server: its address, what was asked of it, and who went away before the end."""

    url: str
    replies: list[Reply]
    asked: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(*replies: Reply) -> Iterator[Served]:
    """Serve the replies in order; the last one again and again."""
    told = Served("", list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            told.asked.append(json.loads(self.rfile.read(length)))
            reply = told.replies.pop(0) if len(told.replies) > 1 else told.replies[0]
            try:
                stream(self, reply)
            except (BrokenPipeError, ConnectionResetError):
                told.left.set()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def stream(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """Write one reply as the protocol has it."""
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if reply.status != 200:
        told = json.dumps({"error": {"message": reply.fault, "code": reply.status}}).encode()
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)
        return
    handler.send_header("Content-Type", "text/event-stream")
    if reply.cut_off:
        handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    event(handler, delta={"role": "assistant", "content": ""})
    for piece in reply.pieces:
        time.sleep(reply.pause)
        event(handler, delta={"content": piece})
    if reply.cut_off:
        return
    event(handler, delta={}, finish="stop")
    event(handler, usage={"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18})
    handler.wfile.write(b"data: [DONE]\n\n")


def event(
    handler: BaseHTTPRequestHandler,
    delta: dict[str, str] | None = None,
    finish: str | None = None,
    usage: dict[str, int] | None = None,
) -> None:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    told = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    line = json.dumps({**told, "choices": choices, "usage": usage})
    handler.wfile.write(f"data: {line}\n\n".encode())
    handler.wfile.flush()
