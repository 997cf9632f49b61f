"""Tells a caller's own address that a job has ended: signed, tried again, never inwards."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
from tenacity import (
    RetryError,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    stop_when_event_set,
    wait_exponential_jitter,
)

from assistant.errors import WrongUseError
from assistant.store.jobs import CallbackStatus, Job

log = logging.getLogger("assistant.jobs")

TIMESTAMP, SIGNATURE, DELIVERY = (
    "X-Assistant-Timestamp", "X-Assistant-Signature", "X-Assistant-Delivery"
)  # fmt: skip
_ATTEMPTS = 6
_SECONDS = 10.0
_LONGEST_URL = 2000
_PORTS = 65536
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")


class _NotTakenError(Exception):
    """The address did not answer, or not with a 2xx."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to tell it: the address as given, and the machine that its name means just now."""

    url: httpx.URL
    ip: str


class Callbacks:
    """Delivers callbacks in the background; `noted` is told how each one went."""

    def __init__(
        self,
        secret: str,
        hosts: frozenset[str],
        noted: Callable[[Job, CallbackStatus], None],
        first_wait: float = 1.0,
    ) -> None:
        """`hosts` are those that may lie inside; `first_wait` is the seconds before a retry."""
        self._secret = secret.encode()
        self._hosts = hosts
        self._noted = noted
        self._first_wait = first_wait
        self._stopping = threading.Event()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="callbacks")

    @property
    def can_sign(self) -> bool:
        """Whether there is a secret to sign with."""
        return bool(self._secret)

    def check(self, url: str) -> None:
        """Raise WrongUseError where this address is not one to tell anything to."""
        resolved(url, self._hosts)

    def tell(self, job: Job) -> None:
        """Have a job's asker told that it has ended, where they asked for that."""
        if job.callback_url and job.callback == "waiting" and not self._stopping.is_set():
            self._threads.submit(self._deliver, job)

    def close(self) -> None:
        """Give up what is waiting: it stays noted as such, and the next start tries again."""
        self._stopping.set()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, job: Job) -> None:
        retrying = Retrying(
            stop=stop_after_attempt(_ATTEMPTS) | stop_when_event_set(self._stopping),
            wait=wait_exponential_jitter(
                multiplier=self._first_wait, max=300, jitter=self._first_wait
            ),
            retry=retry_if_exception_type(_NotTakenError),
            sleep=sleep_using_event(self._stopping),
        )
        try:
            retrying(self._send, job)
            self._noted(job, "told")
        except (RetryError, WrongUseError):
            if not self._stopping.is_set():
                log.warning("job %s: adressen tog ikke imod, at det er slut", job.id)
                self._noted(job, "failed")
        except Exception:
            log.exception("uventet fejl ved besked om job %s", job.id)

    def _send(self, job: Job) -> None:
        address = resolved(str(job.callback_url), self._hosts)
        body = json.dumps(content(job), ensure_ascii=False).encode()
        at = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Host": address.url.netloc.decode(),
            TIMESTAMP: at,
            SIGNATURE: f"sha256={sign(self._secret, at, body)}",
            DELIVERY: job.id,
        }
        try:
            # To the address that was checked, by the name that was given: a name that is looked
            # up again could mean another machine by then.
            with httpx.Client(trust_env=False, timeout=_SECONDS) as client, client.stream(
                "POST",
                address.url.copy_with(host=address.ip),
                content=body,
                headers=headers,
                extensions={"sni_hostname": address.url.host},
            ) as answer:
                if not answer.is_success:
                    raise _NotTakenError(answer.status_code)
        except httpx.HTTPError as error:
            raise _NotTakenError from error


def content(job: Job) -> dict[str, object]:
    """Return what is told: that the job has ended and how, nothing of what it was about."""
    return {
        "job_id": job.id,
        "kind": job.kind,
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "ended_at": job.ended_at,
    }


def sign(secret: bytes, at: str, body: bytes) -> str:
    """Return the hexadecimal HMAC-SHA256 of `<timestamp>.<body>`."""
    return hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()


def resolved(url: str, hosts: frozenset[str] = frozenset()) -> Address:
    """Return where a callback goes, once it is sure that it goes outwards or to a named host.

    Raises WrongUseError where the address is none of the web, or any machine that its name means
    lies inside.
    """
    try:
        told = httpx.URL(url)
        port = told.port or {"http": 80, "https": 443}[told.scheme]
    except (httpx.InvalidURL, KeyError) as error:
        raise _no_address() from error
    bare = not (told.userinfo or told.fragment)
    if not (told.host and bare and port < _PORTS and len(url) <= _LONGEST_URL):
        raise _no_address()
    found = list(_addresses(told.host, port))
    named = told.host.lower() in hosts
    if not found or not (named or all(map(_is_outside, found))):
        raise WrongUseError(
            "»callback_url« kan ikke bruges: adressen findes ikke, eller ligger på et internt "
            "net. Driften kan tillade en intern vært med ASSISTANT_WEBHOOK_HOSTS."
        )
    return Address(told, found[0])


def _no_address() -> WrongUseError:
    return WrongUseError(
        "»callback_url« skal være en adresse, der begynder med https:// eller http://, uden "
        "brugernavn, adgangskode og #."
    )


def _addresses(host: str, port: int) -> Iterator[str]:
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    yield from dict.fromkeys(str(one[4][0]) for one in told)


def _is_outside(address: str) -> bool:
    told = ipaddress.ip_address(address.partition("%")[0])
    if told.version == 6:
        if told.ipv4_mapped:
            return _is_outside(str(told.ipv4_mapped))
        if told not in _GLOBAL_V6 or told.sixtofour or told.teredo:
            return False
    return told.is_global and not told.is_multicast
