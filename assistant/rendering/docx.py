"""An outline as a Word document, with real headings, numbered sources, and links both ways."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.rendering import labels
from assistant.rendering.outline import Chapter, Entry, Facts, Outline, Part, SourceNote

_FONT = "Calibri"
_ACCENT = RGBColor(0x0B, 0x4F, 0x8A)
_SOFT = RGBColor(0x55, 0x60, 0x6E)
_WARNING = RGBColor(0x8A, 0x4B, 0x00)
_HANGING = Cm(1.0)
_IN_HEADER = {labels.MUNICIPALITY, labels.BODY, labels.DAY}
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLES = (
    ("Title", 22, 0, 4), ("Heading 1", 16, 18, 4), ("Heading 2", 12, 12, 3),
)  # fmt: skip


def to_docx(outline: Outline) -> bytes:
    """Return the document as the bytes of a .docx file."""
    writer = _Writer()
    writer.write(outline)
    held = BytesIO()
    writer.document.save(held)
    return held.getvalue()


class _Writer:
    """Writes one document from its top to its end."""

    def __init__(self) -> None:
        self.document: DocxDocument = Document()
        self._bookmarks = count(1)
        self._cited: set[str] = set()

    def write(self, outline: Outline) -> None:
        _set_up(self.document, outline)
        self.document.add_paragraph(_clean(outline.title), style="Title")
        self._facts(outline.facts)
        self._made(outline.made)
        for text in outline.warnings:
            self._warning(text)
        for chapter in outline.chapters:
            self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> None:
        self.document.add_paragraph(_clean(chapter.title), style="Heading 1")
        self._facts(chapter.facts, chapter.link)
        if chapter.made:
            self._made(chapter.made)
        for text in chapter.warnings:
            self._warning(text)
        for part in chapter.parts:
            if part.entries or part.silent:
                self._part(part, chapter.key)
        for text in chapter.explained:
            _soft(self.document.add_paragraph(), text)
        if chapter.sources:
            self.document.add_paragraph(labels.SOURCES, style="Heading 2")
            for note in chapter.sources:
                self._source(note, chapter.key)

    def _part(self, part: Part, key: str) -> None:
        self.document.add_paragraph(_clean(part.heading), style="Heading 2")
        if not part.entries:
            _soft(self.document.add_paragraph(), part.silent)
        elif part.form == "words":
            words = " · ".join(entry.text for entry in part.entries)
            self.document.add_paragraph(_clean(words))
        else:
            style = "List Bullet" if part.form == "points" else "Normal"
            for entry in part.entries:
                paragraph = self.document.add_paragraph(style=style)
                self._entry(paragraph, entry, key, bold=part.form == "question")

    def _entry(self, paragraph: Paragraph, entry: Entry, key: str, bold: bool) -> None:
        if entry.label:
            paragraph.add_run(_clean(entry.label) + " ").bold = True
        paragraph.add_run(_clean(entry.text)).bold = bold
        if entry.mark:
            paragraph.add_run(f" ({_clean(entry.mark)})").italic = True
        for n in entry.citations:
            paragraph.add_run("\u00a0")
            link = _link_inside(paragraph, f"kilde_{key}_{n}", f"[{n}]")
            cited = f"tekst_{key}_{n}"
            if cited not in self._cited:
                self._cited.add(cited)
                self._bookmark(link, cited)

    def _source(self, note: SourceNote, key: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = _HANGING
        paragraph.paragraph_format.first_line_indent = -_HANGING
        paragraph.paragraph_format.tab_stops.add_tab_stop(_HANGING)
        for place, n in enumerate(note.numbers):
            if place:
                paragraph.add_run(" ")
            cited = f"tekst_{key}_{n}"
            number = f"[{n}]"
            known = cited in self._cited
            told = _link_inside(paragraph, cited, number) if known else paragraph.add_run(number)._r
            self._bookmark(told, f"kilde_{key}_{n}")
        paragraph.add_run("\t")
        if note.quote:
            paragraph.add_run(f"»{_clean(note.quote)}« – ")
        paragraph.add_run(_clean(note.place)).font.color.rgb = _SOFT
        if note.link:
            paragraph.add_run(" – ")
            _web_link(paragraph, note.link, labels.OPEN_SOURCE)
        for run in paragraph.runs:
            run.font.size = Pt(9.5)

    def _facts(self, facts: Facts, link: str = "") -> None:
        if not facts and not link:
            return
        paragraph = self.document.add_paragraph()
        _soft(paragraph, " · ".join(f"{name}: {value}" for name, value in facts))
        if link:
            paragraph.add_run(" · " if facts else "").font.color.rgb = _SOFT
            _web_link(paragraph, link, labels.OPEN_ITEM)

    def _made(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(_clean(text)).italic = True

    def _warning(self, text: str) -> None:
        run = self.document.add_paragraph().add_run(_clean(text))
        run.bold = True
        run.font.color.rgb = _WARNING

    def _bookmark(self, around: BaseOxmlElement, name: str) -> None:
        number = str(next(self._bookmarks))
        start = _element("w:bookmarkStart", ("w:id", number), ("w:name", name))
        around.addprevious(start)
        around.addnext(_element("w:bookmarkEnd", ("w:id", number)))


def _set_up(document: DocxDocument, outline: Outline) -> None:
    properties = document.core_properties
    properties.title = _clean(outline.title)
    properties.author = _clean(dict(outline.facts).get(labels.MUNICIPALITY, ""))
    properties.comments = _clean(outline.made)
    properties.language = "da-DK"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    _set_styles(document)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place = [value for name, value in outline.facts if name in _IN_HEADER]
    header.add_run(_clean(" · ".join((*place, outline.title))))
    for name in ("Header", "Footer"):
        style = _style(document, name)
        style.paragraph_format.space_after = Pt(0)
        style.font.size, style.font.color.rgb = Pt(9), _SOFT
    section.footer.paragraphs[0].add_run(_clean(outline.made))
    _number_pages(section.footer.add_paragraph(style="Footer"))


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(f"{labels.PAGE} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {labels.OF_PAGES} ")
    _field(paragraph, "NUMPAGES")


def _set_styles(document: DocxDocument) -> None:
    normal = _style(document, "Normal")
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    language = _element("w:lang", ("w:val", "da-DK"))
    normal.element.get_or_add_rPr().append(language)
    for name, size, before, after in _STYLES:
        style = _style(document, name)
        style.font.size, style.font.color.rgb, style.font.bold = Pt(size), _ACCENT, True
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        style.font.name = _FONT
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True


def _style(document: DocxDocument, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101
    return style


def _soft(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(9.5)
    run.font.color.rgb = _SOFT


def _web_link(paragraph: Paragraph, url: str, text: str) -> None:
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _hyperlink(paragraph, text, ("r:id", relation))


def _link_inside(paragraph: Paragraph, bookmark: str, text: str) -> BaseOxmlElement:
    return _hyperlink(paragraph, text, ("w:anchor", bookmark))


def _hyperlink(paragraph: Paragraph, text: str, target: tuple[str, str]) -> BaseOxmlElement:
    run = paragraph.add_run(_clean(text))
    run.font.color.rgb = _ACCENT
    run.font.underline = target[0] == "r:id"
    run.font.size = Pt(9.5)
    link = _element("w:hyperlink", target)
    run._r.addprevious(link)
    link.append(run._r)
    return link


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word counts itself, such as the page number."""
    run = paragraph.add_run()._r
    instruction = _element("w:instrText")
    instruction.text = name
    for one in (
        _element("w:fldChar", ("w:fldCharType", "begin")),
        instruction,
        _element("w:fldChar", ("w:fldCharType", "end")),
    ):
        run.append(one)


def _element(name: str, *attributes: tuple[str, str]) -> BaseOxmlElement:
    element = cast("BaseOxmlElement", OxmlElement(name))
    for attribute, value in attributes:
        element.set(qn(attribute), value)
    return element


def _clean(text: str) -> str:
    """The text on one line, without the characters that a Word file cannot hold."""
    return _NOT_XML.sub("", " ".join(text.split()))
