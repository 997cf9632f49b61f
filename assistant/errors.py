"""Errors that reach a person: each says in one Danish sentence what to do."""


class AssistantError(Exception):
    """Shown as it is, without a traceback. `str(error)` is the sentence."""


class WrongUseError(AssistantError):
    """The caller asked for something that cannot be done: exit code 2."""


class NotFoundError(WrongUseError):
    """The meeting, item or other thing that was named is not stored."""


class ClosedItemError(WrongUseError):
    """The item is closed to whoever asks for more than its title."""


class NoTextError(WrongUseError):
    """The item has no text that a summary could be made of."""


class UnreadableFileError(AssistantError):
    """One file could not be read; the others go on."""


class StoreError(AssistantError):
    """The store is missing, damaged, in use, or made by another model."""


class ModelError(AssistantError):
    """The language model gave nothing that can be used: it is down, slow, cut off, or off form."""
