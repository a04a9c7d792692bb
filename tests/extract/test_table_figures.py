"""What one cell says, and when it says nothing that may be read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.extract.tables.figures import Figures, figures, interval, p_value


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12/44 (27.3%)", Figures(Decimal("27.3"), "%", 44, 12)),
        ("27.3% (12/44)", Figures(Decimal("27.3"), "%", 44, 12)),
        ("24.8 ± 12.6", Figures(Decimal("24.8"), sd=Decimal("12.6"))),
        ("0·67 (0·56–0·80)", Figures(Decimal("0.67"), low=Decimal("0.56"), high=Decimal("0.80"))),
        (
            "11.7 (95% CI 10.3 to 13.5)",
            Figures(
                Decimal("11.7"), low=Decimal("10.3"), high=Decimal("13.5"), ci_level=Decimal(95)
            ),
        ),
        ("12 (27.3)", Figures(Decimal(12), second=Decimal("27.3"))),
        ("1,234", Figures(Decimal(1234))),
        ("−2.6*", Figures(Decimal("-2.6"))),
        ("NR", Figures(not_reached=True)),
    ],
)
def test_a_cell_is_read_as_it_is_printed(cell: str, says: Figures) -> None:
    assert figures(cell) == says


@pytest.mark.parametrize("cell", ["26/18", "Male", "12 or 13", "", "3 (of 5) more", "1.2.3"])
def test_what_is_no_figure_is_not_read(cell: str) -> None:
    assert figures(cell) is None


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("<0.001", "<.001"),
        ("p = 0.03", "=.03"),
        ("0.02*", "=.02"),
        ("1.56E−07", "=.000000156"),
        ("≥0.05", "≥.05"),
        ("1.0", "=1.0"),
        ("12", None),
        ("NS", None),
    ],
)
def test_a_p_value_lies_between_nought_and_one(cell: str, says: str | None) -> None:
    assert p_value(cell) == says


def test_an_interval_goes_upwards() -> None:
    assert (interval("0.56–0.80"), interval("(0.56, 0.80)"), interval("5–2")) == (
        (Decimal("0.56"), Decimal("0.80")),
        (Decimal("0.56"), Decimal("0.80")),
        None,
    )


@given(st.text(max_size=90))
def test_no_cell_stops_the_reader(cell: str) -> None:
    figures(cell), p_value(cell), interval(cell)
