import zipfile

import pytest

from poc_eval.errors import NotebookError
from poc_eval.report.office_template import copy_templates, open_template


def test_templates_are_copied_once_and_what_is_there_stays(tmp_path):
    copied = copy_templates(tmp_path / "office")
    assert {"review.docx", "minutes.docx", "payout.docx", "deal.docx", "paper-en.docx"} <= {
        one.name for one in copied
    }
    (tmp_path / "office" / "review.docx").write_bytes(b"mine")
    assert copy_templates(tmp_path / "office") == ()
    assert (tmp_path / "office" / "review.docx").read_bytes() == b"mine"


def test_a_template_that_would_fill_the_memory_is_refused(tmp_path):
    copy_templates(tmp_path / "office")
    with zipfile.ZipFile(tmp_path / "office" / "paper.docx", "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/bomb.xml", b"\0" * (90 * 1024 * 1024))
    assert (tmp_path / "office" / "paper.docx").stat().st_size < 1_000_000
    with pytest.raises(NotebookError, match="no Word document"):
        open_template("paper", "zh", tmp_path)
