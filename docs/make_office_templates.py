"""Make the Word templates that are shipped: python docs/make_office_templates.py.

They are ordinary documents with styles, a head and a foot. A centre copies one into the folder ``office`` of
its workspace, puts its own letterhead and typefaces into it, and saves it under the same name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph

TARGET = Path(__file__).resolve().parent.parent / "poc_eval" / "report" / "office_templates"
WIDE = frozenset({"payout", "ledger", "milestones"})
KINDS = ("review", "panel", "minutes", "opinion", "notice", "payout", "ledger", "milestones", "deal", "paper")
INK, ACCENT, RULE = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x1F, 0x4E, 0x79), "9AA5B1"
HEADINGS = (("Heading 1", 13, 12, ACCENT), ("Heading 2", 11, 8, INK), ("Heading 3", 10.5, 6, INK))
MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
)


def typeface(
    style: Any,  # noqa: ANN401 one of the kinds of styles that python-docx has
    chinese: str,
    western: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = INK,
) -> None:
    """Set a style's typefaces, size in points and colour."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = western, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hAnsi"), western)
    fonts.set(qn("w:cs"), western)


def styles(document: Word) -> None:
    """Set the styles that the papers are written in."""
    known = document.styles
    # What is not said to be Chinese of the mainland gets the punctuation of other places.
    for language in known.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    typeface(known["Normal"], "宋体", "Times New Roman", 10.5)
    known["Normal"].paragraph_format.line_spacing = 1.4
    known["Normal"].paragraph_format.space_after = Pt(4)
    typeface(known["Title"], "黑体", "Arial", 18, bold=True)
    known["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = known["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    typeface(known["Subtitle"], "宋体", "Times New Roman", 12, bold=True)
    known["Subtitle"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, size, before, colour in HEADINGS:
        typeface(known[name], "黑体", "Arial", size, bold=True, colour=colour)
        known[name].paragraph_format.space_before = Pt(before)
        known[name].paragraph_format.space_after = Pt(4)
        known[name].paragraph_format.keep_with_next = True
    typeface(known["List Bullet"], "宋体", "Times New Roman", 10.5)
    typeface(known["Caption"], "宋体", "Times New Roman", 9.5)
    known["Caption"].paragraph_format.space_after = Pt(2)
    notice = known.add_style("Notice", WD_STYLE_TYPE.PARAGRAPH)
    notice.base_style = known["Normal"]
    notice.element.get_or_add_pPr().append(
        parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            + "".join(
                f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="B26A00"/>'
                for side in ("top", "left", "bottom", "right")
            )
            + "</w:pBdr>"
        )
    )
    cell = known.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = known["Normal"]
    typeface(cell, "宋体", "Times New Roman", 9.5)
    cell.paragraph_format.space_after = Pt(0)
    cell.paragraph_format.line_spacing = 1.2
    for name, lines in (
        ("Paper Table", ("top", "bottom", "insideH", "left", "right", "insideV")),
        ("Facts", ("top", "bottom", "insideH")),
        ("Signatures", ()),
    ):
        ruled(known.add_style(name, WD_STYLE_TYPE.TABLE), lines)


def ruled(style: BaseStyle, lines: tuple[str, ...]) -> None:
    """Give a table style its thin rules and the margins of its cells."""
    drawn = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        if side in lines
    )
    borders = f"<w:tblBorders>{drawn}</w:tblBorders>" if drawn else ""
    margins = f"<w:tblCellMar>{MARGINS}</w:tblCellMar>"
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{borders}{margins}</w:tblPr>"))


def field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word and WPS work out, such as the page number."""
    for kind in ("begin", code, "end"):
        run = paragraph.add_run()
        if kind == code:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)  # noqa: SLF001 python-docx has no fields
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 the same


def template(kind: str, lang: str) -> Word:
    """Return one template."""
    document = Document()
    styles(document)
    section = document.sections[0]
    size = (Mm(210), Mm(297))
    wide = kind in WIDE
    section.page_width, section.page_height = size[::-1] if wide else size
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(18 if wide else 22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("{{ subject }}", "Subtitle")
    line = document.add_paragraph("{{ date }}")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("{{ content }}")
    foot = section.footer.paragraphs[0]
    for stop in list(foot.style.paragraph_format.tab_stops):
        foot.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    foot.paragraph_format.tab_stops.add_tab_stop(
        section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT
    )
    first, of, last = (
        ("核验码 {{ code }}\t第 ", " 页 / 共 ", " 页")
        if lang == "zh"
        else ("Code {{ code }}\tPage ", " of ", "")
    )
    foot.add_run(first)
    field(foot, "PAGE")
    foot.add_run(of)
    field(foot, "NUMPAGES")
    foot.add_run(last)
    typeface(document.styles["Footer"], "宋体", "Times New Roman", 9)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = kind
    return document


def main() -> None:
    """Write them all."""
    TARGET.mkdir(exist_ok=True)
    for lang, ending in (("zh", ""), ("en", "-en")):
        for kind in KINDS if lang == "zh" else ("paper", *sorted(WIDE)):
            path = TARGET / f"{kind}{ending}.docx"
            template(kind, lang).save(str(path))
            print(path.name)


if __name__ == "__main__":
    main()
