"""How often somebody may call."""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.errors import WrongUseError

_SUBNET = 64
"""Bits of an IPv6 address that one subscriber has."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Where somebody stands: calls allowed, calls left, seconds until one more is free."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell it."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return told | ({"Retry-After": str(max(1, self.reset))} if self.exceeded else {})


class Limiter:
    """Counts calls in a moving window, in this process."""

    def __init__(self, rate: str, name: str) -> None:
        """`rate` is such as `60/minute`, several with `;` are not taken; empty: no limit.

        `name` is the setting's. Raises WrongUseError where the rate cannot be read.
        """
        self._rate = _parsed(rate, name) if rate else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, who: str) -> Rate | None:
        """Count a call of somebody's; return where they stand, None where there is no limit."""
        if self._rate is None:
            return None
        allowed = self._window.hit(self._rate, who)
        return self._stand(self._rate, who, exceeded=not allowed)

    def spent(self, who: str) -> Rate | None:
        """Return where somebody stands who has no call left, else None; nothing is counted."""
        if self._rate is None or self._window.test(self._rate, who):
            return None
        return self._stand(self._rate, who, exceeded=True)

    def _stand(self, rate: RateLimitItem, who: str, exceeded: bool) -> Rate:
        stats = self._window.get_window_stats(rate, who)
        wait = max(0, math.ceil(stats.reset_time - time.time()))
        return Rate(rate.amount, stats.remaining, wait, exceeded)


def network_of(address: str) -> str:
    """Return what one subscriber's addresses share: the address, or its IPv6 network."""
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return address
    if told.version == 4:
        return address
    return str(ipaddress.ip_network((told, _SUBNET), strict=False))


def _parsed(rate: str, name: str) -> RateLimitItem:
    try:
        return parse(rate)
    except ValueError as error:
        raise WrongUseError(
            f"{name} er »{rate}«, som ikke kan læses. Skriv den som 60/minute, eller lad den være "
            "tom."
        ) from error
