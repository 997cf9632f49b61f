"""Text that no reader of a page sees: it is no evidence, whoever put it there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

_TAGS = {
    "script", "style", "title", "meta", "link", "head", "del", "img", "template", "noscript",
    "iframe", "object", "canvas", "svg", "audio", "video", "datalist",
}  # fmt: skip
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters without width or shape: joiners, direction marks, tags, soft hyphens."""
_MAY_HIDE = ("style", "hidden", "color")
"""What the attributes are called that could: few items have any."""
_LENGTH = re.compile(r"(-?[\d.]+)(px|pt|em|rem|%|)")
_UNREADABLE = {"px": 2, "pt": 2, "em": 0.15, "rem": 0.15, "%": 15, "": 0}
"""Font sizes up to which text is not read, by their unit."""
_FAR_OFF = {"px": -500, "pt": -500, "em": -30, "rem": -30, "%": -100, "": -500}
"""Where text stands outside the page."""
_ALIKE = 24
"""How far two colours' red, green or blue (0-255) may differ and still be read as one."""
_WHITE = (255, 255, 255)
_NAMES = {
    "white": _WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "whitesmoke": (245, 245, 245),
    "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
    "seashell": (255, 245, 238), "honeydew": (240, 255, 240), "black": (0, 0, 0),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2}|[0-9a-f])?\b")
_RGB = re.compile(r"rgba?\((\d+)[, ]+(\d+)[, ]+(\d+)(?:[,/ ]+([\d.]+)%?)?\)")

Colour = tuple[int, ...] | str


def without_invisible(text: str) -> str:
    """Return the text without characters that have neither width nor shape."""
    return _INVISIBLE.sub("", text)


def may_hide(html: str) -> bool:
    """Return whether the HTML has anything that could hide text, without reading it."""
    lower = html.lower()
    return any(name in lower for name in _MAY_HIDE)


def has_no_text(element: HtmlElement) -> bool:
    """Return whether nothing inside the element is shown as text, whatever its style."""
    return str(element.tag).lower() in _TAGS


def is_hidden(element: HtmlElement) -> bool:
    """Return whether an element is taken off the page with all that is in it."""
    style = _style(element)
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or _number(style.get("opacity", "1")) == 0
        or _is_far_off(style)
        or _is_clipped(style)
    )


def is_unseen(element: HtmlElement) -> bool:
    """Return whether text directly in the element cannot be seen: no size, or the paper's colour.

    What an element does not set itself, it has of those around it.
    """
    visibility, size, ink, paper = "", "", "", ""
    for one in _around(element):
        style = _style(one)
        visibility = visibility or style.get("visibility", "")
        size = size or style.get("font-size", "")
        ink = ink or style.get("color", "") or one.get("color", "").lower()
        paper = paper or _paper(style, one)
    return (
        visibility in ("hidden", "collapse")
        or _within(size, _UNREADABLE)
        or bool(ink and _alike(_colour(ink), _colour(paper) if paper else _WHITE))
    )


def is_out_of_sight(element: HtmlElement) -> bool:
    """Return whether text directly in the element is kept from the reader by a style."""
    around = list(_around(element))
    if any(has_no_text(one) for one in around):
        return False
    return is_unseen(element) or any(is_hidden(one) for one in around)


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _style(element: HtmlElement) -> dict[str, str]:
    told = re.sub(r"/\*.*?\*/", "", element.get("style", "").lower())
    pairs = (part.partition(":") for part in told.split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value
    }


def _paper(style: dict[str, str], element: HtmlElement) -> str:
    told = style.get("background-color") or style.get("background") or element.get("bgcolor", "")
    return "" if told.lower() in ("transparent", "none", "inherit", "initial") else told.lower()


def _colour(told: str) -> Colour:
    """Red, green and blue; "" for what cannot be seen; else the words it is told with."""
    if told == "transparent":
        return ""
    if found := _HEX.search(told):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * one for one in found[1])
        return tuple(int(digits[n:n + 2], 16) for n in (0, 2, 4))
    if found := _RGB.search(told):
        return "" if found[4] and _number(found[4]) == 0 else tuple(map(int, found.groups()[:3]))
    return _NAMES.get(told, told)


def _alike(ink: Colour, paper: Colour) -> bool:
    if isinstance(ink, str) or isinstance(paper, str):
        return ink in ("", paper)
    return all(abs(one - other) <= _ALIKE for one, other in zip(ink, paper, strict=True))


def _is_far_off(style: dict[str, str]) -> bool:
    if _within(style.get("text-indent", ""), _FAR_OFF):
        return True
    placed = style.get("position") in ("absolute", "fixed")
    return placed and any(_within(style.get(side, ""), _FAR_OFF) for side in ("left", "top"))


def _is_clipped(style: dict[str, str]) -> bool:
    clipped = style.get("overflow") == "hidden" and any(
        _number(_LENGTH.sub(r"\1", style.get(side, "1"))) == 0
        for side in ("height", "max-height", "width", "max-width")
    )
    return clipped or style.get("clip", "").replace(" ", "").startswith("rect(0,0,0,0")


def _within(length: str, most: Mapping[str, float]) -> bool:
    found = _LENGTH.fullmatch(length.replace(" ", ""))
    return bool(found) and _number(found[1]) <= most[found[2]] if found else False


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return 1.0
