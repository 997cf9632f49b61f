"""Embedding: sentence-transformers, by default on the built-in multilingual-e5-small."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers.utils.logging import disable_progress_bar

from assistant.errors import StoreError
from assistant.settings import BUILT_IN_MODEL
from assistant.store.e5 import ModelFileError, question_changes, unpack_e5
from assistant.store.stored import Vector

_BATCH = 32
_QUESTION_TOKENS = 40
"""About how many tokens two rows of a question have: what its layers are laid out for."""


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
        self._asking = None if model else _adapted(self._model)
        self._fast = _bf16_supported()
        self._reading = Lock()
        self._query, self._passage = _prefixes(self.name)

    def passages(self, texts: Sequence[str]) -> Vector:
        """Return one row a text, of unit length: float32 of shape (len(texts), dimensions)."""
        return _encode(self._model, [self._passage + text for text in texts], self._fast)

    def question(self, text: str) -> tuple[Vector, Vector]:
        """Return two vectors of a question: float32 of shape (dimensions,), of unit length.

        By the first, of the model with its fitted changes, its answer is found. The second, of the
        model as it was made, finds less, but tells better whether anything that was found is like
        the question: the changes draw questions towards whatever stands near. Only the built-in
        model has changes; by another the two are one.
        """
        told = self._query + text
        if self._asking is None:
            [vector] = _encode(self._model, [told], fast=False)
            return vector, vector
        with torch.inference_mode():
            with self._reading:
                tokens = self._asking.preprocess([told, told])
            read = self._asking(tokens)
        finding, likeness = read["sentence_embedding"].numpy()
        return finding, likeness

    def tokens(self, texts: Sequence[str]) -> int:
        """Return how many tokens the model reads for these texts, cut as it cuts them."""
        longest = self._model.max_seq_length or 512
        counted = self._model.tokenizer([self._passage + text for text in texts])["input_ids"]
        return sum(min(len(ids), longest) for ids in counted)


@cache
def loaded(model: str, models_folder: Path, offline: bool) -> Embedder:
    """Return the embedder of these settings, loaded once in a process: it takes half a gigabyte.

    Raises StoreError as the embedder does, each time it is asked for one that cannot be loaded.
    """
    return Embedder(model, models_folder, offline)


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


class _QuestionLayer(nn.Module):
    """A linear layer that reads a question twice: the first row with the fitted change.

    So both vectors take one pass over the weights, which is what a short text waits for.
    """

    def __init__(self, layer: nn.Module, down: Tensor, up: Tensor) -> None:
        super().__init__()
        self._layer, self._down, self._up = layer, down.T.contiguous(), up.T.contiguous()

    def forward(self, given: Tensor) -> Tensor:
        read: Tensor = self._layer(given)
        read[0] += given[0] @ self._down @ self._up
        return read


class _PackedLayer(nn.Module):
    """A linear layer whose weights oneDNN has laid out beforehand: half the time for short texts.

    These are the operators that `torch.compile` puts in place of a frozen linear layer.
    """

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(
            layer.weight.detach(), _QUESTION_TOKENS
        )
        self._bias = layer.bias.detach()

    def forward(self, given: Tensor) -> Tensor:
        read: Tensor = torch.ops.mkldnn._linear_pointwise(
            given, self._weight, self._bias, "none", [], ""
        )
        return read


def _adapted(model: SentenceTransformer) -> SentenceTransformer:
    """A copy that reads questions; the vocabulary, most of the weights, is the model's own."""
    vocabulary = model.get_submodule("0.model.embeddings")
    asking = deepcopy(model, {id(vocabulary): vocabulary})
    bert = asking.get_submodule("0.model")
    if torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        for name, layer in list(bert.named_modules()):
            if isinstance(layer, nn.Linear):
                bert.set_submodule(name, _PackedLayer(layer))
    for name, down, up in question_changes():
        layer = bert.get_submodule(name)
        changed = _QuestionLayer(layer, torch.from_numpy(down), torch.from_numpy(up))
        bert.set_submodule(name, changed)
    return asking


def _bf16_supported() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def _prefixes(name: str) -> tuple[str, str]:
    """The e5 family reads `query: ` and `passage: ` before a text; others read it bare."""
    return ("query: ", "passage: ") if "e5" in name.lower() else ("", "")
