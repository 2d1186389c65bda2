import json

import openpyxl
import pytest

from poc_eval.cli import main

HEADINGS = "成果编号,成果名称,技术,market,ip_plan,team"


@pytest.fixture
def results(tmp_path):
    rows = [
        HEADINGS,
        "R1,神经阻滞针,90,85,80,90",
        "R2,嗅觉诊断仪,50,60,55,50",
        "R3,<b>=1+1,10,20,30,5",
        "R4,缺项,90,,80,90",
    ]
    path = tmp_path / "results.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_document_for_programs(results, capsys):
    assert main(["sort", str(results), "--by", "ip-project-grades", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["counts"] == {"promote": 1, "abandon_or_transfer": 1, "unclear": 2}
    assert found["results"][0]["grade"] == "high_value"
    assert found["results"][3]["range"] == [0.61, 0.91]


def test_a_table_for_people_with_the_unclear_and_that_people_check(results, capsys):
    assert main(["sort", str(results), "--by", "ip-project-grades", "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "存疑，提交专家组" in said.out
    assert "R2" in said.out
    assert "R1" not in said.out
    assert "须经人工复核" in said.err


def test_a_workbook_a_page_and_the_unclear_for_a_panel(results, tmp_path, capsys):
    call = ["sort", str(results), "--by", "ip-project-grades", "--lang", "zh"]
    assert main([*call, "-o", str(tmp_path / "all.xlsx"), "--panel", str(tmp_path / "panel.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [cell.value for cell in book.worksheets[2][2]][:2] == ["R3", "<b>=1+1"]
    assert main([*call, "-o", str(tmp_path / "all.html")]) == 0
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;=1+1" in page
    assert page.index("R2") < page.index("R1")
    assert main(["init", str(tmp_path / "work")]) == 0
    assert main(["import", str(tmp_path / "panel.xlsx"), "-w", str(tmp_path / "work"), "--lang", "zh"]) == 0
    assert "R4" in capsys.readouterr().out


def test_faults_by_file_and_line_and_nothing_written(results, tmp_path, capsys):
    results.write_text(results.read_text(encoding="utf-8") + "R5,x,viel,1,1,1\n", encoding="utf-8")
    call = ["sort", str(results), "--by", "ip-project-grades", "--lang", "en"]
    assert main([*call, "-o", str(tmp_path / "all.xlsx")]) == 2
    assert capsys.readouterr().err.startswith(f"poc-eval: {results}:6: technology: this is not a number;")
    assert not (tmp_path / "all.xlsx").exists()
    assert main([*call, "-o", str(tmp_path / "all.docx")]) == 2
    assert "neither a workbook nor a page" in capsys.readouterr().err
    assert main(["sort", str(tmp_path / "none.csv"), "--by", "ip-project-grades"]) == 2
    assert main(["sort", str(results), "--by", "nothing"]) == 2
