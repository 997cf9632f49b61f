"""Settings of the running API: `ASSISTANT_<NAME>` in the environment or `.env`, as the others."""

from __future__ import annotations

import os

from pydantic import Field, SecretStr

from assistant.access import Role
from assistant.settings import FromEnvironment


class ServingSettings(FromEnvironment):
    """What an operator can set of `assistant serve`. Rates are such as `60/minute`; empty: none."""

    api_keys: SecretStr = Field(
        default=SecretStr(""),
        description="Keys besides the stored ones: `role:key`, or a bare key of a member.",
    )
    anonymous: bool = Field(
        default=True, description="Whether callers without a key see what is public."
    )
    rate_limit: str = Field(default="120/minute", description="Calls of one key or address.")
    wrong_keys: str = Field(
        default="10/minute", description="Wrong keys of one address before it has to wait."
    )
    max_request_bytes: int = Field(default=5_000_000, ge=1000, description="Size of a request.")
    max_document_bytes: int = Field(
        default=50_000_000, ge=1000, description="Size of what is sent to `/documents` at once."
    )
    request_timeout: float = Field(default=120.0, gt=0, description="Seconds a call may take.")
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 2,
        ge=1,
        description="How many calls are worked on at once; others wait.",
    )
    waiting: int = Field(default=64, ge=0, description="How many calls may wait for a thread.")
    stop_timeout: int = Field(
        default=20, ge=0, description="Seconds that running calls have to end when it is stopped."
    )
    cors_origins: str = Field(
        default="", description="Sites whose pages may call, separated by commas. Empty: none."
    )
    log_questions: bool = Field(
        default=False, description="Log questions, query strings and addresses too."
    )
    metrics_public: bool = Field(
        default=True, description="Whether `/metrics` is open; if not, it takes an admin's key."
    )
    oidc_issuer: str = Field(
        default="", description="The address of an OpenID Connect issuer. Empty: keys only."
    )
    oidc_audience: str = Field(default="", description="Whom the issuer's tokens must be for.")
    oidc_role_claim: str = Field(
        default="roles", description="The claim that tells the role, dotted where it is nested."
    )
    oidc_roles: dict[str, Role] = Field(
        default_factory=dict, description='What a claim\'s value gives: `{"staff": "member"}`.'
    )
    retention_days: int = Field(
        default=365,
        ge=0,
        description="Days that feedback, ended jobs and whose a stance was are kept. 0: always.",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="What callbacks of jobs are signed with. Empty: none."
    )
    webhook_hosts: str = Field(
        default="",
        description="Hosts inside one's own net that callbacks may go to, separated by commas.",
    )
