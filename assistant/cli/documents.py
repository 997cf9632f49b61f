"""A document in the format that is asked for, in a file or on the screen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.output import err, json_text, out
from assistant.errors import WrongUseError

if TYPE_CHECKING:
    from assistant.rendering.outline import Outline


class Format(StrEnum):
    """What a document can be written as."""

    md = "md"
    html = "html"
    docx = "docx"
    json = "json"


AsFormat = Annotated[
    Format | None, typer.Option("--format", help="Ellers følges endelsen af -o; uden den: md.")
]
Into = Annotated[Path | None, typer.Option("--output", "-o", help="Skriv til denne fil.")]


def format_of(form: Format | None, output: Path | None, as_json: bool) -> Format:
    """The format that is asked for, by name or by the file's ending. Raises WrongUseError."""
    if as_json and form not in (None, Format.json):
        raise WrongUseError("Vælg enten --json eller --format, ikke begge.")
    ending = output.suffix.lower().lstrip(".") if output else ""
    by_ending = {"htm": Format.html, "markdown": Format.md, **{one.value: one for one in Format}}
    wanted = Format.json if as_json else form or by_ending.get(ending, Format.md)
    if wanted is Format.docx and output is None:
        raise WrongUseError(
            "Et Word-dokument kan ikke vises på skærmen. Skriv det til en fil med -o NAVN.docx."
        )
    if output and output.is_dir():
        raise WrongUseError(f"»{output}« er en mappe. Angiv navnet på en fil med -o.")
    if output and not output.parent.is_dir():
        raise WrongUseError(f"Mappen »{output.parent}« findes ikke. Vælg en anden fil med -o.")
    return wanted


def write(data: object, outline: Outline, wanted: Format, output: Path | None) -> None:
    """Write the document to its file, or where none is named to the screen.

    Raises WrongUseError where the file cannot be written.
    """
    content = _rendered(data, outline, wanted)
    if output is None:
        out.file.write(content.decode())
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise WrongUseError(
            f"Der kan ikke skrives til »{output}« ({error.strerror}). Vælg en anden fil med -o."
        ) from error
    err.print(f"Skrevet til {output}.", markup=False, soft_wrap=True)


def _rendered(data: object, outline: Outline, wanted: Format) -> bytes:
    if wanted is Format.json:
        return json_text(data).encode()
    if wanted is Format.docx:
        from assistant.rendering.docx import to_docx

        return to_docx(outline)
    if wanted is Format.html:
        from assistant.rendering.html import to_html

        return to_html(outline).encode()
    from assistant.rendering.markdown import to_markdown

    return to_markdown(outline).encode()
