from __future__ import annotations

import pytest
from markupsafe import escape

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.report.write import write_report
from poc_eval.scoring.rubric import Rubric

SHIPPED = sorted(file.stem for file in shipped_folder("rubrics").glob("*.yaml"))
INPUTS = {"yes_no": "yes", "amount": "3000万", "share": "80%", "count": "120", "number": "12"}


def filled(rubric):
    """Return answers to everything that a rubric may ask."""
    said = {
        "undertaking.conflict": "none",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
        "opinion": "材料齐全，指标说明清楚，各项评分均有依据，建议按评审意见完善后实施。",
    }
    said |= {f"screening.{item.id}": "no" if item.fails_on else "yes" for item in rubric.screening}
    said |= {f"inputs.{name}": INPUTS[asked.kind] for name, asked in rubric.asked_inputs.items()}
    for extra in (*rubric.bonuses, *rubric.deductions):
        kind = "bonuses" if extra in rubric.bonuses else "deductions"
        said |= {f"{kind}.{extra.id}.points": "1", f"{kind}.{extra.id}.reason": f"依据附件核定：{extra.id}"}
    for node in rubric.every_node:
        field, criterion = f"criteria.{node.criterion.id}", node.criterion
        if node.children:
            continue
        said[f"{field}.reason"] = f"附件材料与现场核查情况一致（{criterion.id}）。"
        if criterion.bands:
            said[f"{field}.band"], said[f"{field}.score"] = (
                criterion.bands[0].value,
                str(criterion.bands[0].to),
            )
        elif criterion.levels:
            said[f"{field}.score"] = str(criterion.levels[0].score)
        elif criterion.measured is None:
            said[f"{field}.score"] = str(node.marks.full_mark)
        if criterion.beside:
            said[f"{field}.beside"] = "4"
    if rubric.recommendation:
        said["recommendation"] = rubric.recommendation[0].id
    return said


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_rubric_is_reported_with_every_criterion_and_reason(case, name):
    rubric = Rubric.load(name)
    case.notebook = case.new(rubric=name, reviewer="reviewer-9")
    case.review = case.workspace.reviews()[-1]
    case.rubric = rubric
    case.submit(filled(rubric))
    evaluation = case.workspace.evaluation(case.review)
    for lang in ("zh", "en"):
        page = write_report(case.notebook, lang=lang).path.read_text(encoding="utf-8")
        for result in evaluation.criteria:
            assert escape(result.title.text(lang)) in page
            assert escape(result.reason) in page
        for gate in evaluation.gates:
            assert escape(gate.title.text(lang)) in page
        for item in evaluation.adjustments:
            assert escape(item.reason) in page
