from poc_eval.report.office_template import copy_templates


def test_templates_are_copied_once_and_what_is_there_stays(tmp_path):
    copied = copy_templates(tmp_path / "office")
    assert {"review.docx", "minutes.docx", "payout.docx", "deal.docx", "paper-en.docx"} <= {
        one.name for one in copied
    }
    (tmp_path / "office" / "review.docx").write_bytes(b"mine")
    assert copy_templates(tmp_path / "office") == ()
    assert (tmp_path / "office" / "review.docx").read_bytes() == b"mine"
