"""`python tests/bench/fit_questions.py FILE…`: fit how the built-in model reads questions.

A question and the sentence that answers it share few words, and the small model was not made for
Danish agendas. LoRA (Hu et al. 2021, arXiv:2106.09685) changes the model on the question's side
only, so that every stored vector stays as it is. Two losses are summed, on the questions of the
files whose answer is in the store in ASSISTANT_HOME:

- a conditional logit over a question's candidate units, by all signs of
  `assistant/answering/signs.py`, the meaning told by the changed model;
- InfoNCE (van den Oord et al. 2018, arXiv:1807.03748) over the right units of a batch.

A penalty holds the vectors near the unchanged ones. Which questions are fitted on and which are
measured on is told as to `fit_reading.py`; how often a right unit is among the first 1, 3 and 5 of
the latter is printed after every epoch.
Replaces `data/question_adapter.safetensors`; fit `fit_reading.py` again after it.
"""

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from fit_reading import OF_FIELDS, add_files, labelled, parts
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

import data
from assistant.answering.signs import ALIKE, ALIKE_SPAN, RANKING
from assistant.answering.units import Candidate
from assistant.evaluate import EvalQuestion
from assistant.service import Assistant
from assistant.settings import BUILT_IN_MODEL, Settings
from assistant.store.e5 import unpack_e5

_RANK, _RATE, _RATE_OF_SIGNS, _EPOCHS, _BATCH = 8, 7e-4, 1e-2, 6, 24
_NEAR, _BATCHWISE, _TEMPERATURE, _PENALTY = 1.0, 0.5, 0.03, 3e-2
_MEANING, _FORM, _FORM_AND_MEANING = map(RANKING.index, ("meaning", "form", "form_and_meaning"))
_CHANGED = ("attention.self.query", "attention.self.value", "output.dense")
_TOP = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its candidates' signs and vectors (one row each), and which are right."""

    text: str
    signs: Tensor
    vectors: Tensor
    right: Tensor


class Changed(nn.Module):
    """A linear layer and its low-rank change; before fitting there is none."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.randn(_RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.b = nn.Parameter(torch.zeros(layer.out_features, _RANK))

    def forward(self, given: Tensor) -> Tensor:
        """Return what the changed layer makes of the input."""
        return self.layer(given) + given @ self.a.T @ self.b.T


class Reader(nn.Module):
    """The model on the question's side, and what each sign is worth."""

    def __init__(self, folder: Path, spread: Tensor) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval().requires_grad_(False)
        self.changes: dict[str, Changed] = {}
        for number, layer in enumerate(self.model.encoder.layer):
            for name in _CHANGED:
                changed = Changed(layer.get_submodule(name))
                layer.set_submodule(name, changed)
                self.changes[f"encoder.layer.{number}.{name}.weight"] = changed
        self.spread = spread
        self.worth = nn.Parameter(torch.zeros(len(RANKING)))

    def forward(self, texts: Sequence[str]) -> Tensor:
        """Return the questions' vectors, of unit length."""
        told = self.tokenizer([f"query: {text}" for text in texts], padding=True,
                              truncation=True, return_tensors="pt")
        mask = told["attention_mask"].unsqueeze(-1)
        hidden = self.model(**told).last_hidden_state * mask
        return nn.functional.normalize(hidden.sum(1) / mask.sum(1), dim=-1)

    def scores(self, example: Example, vector: Tensor) -> Tensor:
        """Return how well each candidate answers."""
        meaning = (example.vectors @ vector - ALIKE) / ALIKE_SPAN
        table = example.signs.clone()
        table[:, _MEANING] = meaning
        table[:, _FORM_AND_MEANING] = example.signs[:, _FORM] * meaning
        return table / self.spread @ self.worth


