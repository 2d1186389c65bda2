import pytest

from poc_eval.catalog.definitions import entries, parse_definition
from poc_eval.catalog.scale import Scale
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError, UnknownIdError

SHIPPED = sorted(entry.id for entry in entries(shipped_folder("scales")))


def test_three_scales_are_shipped():
    assert SHIPPED == ["device-trl", "maturity-13", "trl-9"]


@pytest.mark.parametrize("scale_id", SHIPPED)
def test_a_shipped_scale_says_where_it_comes_from_and_speaks_both_languages(scale_id):
    scale = Scale.load(scale_id)
    assert scale.source.seen in {"official", "secondary"}
    assert scale.note is not None
    for level in scale.levels:
        assert level.text.zh != level.text.en


def test_trl_has_nine_levels_as_the_general_annex_lists_them():
    assert [level.level for level in Scale.load("trl-9").levels] == list(range(1, 10))


def test_the_device_scale_has_only_the_levels_that_are_known():
    scale = Scale.load("device-trl")
    assert [level.level for level in scale.levels] == list(range(3, 10))
    assert scale.numbered(2) is None


def test_maturity_has_the_thirteen_names_of_qingdao_in_their_order():
    names = "报告级 方案级 仿真级 功能级 初样级 正样级 环境级 产品级 系统级 销售级 盈亏级 利润级 回报级"
    assert [level.text.zh.split("：")[0] for level in Scale.load("maturity-13").levels] == names.split()


def test_a_level_is_called_by_its_number():
    scale = Scale.load("trl-9")
    level = scale.numbered(4)
    assert level is not None
    assert scale.name(level) == "TRL 4"


HEAD = "id: s\nversion: 1.0\ntitle: {zh: 级, en: Levels}\nsource: {document: X}\nshort: L\nlevels:\n"


def test_levels_that_do_not_rise_are_each_a_fault():
    text = HEAD + "".join(f"  - {{level: {number}, text: {{zh: 甲, en: A}}}}\n" for number in (2, 1, 3, 3))
    with pytest.raises(DefinitionError) as caught:
        parse_definition(Scale, text, "s.yaml")
    assert [fault.text("en").split(";")[0] for fault in caught.value.faults] == [
        "s.yaml:8: levels[2].level: level 1 stands after level 2",
        "s.yaml:10: levels[4].level: level 3 stands after level 3",
    ]


def test_a_scale_of_one_level_is_none():
    with pytest.raises(DefinitionError, match="give at least 2"):
        parse_definition(Scale, HEAD + "  - {level: 1, text: {zh: 甲, en: A}}\n", "s.yaml")


def test_a_folder_of_ones_own_comes_first(tmp_path):
    own = HEAD.replace("id: s", "id: trl-9") + "".join(
        f"  - {{level: {number}, text: {{zh: 甲, en: A}}}}\n" for number in (1, 2)
    )
    (tmp_path / "own.yaml").write_text(own.replace("1.0", "2.0"), encoding="utf-8")
    assert len(Scale.load("trl-9", folders=[tmp_path]).levels) == 2


def test_an_unknown_scale_lists_the_near_ones():
    with pytest.raises(UnknownIdError, match="trl-9"):
        Scale.load("trl9")
