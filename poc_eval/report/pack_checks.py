"""What whoever makes an audit pack should know: what is not decided yet, and reports that do not verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, PocEvalError
from poc_eval.i18n import _
from poc_eval.report.seal_keys import keys_folder, known_keys, register_file
from poc_eval.report.seal_register import Register, read_register
from poc_eval.report.verify import LARGEST, Trust, verify
from poc_eval.workspace.workspace import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.workspace.workspace import Workspace

_OVERVIEWS: Final = frozenset({"index.html", "index-of-reports.html"})
_DECISIONS: Final = "panel_decisions"


def without_decisions(workspace: Workspace) -> Iterator[Fault]:
    """Yield why a pack holds no decision: none was written down, or what was is a draft."""
    drafts = [one for one in workspace.papers.papers(kind=_DECISIONS) if one.status == "draft"]
    for one in drafts:
        yield Fault(
            _(
                "the record of decisions {title} is still a draft, so nothing in it is decided",
                title=one.title,
            ),
            _("conclude it if that is what was decided, then make the pack again"),
        )
    if not drafts:
        yield Fault(
            _("no decision is recorded in this workspace"),
            _(
                "record and conclude the decisions, then make the pack again; "
                "this one holds the rules, the log and what belongs to no project"
            ),
        )


def damaged_reports(workspace: Workspace) -> Iterator[Fault]:
    """Yield each report in the workspace's folder that does not verify, with the first thing that is wrong.

    A report that a newer one has taken the place of is in order.
    """
    try:
        register = read_register(register_file()) if register_file().is_file() else Register()
        trust = Trust({**register.keys, **known_keys(keys_folder())}, register)
    except PocEvalError as error:
        yield from error.faults
        return
    for path in sorted((workspace.path / REPORTS).rglob("*.html")):
        if path.name in _OVERVIEWS or path.is_symlink():
            continue
        name = path.relative_to(workspace.path).as_posix()
        with path.open("rb") as file:
            found = verify(file.read(LARGEST + 1), name, trust).findings
        told = {check: fault for check, fault in reversed(found) if check != "newest"}
        if told:
            # What became of the seal says most to whoever did not make the report.
            wrong = told.get("seal") or next(reversed(told.values()))
            yield Fault(
                _("this report does not verify: {what}", what=wrong.what),
                _("find out who changed it and when; the pack holds the report made anew from the records"),
                file=name,
                place=wrong.place,
            )
