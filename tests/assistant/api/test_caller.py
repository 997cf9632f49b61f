import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from json import dumps
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assistant.access import Role
from assistant.api.keys import add_key, revoke_key
from assistant.errors import WrongUseError
from assistant.service import Assistant
from assistant.settings import Settings
from tests.assistant.api.conftest import KEYS, ClientOf

MEETINGS = "/api/v1/meetings"


@pytest.mark.parametrize("role", ["", *KEYS])
def test_every_role_is_known_and_sees_as_itself(
    client_of: ClientOf, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(Assistant, "seen_by", lambda self, role: seen.append(role) or self)
    client = client_of(role)
    question = {"question": "Hvad koster skybrudssikring af Nørrevang?"}
    answers = [
        client.get(MEETINGS),
        client.get("/api/v1/meetings/04c66a00-fe8f-4fe3-a9d4-69ea53f0bfc8"),
        client.get("/api/v1/items/fcfb6473-d94b-4a68-8174-72cfa5462abf"),
        client.get("/api/v1/search?q=cykelsti"),
        client.post("/api/v1/ask", json=question),
        client.post("/api/v1/ask/stream", json=question),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert seen == [role or "public"] * len(answers)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": "forkert"},
        {"X-API-Key": ""},
        {"Authorization": "Bearer forkert"},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {KEYS['member']}"},
        {"Authorization": KEYS["member"]},
        {"Authorization": "Bearer a.b.c"},
        {"Authorization": f"Bearer {KEYS['member']}", "X-API-Key": KEYS["admin"]},
        {"X-API-Key": f"member:{KEYS['member']}"},
    ],
)
def test_a_wrong_key_is_refused_and_never_taken_for_none(
    client_of: ClientOf, headers: dict[str, str]
) -> None:
    refused = client_of().get(MEETINGS, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.headers["content-type"] == "application/problem+json"


def test_without_anonymous_a_key_is_needed(client_of: ClientOf) -> None:
    refused = client_of(anonymous=False).get(MEETINGS)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert client_of("public", anonymous=False).get(MEETINGS).status_code == 200
    assert client_of(anonymous=False).get("/healthz").status_code == 200


def test_a_key_that_was_added_works_until_it_is_revoked_or_expired(
    client_of: ClientOf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(settings)
    catalogue = assistant.store.catalogue
    today = date.today()
    lasting, _ = add_key(catalogue, "portalen", Role.MEMBER)
    ending, _ = add_key(catalogue, "praktikant", Role.CLEARED, today)
    client = client_of(assistant=assistant)

    def status(key: str) -> int:
        return client.get(MEETINGS, headers={"Authorization": f"Bearer {key}"}).status_code

    assert (status(lasting), status(ending)) == (200, 200)
    assert lasting not in str(catalogue.api_keys())
    assert status(lasting[:-1]) == 401
    monkeypatch.setattr("assistant.api.keys._today", lambda: today + timedelta(days=1))
    assert (status(lasting), status(ending)) == (200, 401)
    revoke_key(catalogue, "portalen")
    assert status(lasting) == 401
    assistant.close()


def test_wrong_keys_from_one_address_have_to_wait(client_of: ClientOf) -> None:
    client = client_of(wrong_keys="3/minute")
    wrong = {"X-API-Key": "forkert"}
    statuses = [client.get(MEETINGS, headers=wrong).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]
    right = client.get(MEETINGS, headers={"X-API-Key": KEYS["admin"]})
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0
    assert client.get(MEETINGS).status_code == 200


class Issuer:
    """A login of the tests': it signs tokens, and serves the key that checks them."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.asked: list[str] = []
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                told: dict[str, Any] = {"keys": [{**public, "kid": "1", "use": "sig"}]}
                if "well-known" in self.path:
                    told = {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"}
                self.send_response(200)
                self.end_headers()
                self.wfile.write(dumps(told).encode())

            def log_message(self, *_: Any) -> None:
                """Nothing: it would be printed."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def token(self, kid: str = "1", key: Any = None, algorithm: str = "ES256", **told: Any) -> str:
        claims = {
            "iss": self.url, "aud": "portal", "sub": "anna", "exp": time.time() + 600,
            "realm_access": {"roles": ["medarbejder", "andet"]}, **told,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, key or self.key, algorithm, headers={"kid": kid})


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.close()


def login_settings(issuer: Issuer) -> dict[str, Any]:
    return {
        "oidc_issuer": issuer.url, "oidc_audience": "portal",
        "oidc_role_claim": "realm_access.roles",
        "oidc_roles": {"medarbejder": "member", "jurist": "cleared"}, "wrong_keys": "",
    }  # fmt: skip


def test_a_login_gives_the_role_that_its_claim_says(
    client_of: ClientOf, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(Assistant, "seen_by", lambda self, role: seen.append(role) or self)
    client = client_of(**login_settings(issuer))

    def status(token: str) -> int:
        return client.get(MEETINGS, headers={"Authorization": f"Bearer {token}"}).status_code

    assert status(issuer.token()) == 200
    assert status(issuer.token(realm_access={"roles": ["medarbejder", "jurist"]})) == 200
    assert seen == ["member", "cleared"]
    assert status(issuer.token(realm_access={"roles": ["andet"]})) == 403
    assert len(issuer.asked) == 2, "its keys are asked for once"


def test_a_token_that_is_not_the_issuers_or_not_valid_now_is_refused(
    client_of: ClientOf, issuer: Issuer
) -> None:
    client = client_of(**login_settings(issuer))
    now = time.time()
    tokens = {
        "expired": issuer.token(exp=now - 60),
        "not yet": issuer.token(nbf=now + 600),
        "without end": issuer.token(exp=None),
        "another issuer": issuer.token(iss="http://127.0.0.1:1"),
        "another audience": issuer.token(aud="andet"),
        "without audience": issuer.token(aud=None),
        "another key": issuer.token(key=ec.generate_private_key(ec.SECP256R1())),
        "unknown key": issuer.token(kid="2"),
        "shared secret": issuer.token(key="x" * 40, algorithm="HS256"),
        "unsigned": jwt.encode({"iss": issuer.url, "aud": "portal"}, "", "none"),
    }
    statuses = {
        name: client.get(MEETINGS, headers={"Authorization": f"Bearer {token}"}).status_code
        for name, token in tokens.items()
    }
    assert statuses == dict.fromkeys(tokens, 401)


def test_an_issuer_alone_is_no_login(client_of: ClientOf) -> None:
    with pytest.raises(WrongUseError, match="ASSISTANT_OIDC_AUDIENCE"):
        client_of(oidc_issuer="https://login.example")


def test_an_issuer_that_does_not_answer_is_not_the_callers_fault(
    client_of: ClientOf, issuer: Issuer
) -> None:
    told = login_settings(issuer) | {"oidc_issuer": "http://127.0.0.1:1"}
    refused = client_of(**told).get(
        MEETINGS, headers={"Authorization": f"Bearer {issuer.token(iss='http://127.0.0.1:1')}"}
    )
    assert refused.status_code == 503
