"""Word files (Office Open XML), with real headings, lists, tables, links and numbered pages.

Made with Word's own styles, so that an editor can restyle the whole document at once and a screen
reader finds its parts. Texts become text nodes of the file's XML; none is read as markup.
"""

import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from probatum.render.paper import (
    BOLD,
    ITALIC,
    STRUCK,
    Block,
    Grid,
    Heading,
    Items,
    Paper,
    Run,
    Runs,
    Words,
    Works,
)

_MARK = "reference-{}"
# The blue of Word's own "Hyperlink" style, which its template leaves out until a link is made.
_LINK_COLOUR = RGBColor(0x05, 0x63, 0xC1)


def _element(name: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML (ECMA-376, part 1, section 17)."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class _Writer:
    """The file while it grows."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self.marks = 0

    def write(self) -> bytes:
        self.properties()
        self.page()
        self.document.add_paragraph(self.paper.title, style="Title")
        for block in self.paper.blocks:
            self.block(block)
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def properties(self) -> None:
        """Title, status and language; the dates are those of the words, not of the making."""
        properties = self.document.core_properties
        properties.title = self.paper.title[:255]
        properties.author = "Probatum"
        properties.subject = self.paper.status[:255]
        properties.content_status = self.paper.status[:255]
        properties.language = self.paper.language
        properties.comments = ""
        try:
            day = datetime.datetime.fromisoformat(f"{self.paper.date}T00:00:00")
            properties.created = properties.modified = day
        except ValueError:
            pass
        run = self.document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        language = run.find(qn("w:lang"))
        if language is not None:
            language.set(qn("w:val"), self.paper.language)

    def page(self) -> None:
        """A4 with margins, and on each page the status and the page's number."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        self.document.styles["Normal"].font.size = Pt(10.5)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{self.paper.foot} · Page ")
        self.count(foot, "PAGE")
        foot.add_run(" of ")
        self.count(foot, "NUMPAGES")

    def count(self, paragraph: Any, name: str) -> None:
        """A number that Word fills in."""
        field = _element("fldSimple", instr=name)
        run, text = _element("r"), _element("t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.document.add_heading(block.text, level=block.level)
            case Words():
                style = "Intense Quote" if block.boxed else "Normal"
                self.runs(self.document.add_paragraph(style=style), block.runs)
            case Items():
                self.items(block)
            case Grid():
                self.grid(block)
            case Works():
                for work in block.works:
                    paragraph = self.document.add_paragraph(style="List")
                    self.mark(paragraph, work.number)
                    self.runs(paragraph, (Run(f"{work.number}. "), *work.runs))

    def items(self, items: Items) -> None:
        for number, item in enumerate(items.items, 1):
            # Steps are named by their numbers, so these stand in the text and never begin anew.
            style = "List" if items.numbered else "List Bullet"
            first = (Run(f"{number}. "),) if items.numbered else ()
            self.runs(self.document.add_paragraph(style=style), (*first, *item.runs))
            for inner in item.inner:
                self.runs(self.document.add_paragraph(style="List Bullet 2"), inner)

    def grid(self, grid: Grid) -> None:
        self.document.add_paragraph(grid.caption, style="Caption")
        table = self.document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
        table.autofit = False
        # Read out by screen readers before the cells.
        table._tbl.tblPr.append(_element("tblCaption", val=grid.caption))
        whole = sum(grid.shares)
        widths = [Cm(17 * share / whole) for share in grid.shares]
        for cell, column, width in zip(table.rows[0].cells, grid.columns, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(column).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))
        for row in grid.rows:
            made = table.add_row()
            made._tr.get_or_add_trPr().append(_element("cantSplit", val="true"))
            for cell, runs, width in zip(made.cells, row, widths, strict=True):
                cell.width = width
                self.runs(cell.paragraphs[0], runs)
        for row in table.rows:
            for cell in row.cells:
                for each in cell.paragraphs:
                    each.paragraph_format.space_after = Pt(2)
        self.document.add_paragraph()

    def runs(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            if run.address:
                whole = paragraph.part.relate_to(
                    run.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                link = _element("hyperlink")
                link.set(qn("r:id"), whole)
                self.linked(paragraph, link, run)
            elif run.number is not None:
                link = _element("hyperlink", anchor=_MARK.format(run.number))
                self.linked(paragraph, link, run)
            else:
                self.look(paragraph.add_run(run.text), run)

    def linked(self, paragraph: Any, link: Any, run: Run) -> None:
        made = paragraph.add_run(run.text)
        self.look(made, run)
        made.font.underline = True
        made.font.color.rgb = _LINK_COLOUR
        link.append(made._r)
        paragraph._p.append(link)

    def look(self, made: Any, run: Run) -> None:
        made.bold = True if run.look == BOLD else None
        made.italic = True if run.look == ITALIC else None
        made.font.strike = True if run.look == STRUCK else None

    def mark(self, paragraph: Any, number: int) -> None:
        """What the citations in the text lead to."""
        self.marks += 1
        identity = str(self.marks)
        start = _element("bookmarkStart", id=identity, name=_MARK.format(number))
        paragraph._p.append(start)
        paragraph._p.append(_element("bookmarkEnd", id=identity))


def docx(paper: Paper) -> bytes:
    """The document as a Word file."""
    return _Writer(paper).write()
