"""Embedding: sentence-transformers, by default on the built-in multilingual-e5-small."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from assistant.errors import StoreError
from assistant.settings import BUILT_IN_MODEL
from assistant.store.e5 import ModelFileError, question_changes, unpack_e5
from assistant.store.stored import Vector

_BATCH = 32


class Embedder:
    """Texts to unit vectors. `name` is what the store remembers of the model."""

    def __init__(self, model: str, models_folder: Path, offline: bool = True) -> None:
        """Load the model: a folder, a hub name, or the built-in one where `model` is empty.

        Raises StoreError with what to do where it cannot be loaded.
        """
        self.name = model or BUILT_IN_MODEL
        try:
            folder = model or str(unpack_e5(models_folder / BUILT_IN_MODEL))
            self._model = _load(folder, offline)
        except ModelFileError as error:
            raise StoreError(str(error)) from error
        except (OSError, ValueError) as error:
            raise StoreError(
                f"Sprogmodellen »{self.name}« kan ikke indlæses. Ret ASSISTANT_EMBEDDING_MODEL til "
                "en mappe med en sentence-transformers-model, eller lad den være tom."
            ) from error
        self._asking = self._model if model else _adapted(self._model)
        self._fast = _bf16_supported()
        self._query, self._passage = _prefixes(self.name)

    def passages(self, texts: Sequence[str]) -> Vector:
        """Return one row a text, of unit length: float32 of shape (len(texts), dimensions)."""
        return _encode(self._model, [self._passage + text for text in texts], self._fast)

    def query(self, text: str) -> Vector:
        """Return the vector that finds a question's answer: float32 of shape (dimensions,)."""
        return self._question(self._asking, text)

    def likeness(self, text: str) -> Vector:
        """Return the question's vector by the model as it was made, of the same shape.

        It finds less, but tells better whether anything that was found is like the question: the
        fitted changes draw questions towards whatever stands near.
        """
        return self._question(self._model, text)

    def _question(self, model: SentenceTransformer, text: str) -> Vector:
        vector: Vector = _encode(model, [self._query + text], fast=False)[0]
        return vector

    def tokens(self, texts: Sequence[str]) -> int:
        """Return how many tokens the model reads for these texts, cut as it cuts them."""
        longest = self._model.max_seq_length or 512
        counted = self._model.tokenizer([self._passage + text for text in texts])["input_ids"]
        return sum(min(len(ids), longest) for ids in counted)


def _encode(model: SentenceTransformer, texts: list[str], fast: bool) -> Vector:
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=fast):
        encoded = model.encode(
            texts,
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
    return np.asarray(encoded, dtype=np.float32)


def _load(folder: str, offline: bool) -> SentenceTransformer:
    disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(folder, device="cpu", local_files_only=offline)


def _adapted(model: SentenceTransformer) -> SentenceTransformer:
    """A copy that reads questions; the vocabulary, most of the weights, is the model's own."""
    vocabulary = model.get_submodule("0.model.embeddings")
    asking = deepcopy(model, {id(vocabulary): vocabulary})
    weights = dict(asking.get_submodule("0.model").named_parameters())
    with torch.no_grad():
        for name, change in question_changes():
            weights[name].add_(torch.from_numpy(change))
    return asking


def _bf16_supported() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def _prefixes(name: str) -> tuple[str, str]:
    """The e5 family reads `query: ` and `passage: ` before a text; others read it bare."""
    return ("query: ", "passage: ") if "e5" in name.lower() else ("", "")
