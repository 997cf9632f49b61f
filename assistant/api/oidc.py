"""A municipality's own login: bearer tokens of an OpenID Connect issuer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import httpx
import jwt

from assistant.access import Role

log = logging.getLogger("assistant.api")

_ALGORITHMS = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
]  # fmt: skip
"""Asymmetric only: with a shared secret, whoever can check a token could make one."""
_LEEWAY = 30
"""Seconds that two clocks may differ."""
_KEPT = 3600.0
_AGAIN = 60.0
"""Seconds before the issuer is asked again for a key that it did not have."""
_TIMEOUT = httpx.Timeout(5.0)


class UnreachableIssuerError(Exception):
    """The issuer cannot be asked for its keys."""


class WrongTokenError(Exception):
    """The token is not the issuer's, not for us, or not valid now."""


class OpenIdConnect:
    """Checks tokens of one issuer, whose keys it fetches and keeps for an hour."""

    def __init__(
        self, issuer: str, audience: str, role_claim: str, roles: Mapping[str, Role]
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._role_claim = role_claim
        self._roles = roles
        self._lock = threading.Lock()
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._asked_at: float | None = None

    def claims(self, token: str) -> dict[str, Any]:
        """Return what a valid token says.

        Raises WrongTokenError, or UnreachableIssuerError where its keys cannot be fetched.
        """
        try:
            header = jwt.get_unverified_header(token)
            key = self._key(header.get("kid"))
            told: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=_ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise WrongTokenError(str(error)) from error
        return told

    def role(self, claims: Mapping[str, Any]) -> Role | None:
        """Return the highest role that the claim gives, None where it gives none."""
        told = _claim(claims, self._role_claim)
        values = told if isinstance(told, list) else [told]
        given = {self._roles[value] for value in map(str, values) if value in self._roles}
        return max(given, key=list(Role).index, default=None)

    def _key(self, kid: str | None) -> jwt.PyJWK:
        with self._lock:
            age = _KEPT if self._asked_at is None else time.monotonic() - self._asked_at
            if age >= _KEPT or (kid not in self._keys and age >= _AGAIN):
                self._keys = self._fetched()
                self._asked_at = time.monotonic()
            if kid is None and len(self._keys) == 1:
                return next(iter(self._keys.values()))
            if kid not in self._keys:
                raise WrongTokenError("unknown key")
            return self._keys[kid]

    def _fetched(self) -> dict[str | None, jwt.PyJWK]:
        discovery = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
                told = client.get(discovery).raise_for_status().json()
                if told["issuer"] != self._issuer:
                    raise UnreachableIssuerError("the discovery document is another issuer's")
                keys = client.get(told["jwks_uri"]).raise_for_status().json()["keys"]
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            log.warning("OpenID Connect-udstederen kan ikke spørges (%s).", type(error).__name__)
            raise UnreachableIssuerError(str(error)) from error
        return {key.key_id: key for key in map(_usable, keys) if key}


def _usable(told: dict[str, Any]) -> jwt.PyJWK | None:
    """The key, unless it is for encrypting, or of a kind that is not known here."""
    if told.get("use", "sig") != "sig" or told.get("kty") == "oct":
        return None
    try:
        return jwt.PyJWK(told)
    except jwt.PyJWTError:
        return None


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, or by a dotted path to where it is nested."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
