"""Settings: environment variables that begin with `ASSISTANT_`, or a `.env` file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from assistant.access import Role
from assistant.errors import WrongUseError

BUILT_IN_MODEL = "multilingual-e5-small"


class FromEnvironment(BaseSettings):
    """Settings whose wrong values are told by the names that the operator gave them."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore")

    def __init__(self, **given: Any) -> None:
        """Read them; what is given goes first. Raises WrongUseError."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise WrongUseError(" ".join(map(_wrong, error.errors()))) from error
        except SettingsError as error:
            raise WrongUseError(
                f"En indstilling kan ikke læses; den skal være JSON ({error})."
            ) from error


def _wrong(error: Mapping[str, Any]) -> str:
    name = f"ASSISTANT_{str(error['loc'][0]).upper()}"
    expected = error.get("ctx", {}).get("expected", "")
    hint = f" Den kan være {expected}.".replace(" or ", " eller ") if expected else ""
    return f"{name} har en værdi, der ikke kan bruges. Ret den, eller fjern den.{hint}"


class Settings(FromEnvironment):
    """What an operator can set. Every field is `ASSISTANT_<NAME>` in the environment."""

    home: Path = Field(
        default_factory=lambda: user_data_path("agenda-assistant"),
        description="Where the store lies.",
    )
    models: Path | None = Field(
        default=None,
        description="Where the built-in model is unpacked. Empty: in the store's folder.",
    )
    embedding_model: str = Field(
        default="",
        description="A sentence-transformers model: folder or hub name. Empty: the built-in.",
    )
    offline: bool = Field(
        default=True,
        description="Never look a model up on the hub; switch off to fetch a named model.",
    )
    role: Role = Field(
        default=Role.PUBLIC,
        description="What the command line shows: `public`, `member` or `cleared`.",
    )
    llm: str = Field(
        default="",
        description="A LangChain chat model (`openai:gpt-4.1`, `ollama:…`). Empty: extractive.",
    )
    llm_base_url: str = Field(
        default="",
        description="Where the model is served, if not at its provider's own address.",
    )
    llm_context: int = Field(
        default=8192, ge=2048, description="How many tokens the model reads, its reply included."
    )
    llm_timeout: float = Field(
        default=120.0, gt=0, description="Seconds that one call of the model may take."
    )
    topics: Path | None = Field(
        default=None,
        description="A municipality's own list of topics (emneord). Empty: the bundled one.",
    )

    @property
    def model_name(self) -> str:
        """What the store remembers of the embedding model."""
        return self.embedding_model or BUILT_IN_MODEL

    @property
    def models_folder(self) -> Path:
        """The folder of unpacked models; several stores can share one."""
        return self.models or self.home / "models"
