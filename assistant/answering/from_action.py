"""Who is responsible for an action, and when its steps are due, from the action's own fields."""

from __future__ import annotations

from assistant.answering.draft import Draft, Span
from assistant.answering.reading import Reading
from assistant.answering.verify import folded
from assistant.danish.words import stems
from assistant.retrieval.matching import Subject
from assistant.retrieval.question import Want
from assistant.store.stored import StoredSection
from assistant.types import Action

_ENOUGH = 0.55


def answer_from_action(reading: Reading) -> Draft | None:
    """Return the field of the action that fits the question best, or None where none fits."""
    found, catalogue = reading.found, reading.catalogue
    sections = [hit.source.section_id for hit in found.hits]
    actions = catalogue.actions_of_sections(sections)
    if not actions:
        return None
    measured = [
        (_fit(stored.action, found.subject), -sections.index(section_id), section_id)
        for section_id, stored in actions.items()
    ]
    fit, _, section_id = max(measured)
    stored = catalogue.section(section_id)
    if fit < _ENOUGH or stored is None:
        return None
    action = actions[section_id].action
    if found.question.want is Want.RESPONSIBLE:
        return _responsible(action, stored)
    return _due(action, stored, found.subject)


def _fit(action: Action, subject: Subject) -> float:
    title = set(stems(f"{action.theme} {action.title}"))
    parts = [set(stems(step.text)) for step in action.steps] or [set()]
    return max(subject.coverage(title | part) for part in parts)


def _responsible(action: Action, stored: StoredSection) -> Draft | None:
    row = _row(stored, "ansvar", action.responsible)
    title = _title(stored)
    if row is None:
        return None
    draft = Draft()
    draft.claim(f"Ansvar: {action.responsible} (»{action.title}«)", "statement", row, title)
    return draft


def _due(action: Action, stored: StoredSection, subject: Subject) -> Draft | None:
    """The deadline of the step that the question is about, else of the whole action."""
    step = max(
        (step for step in action.steps if step.deadline),
        key=lambda step: subject.coverage(set(stems(step.text))),
        default=None,
    )
    draft = Draft()
    if step is None:
        row = _row(stored, "tidshorisont", action.deadline)
        if not action.deadline or row is None:
            return None
        draft.claim(f"{action.deadline} (»{action.title}«)", "statement", row, _title(stored))
        return draft
    task, due = _row(stored, step.name, step.text), _row(stored, step.name, step.deadline)
    if task is None or due is None:
        return None
    draft.claim(f"{step.deadline} (»{folded(step.text)}«)", "statement", due, task)
    return draft


def _title(stored: StoredSection) -> Span:
    first = stored.section.blocks[0]
    return Span(stored, first.start, first.end)


def _row(stored: StoredSection, label: str, value: str) -> Span | None:
    """The table row whose first cell is the label and whose second is the value."""
    text = stored.section.text
    for block in stored.section.blocks:
        cells = [text[start:end] for start, end in block.cells]
        same = len(cells) > 1 and cells[0].strip(" :").lower() == label.lower()
        if same and folded(cells[1]) == folded(value):
            return Span(stored, block.start, block.cells[1][1])
    return None
