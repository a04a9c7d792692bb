"""Figures show every row, on the right axis, and never a style that the site would forbid."""

import re
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.answer import Algorithm, AlgorithmStep, Figure, ForestRow
from probatum.render.algorithm import algorithm_svg, layers
from probatum.render.forest import effect_text, notes
from probatum.render.forest_picture import forest_svg
from probatum.render.forest_scale import scale_of
from probatum.render.forest_strip import forest_strip
from tests.render import samples

FIGURE = next(each.figure for each in samples.full().sections if each.figure)
ESTIMATES = st.lists(st.floats(0.01, 90), min_size=3, max_size=3).map(sorted)


def row(effect: str, value: float, low: float, high: float, study: str | None = None) -> ForestRow:
    return ForestRow(
        label="A <trial> & more",
        study=study,
        effect=effect,
        value=value,
        low=low,
        high=high,
        ci_level=95,
        claim="c1",
        favours="neither",
    )


def figure(*rows: ForestRow) -> Figure:
    return Figure(title="T", left="left", right="right", rows=rows)


def parsed(svg: str | None) -> ET.Element:
    assert svg is not None
    return ET.fromstring(svg)


def test_a_ratio_in_words_gets_the_same_axis_as_its_code() -> None:
    words = scale_of([row("hazard ratio", 0.6, 0.5, 0.8)])
    assert words == scale_of([row("HR", 0.6, 0.5, 0.8)])
    assert words is not None
    assert words.no_effect == 1.0
    assert words.logarithmic


def test_mixed_or_unknown_effects_get_no_picture_rather_than_a_wrong_axis() -> None:
    mixed = figure(row("HR", 0.6, 0.5, 0.8), row("MD", 2, 1, 3))
    assert forest_svg(mixed, "f") is None
    assert forest_svg(figure(row("Bayes factor", 2, 1, 3)), "f") is None


def test_the_logarithmic_axis_puts_a_half_and_two_equally_far_from_no_difference() -> None:
    scale = scale_of([row("HR", 1.0, 0.4, 2.5)])
    assert scale is not None
    left = scale.at(1.0) - scale.at(0.5)
    right = scale.at(2.0) - scale.at(1.0)
    assert round(left - right, 9) == 0


@given(estimates=st.lists(ESTIMATES, min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_each_row_has_a_square_between_its_whiskers_inside_the_picture(
    estimates: list[list[float]],
) -> None:
    rows = [row("HR", value, low, high) for low, value, high in estimates]
    root = parsed(forest_svg(figure(*rows), "f"))
    boxes = [each for each in root.iter() if each.get("class") == "f-box"]
    rules = [each for each in root.iter() if each.get("class") == "f-line"]
    assert len(boxes) == len(rules) == len(rows)
    for box, rule in zip(boxes, rules, strict=True):
        low, high = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", rule.get("d") or "").groups()  # type: ignore[union-attr]
        middle = float(box.get("x") or "nan") + 5
        assert 0 <= float(low) - 0.2 <= middle <= float(high) + 0.2 <= 721


def test_rows_of_one_study_are_bracketed_and_replaced_ones_named() -> None:
    svg = forest_svg(FIGURE, "f")
    root = parsed(svg)
    assert len([each for each in root.iter() if each.get("class") == "f-bracket"]) == 1
    assert "(superseded)" in "".join(root.itertext())
    assert "Rows of one study (joined by a bracket in the picture) are not independent." in notes(
        FIGURE
    )
    assert "No pooled estimate was computed." in notes(FIGURE)


def test_pictures_are_named_described_and_carry_no_style() -> None:
    answer = samples.full()
    assert answer.algorithm
    cited = dict.fromkeys(answer.claims, "1")
    for svg in (forest_svg(FIGURE, "f"), algorithm_svg(answer.algorithm, cited, "a")):
        root = parsed(svg)
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby") or "").split() == ids
        assert [each for each in root.iter() if each.get("style")] == []
        assert "font-family" not in (svg or "")


def test_the_estimate_keeps_two_decimals_and_never_loses_a_digit() -> None:
    assert effect_text(row("HR", 0.8, 0.5, 1.571)) == "HR 0.80 (95% CI 0.50 to 1.571)"


def test_the_strip_marks_interval_estimate_and_no_difference() -> None:
    each = row("HR", 0.5, 0.4, 0.7)
    scale = scale_of([each])
    assert scale is not None
    # By hand: the axis runs from ln 0.4 - 0.068 to ln 1.25 + 0.068, 1.276 in all, over 30 steps.
    assert forest_strip(each, scale, 31) == "  ├────■───────┤       │       "


def test_every_step_is_drawn_with_its_whole_condition() -> None:
    algorithm = samples.full().algorithm
    assert algorithm
    root = parsed(algorithm_svg(algorithm, {"c6": "5", "c7": "3", "c8": "5"}, "a"))
    text = " ".join("".join(root.itertext()).split())
    assert [step.id for step in algorithm.steps if step.if_ not in text] == []
    assert "1 statement [5]" in text


def test_a_path_that_leads_back_is_drawn_and_does_not_hang() -> None:
    steps = (
        AlgorithmStep(id="a", if_="A", next=("b",)),
        AlgorithmStep(id="b", if_="B", next=("a",)),
    )
    assert len(layers(steps)) <= 2
    root = parsed(algorithm_svg(Algorithm(title="t", steps=steps), {}, "a"))
    assert len([each for each in root.iter() if each.get("class") == "a-arrow"]) == 2
