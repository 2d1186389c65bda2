"""The example's projects state what their sources state, each fact with its source, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.cli import main
from poc_eval.errors import DefinitionError
from poc_eval.workspace.example_files import load_projects

if TYPE_CHECKING:
    from pathlib import Path

DEMO = shipped_folder("examples") / "demo"
PROJECTS = {project.id: project for project in load_projects(DEMO / "projects.yaml")}

PLATFORM_FIGURES = {
    ("etown-pilot-bases", 31): ["14家", "9家", "2家", "2家", "1家", "191项", "16.9亿元"],
    ("naton-heyi", 30): ["7,800平方米", "3,000万元以上", "5,400平方米", "74台", "70余家", "23人", "78%"],
    ("zhongguancun-zhizao-street", 25): ["1,000余家", "3,500次", "2,000万元以上", "7个"],
    ("zhongfu-device-platform", 28): ["3,000万元以上", "7个", "15项", "13项"],
}


@pytest.mark.parametrize(("platform", "figures"), PLATFORM_FIGURES.items())
def test_every_stated_figure_of_a_platform_is_there_with_its_source(platform, figures):
    platform_id, case = platform
    project = PROJECTS[platform_id]
    assert project.kind == "platform"
    assert [fact.value.zh for fact in project.facts][: len(figures)] == figures
    assert {fact.source for fact in project.facts} == {f"北京市科技成果转化典型案例（2021年），案例{case}"}


def test_the_kinds_of_pilot_bases_add_up_to_their_number():
    figures = [fact.value.en for fact in PROJECTS["etown-pilot-bases"].facts]
    assert int(figures[0]) == sum(map(int, figures[1:5]))


def test_the_three_devices_and_the_four_verification_projects_are_there():
    devices = [one.title.zh for one in PROJECTS.values() if (one.source or "").endswith("案例18")]
    verified = [one.title.zh for one in PROJECTS.values() if (one.source or "").endswith("案例17")]
    assert devices == ["颅内压平衡装置", "神经阻滞穿刺针", "嗅觉障碍诊疗装置"]
    assert verified == ["片上光学微腔传感器", "固体氧化物电解制氢样机", "个性化TCR-T验证", "AAV载体亲和填料"]


def test_the_money_of_the_centre_stands_as_the_centres_and_no_amount_as_a_projects():
    facts = {fact.label.zh: fact.value.zh for fact in PROJECTS["soec-hydrogen-prototype"].facts}
    assert facts["中心所获支持"] == "每年500万元，中心每年自筹配套500万元，为期三年，自2020年11月起"
    assert facts["项目经费拨付"] == "横向项目合同，一年内分两期拨付"


@pytest.mark.parametrize("project_id", PROJECTS)
def test_every_project_says_that_it_is_an_example_and_where_it_stands(project_id):
    project = PROJECTS[project_id]
    assert project.example
    assert project.source
    assert project.facts
    assert all(fact.source for fact in project.facts)


def test_what_is_not_stated_stays_empty():
    assert PROJECTS["optical-microcavity-sensor"].applicant is None
    assert PROJECTS["naton-heyi"].summary is None
    assert PROJECTS["zhongguancun-zhizao-street"].field is None


def test_two_projects_with_one_id_are_a_fault_with_its_line(tmp_path: Path):
    text = (DEMO / "projects.yaml").read_text(encoding="utf-8")
    file = tmp_path / "projects.yaml"
    file.write_text(text.replace("id: nerve-block-needle", "id: icp-balancing-device"), encoding="utf-8")
    line = text.splitlines().index("  - id: nerve-block-needle") + 1
    with pytest.raises(DefinitionError) as caught:
        load_projects(file)
    (said,) = caught.value.lines("zh")
    assert said.startswith(f"{file}:{line}: ")
    assert "每个项目" in said


def test_an_unknown_key_is_a_fault_with_its_line(tmp_path: Path):
    text = (DEMO / "projects.yaml").read_text(encoding="utf-8")
    file = tmp_path / "projects.yaml"
    file.write_text(text.replace("    kind: platform", "    kinds: platform", 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_projects(file)
    assert f"projects.yaml:{text.splitlines().index('    kind: platform') + 1}" in caught.value.lines("en")[0]


FILES = [DEMO / "projects.yaml", *sorted((DEMO / "reviews").glob("*.yaml"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_file_is_checked_by_the_command_line_like_any_other(file, capsys):
    assert main(["check", str(file), "--lang", "zh"]) == 0
    assert file.name in capsys.readouterr().out


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_file_names_its_published_schema_and_fits_it(file):
    text = file.read_text(encoding="utf-8")
    schema = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=").rpartition("/")[2]
    published = json.loads((shipped_folder("schemas") / schema).read_text(encoding="utf-8"))
    assert [
        error.message for error in Draft202012Validator(published).iter_errors(read_yaml(file).data)
    ] == []