def main() -> None:
    """Fit, print how it fares after every epoch, and write the changes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    add_files(arguments)
    given = arguments.parse_args()
    torch.manual_seed(0)
    assistant = Assistant(Settings())
    fitted_on, measured_on = (
        examples((question for question, _ in part), assistant)
        for part in parts(given.files, given.halves, given.measure)
    )
    spread = torch.cat([one.signs for one in fitted_on]).std(0) + 1e-6
    reader = Reader(unpack_e5(assistant.settings.models_folder / BUILT_IN_MODEL), spread)
    with torch.no_grad():
        before = dict(zip([one.text for one in fitted_on], vectors(reader, fitted_on), strict=True))
    learning = torch.optim.AdamW(
        [
            {"params": [p for one in reader.changes.values() for p in (one.a, one.b)], "lr": _RATE},
            {"params": [reader.worth], "lr": _RATE_OF_SIGNS, "weight_decay": 0.0},
        ]
    )
    steps = _EPOCHS * math.ceil(len(fitted_on) / _BATCH)
    slower = torch.optim.lr_scheduler.LambdaLR(learning, lambda step: max(0.05, 1 - step / steps))
    for epoch in range(_EPOCHS):
        for places in torch.randperm(len(fitted_on)).split(_BATCH):
            batch = [fitted_on[place] for place in places.tolist()]
            learning.zero_grad()
            loss(reader, batch, torch.stack([before[one.text] for one in batch])).backward()
            learning.step()
            slower.step()
        told = in_first(reader, measured_on)
        sys.stdout.write(f"epoch {epoch + 1}: right unit in first … {told}\n")
    save_file(
        {
            f"{name}.{part}": tensor.detach().half().contiguous()
            for name, one in reader.changes.items()
            for part, tensor in (("a", one.a), ("b", one.b))
        },
        Path(data.__file__).with_name("question_adapter.safetensors"),
    )


def examples(questions: Iterable[EvalQuestion], assistant: Assistant) -> list[Example]:
    """Return the questions that have a right candidate, with their candidates."""
    told = []
    for question in questions:
        if not question.answerable or question.kind in OF_FIELDS:
            continue
        one = labelled(question, assistant)
        if one.right.any():
            table = _table(one.candidates, assistant)
            signs = torch.tensor(one.signs, dtype=torch.float32)
            right = torch.tensor(one.right)
            told.append(Example(question.question, signs, table, right))
    return told


def _table(told: Sequence[Candidate], assistant: Assistant) -> Tensor:
    """The candidates' vectors; a list has that of its likeliest unit, which it is told as."""
    places = [(one.stored.source.section_id, one.unit.told) for one in told]
    found = assistant.store.catalogue.units({section_id for section_id, _ in places})
    vectors = {
        (section_id, one.unit.told): one.vector
        for section_id, units in found.items()
        for one in units
    }
    return torch.from_numpy(np.array([vectors[place] for place in places]))


def loss(reader: Reader, batch: Sequence[Example], before: Tensor) -> Tensor:
    """Return the batch's loss; `before` are the unchanged model's vectors."""
    asked = reader([one.text for one in batch])
    rightly = torch.stack([_unlikely(reader, *one) for one in zip(batch, asked, strict=True)])
    answers = torch.stack([one.vectors[one.right][0] for one in batch])
    batchwise = nn.functional.cross_entropy(
        asked @ answers.T / _TEMPERATURE, torch.arange(len(batch))
    )
    moved = 1 - (asked * before).sum(1)
    penalty = _PENALTY * reader.worth.square().sum()
    return rightly.mean() + _BATCHWISE * batchwise + _NEAR * moved.mean() + penalty


def _unlikely(reader: Reader, example: Example, vector: Tensor) -> Tensor:
    scores = reader.scores(example, vector)
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[example.right], 0)


def vectors(reader: Reader, ones: Sequence[Example]) -> Tensor:
    """Return the questions' vectors."""
    starts = range(0, len(ones), _BATCH)
    return torch.cat([reader([one.text for one in ones[s:s + _BATCH]]) for s in starts])


@torch.no_grad()
def in_first(reader: Reader, ones: Sequence[Example]) -> dict[int, float]:
    """Return for which share of the questions a right unit is among the first."""
    places = []
    for one, vector in zip(ones, vectors(reader, ones), strict=True):
        order = torch.argsort(-reader.scores(one, vector))
        places.append(int(one.right[order].nonzero()[0, 0]))
    return {top: round(sum(place < top for place in places) / len(places), 3) for top in _TOP}


if __name__ == "__main__":
    main()
