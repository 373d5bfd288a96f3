"""The drawings themselves: safe in a page, complete in a memo, readable on a phone and without colour."""

import re
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from chart_samples import EVERY_KIND, FEW, SECTORS, VAGUE, bars, row, share
from PIL import Image

from survey.charts.canvas import AMBER, LILAC, SERIES, TEAL, hatched
from survey.charts.drawing import EXAMPLE_LABEL, Drawing, draw
from survey.charts.fonts import text_width, wrapped
from survey.charts.model import Bars, Distribution, Reference, Row, Value
from survey.charts.spread import letters_on, luminance, shade
from survey.charts.svg import plot_of
from survey.charts.text import describe
from survey.models import Qualifier, Withheld

SVG = "{http://www.w3.org/2000/svg}"
PHONE = 270  # what a figure leaves of 320 pixels
SMALLEST = 10.5


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    """Every kind, drawn once."""
    return {name: draw(chart) for name, chart in EVERY_KIND.items()}


def parsed(svg: str) -> Element:
    """The root of a drawing."""
    return ElementTree.fromstring(svg)  # noqa: S314  # our own drawing


def words(svg: str) -> list[str]:
    """The letters in a drawing, line by line."""
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_drawing_may_stand_in_a_page_with_a_strict_policy(drawings: dict[str, Drawing], kind: str) -> None:
    for svg in (drawings[kind].svg, drawings[kind].svg_file):
        root = parsed(svg)
        for element in root.iter():
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
            assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image", "a", "use"}
            if element is not root:
                assert not {name for name in element.attrib if name == "role" or name.startswith("aria-")}
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_drawing_has_a_name_and_says_what_there_is_to_see(drawings: dict[str, Drawing], kind: str) -> None:
    chart = EVERY_KIND[kind]
    root = parsed(drawings[kind].svg)
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("role") == "img"
    assert named[root.get("aria-labelledby")] == chart.title
    assert named[root.get("aria-describedby")] == describe(chart)
    assert root.get("width") is None, "It is as wide as its place."


def test_two_drawings_in_a_page_share_no_id(drawings: dict[str, Drawing]) -> None:
    ids = re.findall(r'\sid="([^"]+)"', "".join(drawing.svg for drawing in drawings.values()))
    assert len(ids) == len(set(ids)) > 2 * len(drawings)
    for drawing in drawings.values():
        assert set(re.findall(r"url\(#([^)]+)\)", drawing.svg)) <= set(re.findall(r'\sid="([^"]+)"', drawing.svg))


def test_names_from_editors_are_letters_and_nothing_else() -> None:
    evil = '<script>alert("1")</script> & "zo"'
    drawing = draw(bars(row(evil, share(40)), title=evil))
    for svg in (drawing.svg, drawing.svg_file):
        assert "<script" not in svg
        assert f"<{SVG}script" not in {f"<{element.tag}" for element in parsed(svg).iter()}
        assert parsed(svg).find(f"{SVG}title").text == evil
        assert "".join(words(svg)).count("alert") >= 1


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_file_stands_by_itself(drawings: dict[str, Drawing], kind: str) -> None:
    chart = EVERY_KIND[kind]
    said = " ".join(words(drawings[kind].svg_file))
    for text in (chart.title, chart.question, chart.base, chart.source):
        assert text in said
    assert EXAMPLE_LABEL not in said


def test_made_up_answers_are_called_so_in_the_picture() -> None:
    drawing = draw(bars(row("Gemeenten", share(40)), is_example=True))
    assert EXAMPLE_LABEL in words(drawing.svg_file)
    assert "De antwoorden zijn verzonnen." in drawing.svg


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_png_is_the_file_at_twice_its_size(drawings: dict[str, Drawing], kind: str) -> None:
    picture = Image.open(BytesIO(drawings[kind].png))
    root = parsed(drawings[kind].svg_file)
    assert drawings[kind].png.startswith(b"\x89PNG\r\n\x1a\n")
    assert abs(picture.width - 2 * float(root.get("width", 0))) <= 2
    assert abs(picture.height - 2 * float(root.get("height", 0))) <= 2
    assert len(picture.convert("RGB").getcolors(1 << 16) or []) > 3, "There is something on it."


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_letters_can_be_read_on_a_phone(drawings: dict[str, Drawing], kind: str) -> None:
    root = parsed(drawings[kind].svg)
    width = float(root.get("viewBox", "").split()[2])
    sizes = [float(text.get("font-size", 0)) for text in root.iter(f"{SVG}text")]
    assert min(sizes) * PHONE / width >= SMALLEST


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_no_letters_fall_off_the_drawing(drawings: dict[str, Drawing], kind: str) -> None:
    root = parsed(drawings[kind].svg)
    width = float(root.get("viewBox", "").split()[2])
    for text in root.iter(f"{SVG}text"):
        x = float(re.search(r"translate\((-?[\d.]+)", text.get("transform", "translate(0"))[1])
        size = text_width(text.text or "", float(text.get("font-size", 0)), text.get("font-weight") == "bold")
        start = x - {"middle": size / 2, "end": size}.get(text.get("text-anchor", ""), 0)
        assert start >= -2, text.text
        assert start + size <= width + 4, text.text


