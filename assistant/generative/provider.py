"""The provider of the language model that the settings name, connected once and shared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.generative.breaker import CircuitBreaker
from assistant.generative.failures import Cause, ModelCallError, cause_of
from assistant.settings import Settings

_EXTRAS = {"openai": "openai", "azure_openai": "azure", "ollama": "ollama", "mistralai": "mistral"}
_NO_KEY = "none"


@dataclass
class Provider:
    """A connected chat model, and what all calls of it share."""

    chat: BaseChatModel
    name: str
    context: int
    timeout: float
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    structured: bool = True
    """Whether the reply's form is given to the model's server, not only told in the prompt."""


def connect(settings: Settings) -> Provider:
    """Return the provider of `ASSISTANT_LLM`; nothing is asked of it yet.

    Raises ModelCallError where the name is unknown, its package is missing, or there is no key.
    """
    provider = settings.llm.partition(":")[0]
    try:
        chat = init_chat_model(settings.llm, **_told(provider, settings))
    except ImportError as error:
        raise ModelCallError(
            Cause.NOT_INSTALLED, settings.llm, advice=_to_install(provider)
        ) from error
    except ValueError as error:
        raise ModelCallError(Cause.MISNAMED, settings.llm) from error
    except Exception as error:
        # Providers check keys and addresses while they are made, and have no error in common.
        raise ModelCallError(cause_of(error), settings.llm) from error
    return Provider(chat, settings.llm, settings.llm_context, settings.llm_timeout)


def _told(provider: str, settings: Settings) -> Mapping[str, Any]:
    """What the provider's LangChain class is made with. Retries are ours: they have one budget."""
    address = {"base_url": settings.llm_base_url} if settings.llm_base_url else {}
    if provider == "ollama":
        return {
            "temperature": 0,
            "num_ctx": settings.llm_context,
            "client_kwargs": {"timeout": settings.llm_timeout},
            **address,
        }
    told = {"temperature": 0, "timeout": settings.llm_timeout, "max_retries": 0}
    if provider == "azure_openai":
        deployment = settings.llm.partition(":")[2]
        endpoint = {"azure_endpoint": settings.llm_base_url} if settings.llm_base_url else {}
        return {**told, "azure_deployment": deployment, **endpoint}
    if provider == "openai" and address:
        keyless = {} if os.environ.get("OPENAI_API_KEY") else {"api_key": _NO_KEY}
        return {**told, **address, **keyless, "stream_usage": True}
    return {**told, **address}


def _to_install(provider: str) -> str:
    """What to do about the missing package, in one sentence."""
    extra = _EXTRAS.get(provider)
    name = f"agenda-assistant[{extra}]" if extra else f"langchain-{provider.replace('_', '-')}"
    return f"Kør »pip install '{name}'«."
