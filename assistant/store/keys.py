"""API keys in the catalogue: who has one, with which role, and the hash that it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from assistant.access import Role
from assistant.store import schema


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it is kept: never itself, only the SHA-256 that it is recognised by.

    `id` is the part of the key that may be shown; `expires` is the last day that it works.
    """

    id: str
    name: str
    role: Role
    sha256: str
    created_at: str
    expires: date | None = None
    revoked_at: str | None = None

    def works(self, today: date) -> bool:
        """Return whether the key opens anything on this day."""
        return self.revoked_at is None and (self.expires is None or today <= self.expires)


def insert_key(connection: Connection, key: StoredKey) -> None:
    """Write a new key."""
    connection.execute(
        insert(schema.api_keys).values(
            id=key.id,
            name=key.name,
            role=key.role.value,
            sha256=key.sha256,
            created_at=key.created_at,
            expires=key.expires,
            revoked_at=key.revoked_at,
        )
    )


def select_keys(key_id: str | None = None) -> Select[Any]:
    """Select all keys in the order of their making, or the one of an id."""
    statement = select(schema.api_keys).order_by(schema.api_keys.c.created_at)
    return statement if key_id is None else statement.where(schema.api_keys.c.id == key_id)


def revoke_keys(connection: Connection, name: str, at: str) -> int:
    """Note that the keys of this name work no more; return how many did."""
    revoked = connection.execute(
        update(schema.api_keys)
        .where(schema.api_keys.c.name == name, schema.api_keys.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return revoked.rowcount


def to_key(row: Row[Any]) -> StoredKey:
    """Return a selected key."""
    return StoredKey(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        sha256=row.sha256,
        created_at=row.created_at,
        expires=row.expires,
        revoked_at=row.revoked_at,
    )
