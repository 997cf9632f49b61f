"""Who calls, and with which role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.security import APIKeyHeader, HTTPBearer

from assistant.access import Role
from assistant.api.keys import KeyRing
from assistant.api.limits import Limiter, network_of
from assistant.api.oidc import OpenIdConnect, UnreachableIssuerError, WrongTokenError
from assistant.service import Assistant

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_bearer = HTTPBearer(auto_error=False, description="En API-nøgle, eller et login-token.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="En API-nøgle.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a role, and the name of the key or the login; without either it is empty."""

    role: Role
    name: str
    address: str

    @property
    def who(self) -> str:
        """Whom calls are counted for: the key, or where they come from without one."""
        return f"key {self.name}" if self.name else f"from {network_of(self.address)}"


class Callers:
    """Tells who calls by what the request presents."""

    def __init__(
        self, keys: KeyRing, login: OpenIdConnect | None, anonymous: bool, attempts: Limiter
    ) -> None:
        """`attempts` counts the wrong keys of one address."""
        self._keys = keys
        self._login = login
        self._anonymous = anonymous
        self._attempts = attempts

    def identify(self, request: Request) -> Caller:
        """Return who calls. Raises HTTPException where a key is needed, wrong, or tried too often.

        A wrong key is never taken for none.
        """
        address = request.client.host if request.client else ""
        try:
            presented = _presented(request)
        except _NoKeyError as error:
            raise self._wrong_key() from error
        if presented is None:
            if self._anonymous:
                return Caller(Role.PUBLIC, "", address)
            raise HTTPException(
                401, "Der skal en nøgle til. Send den som »Authorization: Bearer …«.", _CHALLENGE
            )
        return self._known(presented, address)

    def _known(self, presented: str, address: str) -> Caller:
        network = network_of(address)
        if spent := self._attempts.spent(network):
            raise HTTPException(
                429,
                f"Der er brugt for mange forkerte nøgler herfra. Vent {spent.reset} sekunder.",
                spent.headers,
            )
        if key := self._keys.find(presented):
            return Caller(key.role, key.name, address)
        if self._login and presented.count(".") == 2:
            try:
                return self._logged_in(self._login, presented, address)
            except WrongTokenError:
                pass
        self._attempts.hit(network)
        raise self._wrong_key()

    def _wrong_key(self) -> HTTPException:
        told = (
            "Nøglen kendes ikke, er lukket eller er udløbet. Ret den, eller bed driften om en ny."
        )
        if self._anonymous:
            told += " Udelad den for at se det, der er åbent for alle."
        return HTTPException(401, told, {"WWW-Authenticate": 'Bearer error="invalid_token"'})

    def _logged_in(self, login: OpenIdConnect, token: str, address: str) -> Caller:
        try:
            claims = login.claims(token)
        except UnreachableIssuerError as error:
            raise HTTPException(
                503,
                "Login kan ikke efterprøves lige nu. Prøv igen om lidt.",
                {"Retry-After": "10"},
            ) from error
        role = login.role(claims)
        if role is None:
            raise HTTPException(
                403, "Dit login har ingen rolle her. Bed driften om at give det en."
            )
        return Caller(role, f"login {claims['sub']}", address)


def caller(
    request: Request, _: Annotated[Any, Depends(_bearer)], __: Annotated[Any, Depends(_header)]
) -> Caller:
    """Return who calls, once it is counted. Raises HTTPException 401, 403, 429 or 503.

    The other parameters tell OpenAPI how a key is sent.
    """
    return counted_caller(request)


def counted_caller(request: Request) -> Caller:
    """As `caller`, for a route that asks for it itself."""
    state = request.app.state
    found: Caller = state.callers.identify(request)
    request.state.caller = found
    rate = state.calls.hit(found.who)
    request.state.rate = rate
    if rate and rate.exceeded:
        raise HTTPException(
            429, f"Der er spurgt for ofte. Vent {max(1, rate.reset)} sekunder.", rate.headers
        )
    return found


Calling = Annotated[Caller, Depends(caller)]
"""What a route takes to know who calls."""


def needs(wanted: Role) -> Callable[[Caller], Caller]:
    """Return a dependency that lets only this role, or a higher one, through."""

    def of_role(calling: Calling) -> Caller:
        order = list(Role)
        if order.index(calling.role) < order.index(wanted):
            raise HTTPException(403, f"Det kræver en nøgle med rollen »{wanted}«.")
        return calling

    return of_role


def _seen(request: Request, calling: Calling) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant.seen_by(calling.role)


Seen = Annotated[Assistant, Depends(_seen)]
"""What a route asks: the service as this caller may see it."""


def _presented(request: Request) -> str | None:
    """The one key or token of a request. Raises _NoKeyError where it is no key, or there are
    two."""
    headers = request.headers
    told = [headers["x-api-key"]] if "x-api-key" in headers else []
    if "authorization" in headers:
        scheme, _, token = headers["authorization"].partition(" ")
        if scheme.lower() != "bearer":
            raise _NoKeyError
        told.append(token.strip())
    if len(set(told)) > 1 or "" in told:
        raise _NoKeyError
    return told[0] if told else None


class _NoKeyError(Exception):
    """What was presented is no key."""
