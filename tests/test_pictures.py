"""The drawings of the pages in easy words: one hand, safe, light, and clear on any ground."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

HEAVIEST = 2_000  # bytes
SMALLEST_CONTRAST = 3.0  # of the outline to everything that it is drawn on
SHAPES = {"svg", "g", "path", "rect", "circle"}
NUMBERS = {"x", "y", "width", "height", "rx", "cx", "cy", "r", "d", "transform", "viewBox"}
LOOKS = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset"}
SVG = "{http://www.w3.org/2000/svg}"
CARD = {"width": "96", "height": "96", "rx": "10", "fill": "#fff", "stroke": "none"}
FRAME = {
    "viewBox": "0 0 96 96",
    "fill": "none",
    "stroke": "#17211f",
    "stroke-width": "3",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faults(text: str) -> list[str]:
    """What is wrong with a drawing."""
    try:
        drawing = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [f"it is not XML: {error}"]
    found = [f"it weighs {len(text.encode())} bytes"] if len(text.encode()) > HEAVIEST else []
    if drawing.tag != f"{SVG}svg" or dict(drawing.attrib) != FRAME:
        found.append("its frame is not that of the others")
    if not len(drawing) or dict(drawing[0].attrib) != CARD:
        found.append("it has no white card behind it, so that it would be lost on a dark page")
    for element in drawing.iter():
        name = element.tag.removeprefix(SVG)
        if name not in SHAPES:
            found.append(f"<{name}> is not a shape")
        if (element.text or "").strip() or (element.tail or "").strip():
            found.append("it holds text")
        found += [f"{key} is neither a measure nor a look" for key in element.attrib if key not in NUMBERS | LOOKS]
        fill = element.get("fill", "none")
        if fill not in ("none", FRAME["stroke"], "#2b2320") and contrast(fill, FRAME["stroke"]) < SMALLEST_CONTRAST:
            found.append(f"the outline is hard to see on {fill}")
    return found


def drawings(root: Path) -> list[Path]:
    found = sorted((root / "docs" / "assets" / "easy").iterdir())
    assert len(found) >= 40
    return found


def test_every_drawing_is_of_one_hand_light_safe_and_clear(root: Path) -> None:
    wrong = {path.name: faults(path.read_text(encoding="utf-8")) for path in drawings(root)}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_drawing_has_a_name_that_data_can_use_and_no_two_are_alike(root: Path) -> None:
    found = drawings(root)
    assert [path.name for path in found if not re.fullmatch(r"[a-z]+(-[a-z]+)*\.svg", path.name)] == []
    assert len({path.read_bytes() for path in found}) == len(found)


def test_the_site_ships_only_drawings_that_a_page_shows(built_site: Path) -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in built_site.rglob("*.html"))
    shipped = sorted(path.name for path in (built_site / "assets" / "easy").iterdir())
    assert shipped and [name for name in shipped if f"assets/easy/{name}" not in pages] == []


GOOD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" fill="none" stroke="#17211f" stroke-width="3" '
    'stroke-linecap="round" stroke-linejoin="round">\n<rect width="96" height="96" rx="10" fill="#fff" stroke="none"/>\n'
    '<circle fill="#f6c65b" cx="48" cy="48" r="40"/>\n</svg>\n'
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</svg>", "", "not XML"),
        ("0 0 96 96", "0 0 64 64", "frame"),
        ('stroke-width="3"', 'stroke-width="1"', "frame"),
        ('fill="#fff" ', 'fill="#000" ', "card"),
        ("<circle", "<script>x</script><circle", "<script> is not a shape"),
        ("<circle", "<text>Yes</text><circle", "text"),
        ("<circle", '<image href="https://x.example/"/><circle', "<image> is not a shape"),
        ("<circle", '<circle onclick="x()"', "onclick"),
        ("<circle", '<circle style="fill:red"', "style"),
        ("#f6c65b", "#334433", "hard to see"),
        ("</svg>", "<circle/>" * 300 + "</svg>", "weighs"),
    ],
)
def test_a_drawing_that_would_not_do_is_noticed(old: str, new: str, said: str) -> None:
    assert faults(GOOD) == []
    assert any(said in fault for fault in faults(GOOD.replace(old, new)))
