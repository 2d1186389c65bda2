from __future__ import annotations

import errno
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from poc_eval.commands.trouble import system_fault, unforeseen_fault


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "没有这个文件或文件夹；"),
        (errno.EACCES, "您没有读写权限；"),
        (errno.ENOSPC, "磁盘已满；请腾出空间后重新执行"),
        (errno.EROFS, "该位置为只读；"),
        (errno.ENETDOWN, "操作系统拒绝了此操作（Network is down）；"),
    ],
)
def test_what_the_system_refuses_is_said_with_the_file_and_the_way_out(number, said):
    fault = system_fault(OSError(number, os.strerror(number), "评审/a.ipynb"))
    assert fault.text("zh").startswith(f"评审/a.ipynb: {said}")


def test_the_details_of_the_unforeseen_go_to_a_file_for_this_user_alone():
    try:
        raise RuntimeError("内情")  # noqa: EM101, TRY301 the trouble itself
    except RuntimeError as error:
        line = unforeseen_fault(error).text("zh")
    assert "内情" not in line
    file = Path(re.search(r"请将文件 (.+) 发给", line).group(1))
    try:
        assert "RuntimeError: 内情" in file.read_text(encoding="utf-8")
        if sys.platform != "win32":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        file.unlink()
