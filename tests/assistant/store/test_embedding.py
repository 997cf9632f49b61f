"""The embedding model as the store uses it."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from assistant.errors import StoreError
from assistant.settings import BUILT_IN_MODEL
from assistant.store.e5 import question_changes
from assistant.store.embedding import Embedder

TEXTS = [
    "Byrådet godkendte cykelstien langs havnen.",
    "Sygefraværet på ældreområdet steg i 2024.",
    "Kort",
    "Kommunen køber arealet ved Mosevej for 4,2 mio. kr. " * 40,
]


def test_vectors_are_float32_and_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)


def test_a_vector_hardly_depends_on_its_company(embedder: Embedder) -> None:
    """Texts are padded to the longest of their batch: that must not show."""
    together = embedder.passages(TEXTS)
    alone = np.concatenate([embedder.passages([text]) for text in TEXTS])
    assert np.sum(together * alone, axis=1).min() > 0.999


def test_a_question_finds_its_passage(embedder: Embedder) -> None:
    scores = embedder.passages(TEXTS) @ embedder.question("Hvor mange var syge i ældreplejen?")[0]
    assert int(np.argmax(scores)) == 1


def test_a_question_is_read_otherwise_than_a_passage_and_nearer_to_its_answer(
    embedder: Embedder,
) -> None:
    question = "Hvorfor blev svømmehallen lukket i sommer?"
    reason = "Svømmehallen\nKlorpumpen brød sammen, og reservedelen havde lang leveringstid."
    topic = "Svømmehallen\nSvømmehallen holder åbent alle hverdage fra klokken syv."
    (asked, _), unchanged = embedder.question(question), embedder.passages([question])[0]
    assert asked.shape == unchanged.shape
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)
    lead = embedder.passages([reason])[0] - embedder.passages([topic])[0]
    assert float(lead @ asked) > float(lead @ unchanged)


def test_what_a_question_is_like_is_told_by_the_model_as_it_was_made(embedder: Embedder) -> None:
    question = "Hvad koster den nye cykelsti?"
    asked, likeness = embedder.question(question)
    text = "Cykelstien koster 2,1 mio. kr."
    [passage] = embedder.passages([text])
    assert np.linalg.norm(likeness) == pytest.approx(1, abs=1e-3)
    assert 0.3 < float(likeness @ asked) < 0.999
    assert float(likeness @ passage) > 0.85


@pytest.mark.parametrize("question", ["Hvorfor?", "Hvad koster cykelstien ved skolen? " * 60])
def test_both_vectors_in_one_pass_are_those_of_two_models(
    question: str, embedder: Embedder, models: Path
) -> None:
    """The changed one and the unchanged one, each a plain model by itself."""
    plain, changed = (SentenceTransformer(str(models / BUILT_IN_MODEL)) for _ in range(2))
    weights = dict(changed.get_submodule("0.model").named_parameters())
    with torch.no_grad():
        for name, down, up in question_changes():
            weights[f"{name}.weight"].add_(torch.from_numpy(up @ down))
    expected = [model.encode(f"query: {question}") for model in (changed, plain)]
    assert np.allclose(embedder.question(question), expected, atol=1e-5)


def test_another_model_has_one_vector_of_a_question(models: Path, tmp_path: Path) -> None:
    finding, likeness = Embedder(str(models / BUILT_IN_MODEL), tmp_path).question("Hvorfor?")
    assert finding is likeness
    assert finding.shape == (384,)


def test_no_texts_are_no_vectors(embedder: Embedder) -> None:
    assert len(embedder.passages([])) == 0


def test_tokens_are_counted_as_the_model_cuts_them(embedder: Embedder) -> None:
    assert embedder.tokens(["Kort"]) < embedder.tokens(["Kort og godt"])
    assert embedder.tokens(["ord " * 2000]) == 512


@pytest.mark.parametrize("model", ["findes/ikke", "/findes/ikke", "findes-ikke"])
def test_a_model_that_is_not_there_is_told(model: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ASSISTANT_EMBEDDING_MODEL"):
        Embedder(model, tmp_path)


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(StoreError, match="ASSISTANT_EMBEDDING_MODEL"):
        Embedder(str(tmp_path), tmp_path)
