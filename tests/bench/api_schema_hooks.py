"""What schemathesis does besides: a key for one call is used for one call."""

import uuid
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Have each good `Idempotency-Key` differ from all before."""
    headers = case.headers or {}
    for name in headers:
        if name.lower() == "idempotency-key" and 0 < len(str(headers[name])) <= 200:
            headers[name] = uuid.uuid4().hex + str(headers[name])[32:]
