from __future__ import annotations

import pytest
from pypdf import PdfReader
from resealing import complete_answers

from poc_eval.errors import NotebookError
from poc_eval.report import chromium
from poc_eval.report.chromium import find_chromium, print_pdf
from poc_eval.report.formats import write_in


@pytest.mark.browser
def test_a_pdf_is_a_print_of_the_page_on_a4_with_text_that_can_be_selected(case):
    said = complete_answers(case.rubric)
    long = {name: value * 8 for name, value in said.items() if name.endswith(".reason")}
    case.submit(said | long)
    made = write_in("pdf", case.notebook)
    pdf, page = made.files
    assert (pdf.suffix, page.suffix, pdf.stem) == (".pdf", ".html", page.stem)
    reader = PdfReader(pdf)
    words = ["".join(sheet.extract_text().split()) for sheet in reader.pages]
    for number, said in enumerate(words, start=1):
        assert f"第{number}页/共{len(words)}页" in said
        assert made.written.code in said
    assert case.workspace.evaluation(case.review).opinion in "".join(words)
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in reader.pages} == {
        (595, 842)
    }
    # The table of scores goes over to the next sheet and begins there with its headings again.
    assert sum("指标分值得分位置理由与依据" in said for said in words) > 1
    assert [path.suffix for path in pdf.parent.iterdir()].count(".pdf") == 1


def test_where_there_is_no_browser_one_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("POC_EVAL_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "_candidates", lambda: [tmp_path / "none"])
    with pytest.raises(NotebookError, match="install Chromium, Chrome or Edge"):
        find_chromium()
    monkeypatch.setenv("POC_EVAL_CHROMIUM", str(tmp_path / "gone"))
    with pytest.raises(NotebookError, match="names no browser"):
        find_chromium()


def test_a_browser_that_fails_leaves_nothing_and_is_named(monkeypatch, tmp_path):
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no display' >&2\nexit 3\n", encoding="ascii")
    broken.chmod(0o755)
    monkeypatch.setenv("POC_EVAL_CHROMIUM", str(broken))
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="ascii")
    with pytest.raises(NotebookError, match="no display") as error:
        print_pdf(page, tmp_path / "page.pdf")
    assert str(broken) in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "page.html"]
