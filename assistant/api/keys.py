"""API keys: made, listed, revoked, and recognised.

A key is 32 random bytes. Nobody can try them all, so its SHA-256 is enough to keep: a slow hash
guards passwords, which can be guessed, and would cost every call its time.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant.access import Role
from assistant.errors import WrongUseError
from assistant.store.catalogue import Catalogue
from assistant.store.keys import StoredKey

_MARK = "agenda"
_SHORTEST = 16
"""Characters of a key that an operator writes himself."""


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key out of the settings."""

    name: str
    role: Role
    sha256: str


def add_key(
    catalogue: Catalogue, name: str, role: Role, expires: date | None = None
) -> tuple[str, StoredKey]:
    """Make a key and keep its hash; return the key, which cannot be had again, and what is kept.

    Raises WrongUseError where the name is empty or taken, or the last day has passed.
    """
    name = name.strip()
    if not name:
        raise WrongUseError("Nøglen skal have et navn, så den kan kendes igen og lukkes.")
    if any(key.name == name and key.revoked_at is None for key in catalogue.api_keys()):
        raise WrongUseError(
            f"Der er allerede en nøgle med navnet »{name}«. Vælg et andet, eller luk den først med "
            f"»assistant keys revoke {name}«."
        )
    if expires and expires < _today():
        raise WrongUseError("Nøglens sidste dag er allerede gået. Vælg en dag, der kommer.")
    key_id = secrets.token_hex(4)
    key = f"{_MARK}_{key_id}_{secrets.token_urlsafe(32)}"
    stored = StoredKey(key_id, name, role, _hash(key), _now(), expires)
    catalogue.add_api_key(stored)
    return key, stored


def revoke_key(catalogue: Catalogue, name: str) -> None:
    """Have a key work no more, from the next call on. Raises WrongUseError where there is none."""
    if not catalogue.revoke_api_key(name, _now()):
        raise WrongUseError(
            f"Der er ingen nøgle med navnet »{name}«, som virker. »assistant keys list« viser dem."
        )


def given_keys(setting: str) -> list[GivenKey]:
    """Return the keys of the setting: `role:key` or a bare key of a member, with commas or spaces
    between. Raises WrongUseError where one has no such role, or is short enough to guess."""
    found = []
    for number, entry in enumerate(re.split(r"[,\s]+", setting.strip()), start=1):
        if entry:
            role, _, key = entry.rpartition(":")
            found.append(GivenKey(f"setting-{number}", _role(role), _hash(_long_enough(key))))
    return found


class KeyRing:
    """Recognises keys: those in the catalogue and those of the settings."""

    def __init__(self, catalogue: Catalogue, given: Sequence[GivenKey]) -> None:
        self._catalogue = catalogue
        self._given = given

    def find(self, presented: str) -> StoredKey | GivenKey | None:
        """Return the key that was presented, if it is one and works today, else None."""
        digest = _hash(presented)
        given = [key for key in self._given if hmac.compare_digest(key.sha256, digest)]
        return given[0] if given else self._stored(presented, digest)

    def _stored(self, presented: str, digest: str) -> StoredKey | None:
        mark, _, rest = presented.partition("_")
        stored = self._catalogue.api_key(rest.partition("_")[0]) if mark == _MARK else None
        if stored is None or not hmac.compare_digest(stored.sha256, digest):
            return None
        return stored if stored.works(_today()) else None


def _role(told: str) -> Role:
    try:
        return Role(told or Role.MEMBER)
    except ValueError as error:
        raise WrongUseError(
            f"ASSISTANT_API_KEYS nævner rollen »{told}«, som ikke findes. Brug en af "
            f"{', '.join(Role)}."
        ) from error


def _long_enough(key: str) -> str:
    if len(key) < _SHORTEST:
        raise WrongUseError(
            f"En nøgle i ASSISTANT_API_KEYS er kortere end {_SHORTEST} tegn og kan gættes. Lav en "
            "med »assistant keys add NAVN«."
        )
    return key


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _today() -> date:
    return datetime.now().astimezone().date()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
