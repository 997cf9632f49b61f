"""`python tests/bench/api_schema.py [--seconds N]`: schemathesis over a running server.

Serves the store in ASSISTANT_HOME on a free port, and has schemathesis make requests of what the
OpenAPI document allows and forbids: no answer may be a 500, and each must be as the document says.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

PORT = 8765
KEY = "admin-key-of-the-benchmark"
CONFIG = Path(__file__).with_name("api_schema.toml")
HOOKS = "api_schema_hooks"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,response_headers_conformance,negative_data_rejection,"
    "positive_data_acceptance,unsupported_method,allow_header_conformance"
)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=150)
    arguments.add_argument("--port", type=int, default=PORT)
    asked = arguments.parse_args()
    address = f"http://127.0.0.1:{asked.port}"
    server = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()",
         "serve", "--port", str(asked.port)],
        env=os.environ | {"ASSISTANT_API_KEYS": f"admin:{KEY}", "ASSISTANT_RATE_LIMIT": ""},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(address, server)
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run(
                [Path(sys.executable).with_name("schemathesis"), "--config-file",
                 str(CONFIG), "run", f"{address}/openapi.json", "--header", f"X-API-Key: {KEY}",
                 "--checks", CHECKS, "--max-time", str(asked.seconds), "--continue-on-failure",
                 "--report-dir", folder],
                check=False, cwd=folder,
                env=os.environ | {"SCHEMATHESIS_HOOKS": HOOKS, "PYTHONPATH": str(CONFIG.parent)},
            ).returncode  # fmt: skip
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server is ready."""
    while server.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.ConnectError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
