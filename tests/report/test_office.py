from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from resealing import complete_answers

from poc_eval.errors import NotebookError
from poc_eval.report.formats import write_in
from poc_eval.report.office import office_papers
from poc_eval.report.write import write_report

HOSTILE = (
    "{{ content }} {% raw %} <w:p/> ]]> &amp; \x0b\x00 ${x} 𠮷 意见"
    " \x13 DDEAUTO \x15 \u202e{ INCLUDETEXT evil }"
    ' { DDEAUTO cmd } <w:fldSimple w:instr="DDE"/>'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def words_of(document):
    return "\n".join(one.text or "" for one in document.element.body.iter(qn("w:t")))


def opened(paper):
    return docx.Document(BytesIO(paper.content))


@pytest.fixture
def review(case):
    """Return the page of a review whose opinion is hostile."""
    answers = {**complete_answers(case.rubric), "opinion": HOSTILE + "，" + "请补充对比数据。" * 10}
    case.submit(answers)
    return write_report(case.notebook).path.read_text(encoding="utf-8")


def test_a_review_becomes_one_opinion_with_every_score_reason_and_the_code(case, review):
    [paper] = office_papers(review, case.folder)
    assert (paper.kind, paper.ending) == ("review", "")
    document = opened(paper)
    said = words_of(document)
    for result in case.workspace.evaluation(case.review).criteria:
        assert result.title.zh in said
        assert result.reason in said
    assert "概念验证项目评价意见" in said
    foot = document.sections[0].footer._element.xml  # noqa: SLF001 fields have no other name
    assert all(word in foot for word in ("核验码", "PAGE", "NUMPAGES"))
    assert not document.core_properties.author


def test_what_people_type_stays_what_they_typed(case, review):
    [paper] = office_papers(review, case.folder)
    said = words_of(opened(paper))
    for part in ("{{ content }}", "{% raw %}", "<w:p/>", "]]>", "&amp;", "${x}", "𠮷"):
        assert part in said


def test_no_field_and_no_address_comes_of_what_people_type(case, review):
    [paper] = office_papers(review, case.folder)
    with zipfile.ZipFile(BytesIO(paper.content)) as parts:
        everything = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    fields = "".join(re.findall(r"<w:instrText[^>]*>([^<]*)", "".join(everything.values()))).split()
    assert sorted(set(fields)) == ["NUMPAGES", "PAGE"]
    assert not [name for name, text in everything.items() if 'TargetMode="External"' in text]
    assert "<w:fldSimple" not in everything["word/document.xml"]
    assert not set("\x13\x15\u202e") & set(everything["word/document.xml"])


def test_a_template_that_takes_something_from_elsewhere_is_refused(case, review):
    file = case.folder / "office" / "review.docx"
    file.parent.mkdir()
    own = docx.Document()
    own.add_paragraph("{{ content }}")
    own.part.relate_to("https://evil.example/t.dotm", f"{RELATIONSHIPS}/attachedTemplate", is_external=True)
    own.part.relate_to("https://centre.example/", f"{RELATIONSHIPS}/hyperlink", is_external=True)
    own.save(str(file))
    with pytest.raises(NotebookError, match=r"from elsewhere.*evil\.example/t\.dotm"):
        office_papers(review, case.folder)


def test_headings_of_tables_repeat_and_no_row_is_split(case, review):
    [paper] = office_papers(review, case.folder)
    scores = next(one for one in opened(paper).tables if one.cell(0, 0).text == "指标")
    rows = [one._tr.trPr for one in scores.rows]  # noqa: SLF001 the same
    assert rows[0].find(qn("w:tblHeader")) is not None
    assert all(one.find(qn("w:cantSplit")) is not None for one in rows)
    assert [one.find(qn("w:tblHeader")) for one in rows[1:]] == [None] * (len(rows) - 1)


def test_a_centres_own_template_takes_the_place_of_the_shipped_one(case, review):
    own = docx.Document()
    line = own.sections[0].header.paragraphs[0]
    for piece in ("某市概念验证中心 {{ ti", "tle", " }} 〔{{ code }}〕"):  # as Word splits what was edited
        line.add_run(piece)
    own.add_table(1, 1).cell(0, 0).text = "项目：{{ subject }}"
    own.add_paragraph("{{ content }}")
    (case.folder / "office").mkdir()
    own.save(str(case.folder / "office" / "review.docx"))
    [paper] = office_papers(review, case.folder)
    document = opened(paper)
    head = document.sections[0].header.paragraphs[0].text
    assert head.startswith("某市概念验证中心 概念验证项目评价意见 〔")
    assert document.tables[0].cell(0, 0).text == f"项目：{case.project.title.zh}"
    assert "{{ content }} {% raw %}" in words_of(document)


@pytest.mark.parametrize(
    ("text", "told"),
    [("{{ content }} {{ salary }}", "{{ salary }}"), ("nothing", "no place"), (None, "no Word document")],
)
def test_a_template_that_cannot_be_used_is_named(case, review, text, told):
    file = case.folder / "office" / "paper.docx"
    file.parent.mkdir()
    if text is None:
        file.write_bytes(b"PK\x03\x04")
    else:
        own = docx.Document()
        own.add_paragraph(text)
        own.save(str(file))
    with pytest.raises(NotebookError) as error:
        office_papers(review, case.folder)
    assert told in str(error.value)
    assert str(file) in str(error.value)


def test_a_report_in_both_languages_becomes_a_paper_in_each(submitted):
    made = write_in("docx", submitted.notebook, lang="both")
    stem = submitted.notebook.stem
    assert [path.name for path in made.files] == [f"{stem}-zh.docx", f"{stem}-en.docx", f"{stem}-zh-en.html"]
    assert "Evaluation opinion" in words_of(docx.Document(str(made.files[1])))


@pytest.mark.slow
def test_all_papers_of_the_example_and_hostile_ones_open_in_another_program(
    start, copy_demo, case, review, tmp_path
):
    workspace = copy_demo(tmp_path / "demo")
    wanted = {"评审会汇总": 6, "补贴核定": 1, "评审-reviewer-1": 1}
    papers = []
    for part, many in wanted.items():
        notebook = min((workspace.path / "notebooks").glob(f"*{part}*.ipynb"))
        made = [one for one in write_in("docx", notebook).files if one.suffix == ".docx"]
        assert len(made) == many
        papers += made
    [opinion] = office_papers(review, case.folder)
    hostile = tmp_path / "hostile.docx"
    hostile.write_bytes(opinion.content)
    papers.append(hostile)
    for paper in papers:
        assert zipfile.ZipFile(paper).testzip() is None
    program = start.find_libreoffice()
    assert program, "LibreOffice is missing (Debian: sudo apt install libreoffice-writer-nogui)"
    home = tmp_path / "home"
    out = tmp_path / "pdf"
    command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", out, *papers], capture_output=True, check=True, timeout=240)
    for paper in papers:
        sheets = PdfReader(out / f"{paper.stem}.pdf").pages
        words = "".join(sheets[-1].extract_text().split())
        assert f"共{len(sheets)}" in words
    shown = "".join("".join(sheet.extract_text() for sheet in PdfReader(out / "hostile.pdf").pages).split())
    for part in ("{{content}}", "<w:p/>", "{DDEAUTOcmd}", '<w:fldSimplew:instr="DDE"/>'):
        assert part in shown
    minutes = next(one for one in papers if one.stem.endswith("评审会纪要"))
    assert "会议时间" in "".join(PdfReader(out / f"{minutes.stem}.pdf").pages[0].extract_text().split())
    shutil.rmtree(home, ignore_errors=True)
