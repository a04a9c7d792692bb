"""Raised and lowered characters never change a number or a word."""

import pytest
from lxml import etree

from probatum.sources.layout.inline import text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("h<sup>−1</sup>", "h⁻¹"),
        ("12.5<sup>3</sup> months", "12.5³ months"),
        ("ended.<sup>1,2</sup> Then", "ended.¹,² Then"),
        ("as shown<xref ref-type='bibr'>12</xref>", "as shown¹²"),
        ("as shown [<xref ref-type='bibr'>12</xref>]", "as shown [12]"),
        ("x<sup><xref ref-type='bibr'>1</xref>–<xref ref-type='bibr'>3</xref></sup>", "x¹–³"),
        ("0.45<sup>a,b</sup>", "0.45ᵃ,ᵇ"),
        ("Tumour type<sup>c</sup>", "Tumour typeᶜ"),
        ("<sup>b</sup>according", "ᵇaccording"),
        ("<sup>18</sup>F-FDG and <sup>99m</sup>Tc", "18F-FDG and 99mTc"),
        ("CD4<sup>+</sup> and Ca<sup>2+</sup>", "CD4+ and Ca2+"),
        ("5<sup>th</sup>", "5th"),
        ("HbA<sub>1c</sub>, log<sub>10</sub>, 5<sub>2</sub>", "HbA1c, log10, 5₂"),
        ("a<break/>b<p>c</p>d", "a b c d"),
        (
            "<math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac></math>",
            "a/(b+c)",
        ),
        ("<math><msqrt><msup><mi>x</mi><mn>2</mn></msup></msqrt></math>", "√(x²)"),
        ("<tex-math>\\begin{document}$$x^2$$\\end{document}</tex-math>", "x^2"),
    ],
)
def test_markup_reads_as_printed(markup: str, text: str) -> None:
    assert text_of(etree.fromstring(f"<p>{markup}</p>")) == text