def test_a_withheld_number_is_nowhere() -> None:
    """Two charts that differ in nothing but a withheld number are the same chart, and it shows only the reason."""
    drawing = draw(bars(row("Gemeenten", share(40)), row("Provincies", FEW), row("Rechtspraak", FEW)))
    said = words(drawing.svg)
    assert said.count("te weinig antwoorden") == 2
    assert [text for text in said if text.endswith("%")].count("40%") == 1
    assert sum(text.endswith("%") for text in said) == 1 + 3, "One number, and a scale of three marks."


def test_a_class_that_is_withheld_alone_is_not_the_rest_of_the_bar() -> None:
    def distribution(first: float, second: float) -> str:
        values = (Value(value=first), Value(value=second), Value(withheld=Withheld.FEW))
        return draw(Distribution(title="", classes=("a", "b", "c"), rows=(Row(label="x", values=values),))).svg

    shapes = [
        re.sub(r"g[0-9a-f]{10}", "", svg.partition("</desc>")[2])
        for svg in (distribution(61, 22), distribution(20, 30))
    ]
    paths = [re.findall(r"<path[^>]*>", svg) for svg in shapes]
    assert paths[0] == paths[1], "The bar looks the same whatever the other classes are."


def test_vague_numbers_are_seen_and_read(drawings: dict[str, Drawing]) -> None:
    exact = draw(bars(*(row(entry.label, Value(value=entry.values[0].value)) for entry in VAGUE.rows)))
    assert "<pattern" not in exact.svg
    assert "<pattern" in drawings["vague"].svg
    said = words(drawings["vague"].svg)
    for text in (
        "bijna 60%",
        "meer dan 75%",
        "ongeveer 25%",
        "77 tot 81%",
        "niet meer dan ongeveer 15%",
        "minder dan 30%",
    ):
        assert text in said
    assert "Gestreept: de bron geeft geen precies getal." in said


@pytest.mark.parametrize("qualifier", [name for name in Qualifier if name not in (Qualifier.EXACT, Qualifier.UNKNOWN)])
def test_every_qualifier_has_its_mark(qualifier: str) -> None:
    assert "<pattern" in draw(bars(row("A", Value(value=40, qualifier=qualifier)))).svg


def test_numbers_are_dutch() -> None:
    scores = Bars(title="", unit="score", rows=(row("A", Value(value=3.72, decimals=1)), row("B", Value(value=2.25))))
    counts = Bars(title="", unit="aantal", rows=(row("A", Value(value=1374)),))
    assert {"3,7", "2,25"} <= set(words(draw(scores).svg))
    assert {"1.374", "2.000"} <= set(words(draw(counts).svg))


def test_a_line_for_all_organisations_is_named() -> None:
    chart = Bars(title="", rows=(row("A", share(40)),), reference=Reference("Alle organisaties: 44%", 44))
    assert "Alle organisaties: 44%" in words(draw(chart).svg)


def test_the_row_of_the_page_is_dark_among_pale_ones(drawings: dict[str, Drawing]) -> None:
    assert drawings["bars"].svg.count(f'fill="{TEAL}"') == 1
    assert sum(entry.values[0].is_shown for entry in SECTORS.rows) == 3


def contrast(first: str, second: str) -> float:
    """As WCAG reckons."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_series_differ_without_colour() -> None:
    shades = sorted(SERIES, key=luminance)
    assert min(contrast(first, second) for first, second in pairwise(shades)) > 1.4
    assert hatched(LILAC) != hatched(AMBER)


@pytest.mark.parametrize("classes", range(1, 9))
def test_classes_differ_and_their_numbers_can_be_read(classes: int) -> None:
    shades = [shade(place, classes) for place in range(classes)]
    assert [luminance(colour) for colour in shades] == sorted((luminance(colour) for colour in shades), reverse=True)
    assert len(set(shades)) == classes
    assert min(contrast(colour, letters_on(colour)) for colour in shades) >= 4.5


def test_more_series_than_colours_are_named_at_their_bars() -> None:
    names = ("Nederland", "Denemarken", "Noorwegen", "Zweden", "IJsland")
    chart = Bars(title="", series=names, rows=(row("Innoveert", *(share(70 + place) for place in range(5))),))
    assert "IJsland: 74%" in words(draw(chart).svg)


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="Vega drew a <image>"):
        plot_of(f'<svg xmlns="{SVG[1:-1]}"><g><image/></g></svg>', 10, 10, "a")


def test_long_names_are_broken_between_words() -> None:
    lines = wrapped("Zelfstandige bestuursorganen en agentschappen met een eigen taak", 15, 200)
    assert len(lines) > 1
    assert all(text_width(line, 15) <= 200 for line in lines)
    assert " ".join(lines) == "Zelfstandige bestuursorganen en agentschappen met een eigen taak"
    assert wrapped("", 15, 200) == []
