"""The same assistants and server as the API's tests have."""

from tests.assistant.api.conftest import levels_url, portal_assistant

__all__ = ["levels_url", "portal_assistant"]
