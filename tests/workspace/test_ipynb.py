"""Which files of a folder are notebooks."""

from __future__ import annotations

from poc_eval.workspace.ipynb import notebooks_in


def test_what_jupyterlab_keeps_beside_a_notebook_is_none(tmp_path):
    for name in (
        "乙.ipynb",
        "甲/丙.ipynb",
        ".~乙.ipynb",
        ".ipynb_checkpoints/乙-checkpoint.ipynb",
        "甲/.ipynb_checkpoints/丁-checkpoint.ipynb",
        "说明.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "folder.ipynb").mkdir()
    assert [path.relative_to(tmp_path).as_posix() for path in notebooks_in(tmp_path)] == [
        "乙.ipynb",
        "甲/丙.ipynb",
    ]
    assert notebooks_in(tmp_path / "nowhere") == []
