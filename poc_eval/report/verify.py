"""Recomputing a report: its seal, every figure from the records that it carries, and the page itself.

Nothing of the file is believed before its seal holds, and nothing that it holds may stop the program: what is
wrong is found and told, never raised.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeAlias, get_args

from poc_eval.errors import Fault
from poc_eval.i18n import _
from poc_eval.report.data import SCHEMA, code_of, spelled
from poc_eval.report.frame import (
    AFTER_DATA,
    AROUND_RECORDS,
    BEFORE_DATA,
    RENDERER,
    Making,
    PageLanguage,
    makers,
)
from poc_eval.report.index import UNSEALED
from poc_eval.report.kinds import KINDS
from poc_eval.report.paper_restoring import NotInTheFileError
from poc_eval.report.restoring import pictures_in
from poc_eval.report.seal import taken_apart
from poc_eval.report.seal_methods import method_named
from poc_eval.report.seal_register import Register
from poc_eval.report.verify_difference import (
    first_difference,
    in_words,
    looked_up_entry,
    page_difference,
    shown,
)
from poc_eval.report.verify_newest import newest_findings
from poc_eval.workspace.looking_up import DamagedError, NotCarriedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Message
    from poc_eval.report.kinds import ReportKind
    from poc_eval.report.seal_register import KnownKey
    from poc_eval.workspace.workspace import Workspace

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that is looked at."""
Check: TypeAlias = Literal["file", "figures", "rendering", "seal", "newest"]
State: TypeAlias = Literal["passed", "failed", "not checked"]
_STATED: Final = {
    **dict.fromkeys(("algorithm", "key", "lang", "made_in", "series", "signature"), str),
    "log": dict,
}
_ASK: Final = _("do not rely on this file; ask those who made it for the report, and compare its code")


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known where a report is verified; ``keys`` by their hex."""

    keys: Mapping[str, KnownKey]
    register: Register = field(default_factory=Register)
    workspace: Workspace | None = None


@dataclass(slots=True)
class Verification:
    """What came of it: ``findings`` in the order in which they weigh, ``checks`` by name."""

    name: str
    findings: list[tuple[Check, Fault]] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    checks: dict[Check, State] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        """True where nothing is wrong."""
        return not self.findings

    def find(self, check: Check, what: Message, remedy: Message = _ASK, *, place: str | None = None) -> None:
        """Write down something that is wrong."""
        self.checks[check] = "failed"
        self.findings.append((check, Fault(what, remedy, file=self.name, place=place)))


def verify(data: bytes, name: str, trust: Trust) -> Verification:
    """Return what is to be said of a file; never raises for what the file holds."""
    said = Verification(name)
    text = _text(data, said)
    carried = None if text is None else _carried(text, said)
    if text is None or carried is None:
        return said
    said.data = carried
    said.checks["file"] = "passed"
    parts = taken_apart(data)
    unsigned = text if parts is None else parts[0].decode("utf-8", "replace")
    _recompute(carried, unsigned, said)
    _seal(carried["seal"], parts, trust, said)
    for what, remedy in newest_findings(carried, trust.register, trust.workspace, said.notes):
        said.find("newest", what, remedy)
    said.checks.setdefault("newest", "passed" if trust.workspace or trust.register.reports else "not checked")
    return said


def _text(data: bytes, said: Verification) -> str | None:
    """Return the file as text with one data block at its end."""
    if len(data) > LARGEST:
        said.find("file", _("the file is larger than any report"))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        said.find("file", _("the file is no text from byte {number} on", number=error.start))
        return None
    blocks = text.count(BEFORE_DATA)
    ends = text.endswith(AFTER_DATA)
    if blocks == 1 and ends:
        return text
    if blocks > 1:
        said.find("file", _("the file holds several blocks of data, a report has one"))
    elif not ends and text.endswith("</html>\n") and UNSEALED in text:
        what = _("this is a list of reports; it carries no seal and proves nothing by itself")
        said.find("file", what, _("verify the reports that it lists"))
    elif not ends and ("pe-report" in text or text.startswith("<!DOCTYPE html>")):
        said.find("file", _("the file is cut off, or something was added behind its end"))
    elif "pe-report" in text:
        said.find("file", _("the report's own data was taken out of the file"))
    else:
        said.find("file", _("this is no report of poc_eval"), _("name a report that poc-eval report wrote"))
    return None


def _carried(text: str, said: Verification) -> dict[str, Any] | None:
    """Return the data block, as far as its format is this program's."""
    block = text[text.index(BEFORE_DATA) + len(BEFORE_DATA) : -len(AFTER_DATA)]
    try:
        data = json.loads(block, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        said.find("file", _("the report's own data is damaged and cannot be read"))
        return None
    schema = data.get("schema")
    if type(schema) is int and schema > SCHEMA:
        what = _(
            "the report was made by a newer version: its format is {found}, this program knows {known}",
            found=schema,
            known=SCHEMA,
        )
        said.find("file", what, _("update poc_eval, then verify the report again"))
    elif type(schema) is int and schema < SCHEMA and "seal" not in data:
        what = _("the report is of the earlier format {found}, which carries no seal", found=schema)
        said.find("file", what, _("make the report anew from the workspace"))
    elif not _well_formed(data):
        said.find("file", _("what the report says of its making is damaged or missing"))
    else:
        return data
    return None


def _well_formed(data: Mapping[str, Any]) -> bool:
    seal, made_by = data.get("seal"), data.get("made_by")
    return (
        data.get("schema") == SCHEMA
        and isinstance(seal, dict)
        and seal.keys() == _STATED.keys()
        and all(type(seal[name]) is kind for name, kind in _STATED.items())
        and seal["lang"] in get_args(PageLanguage)
        and seal["log"].keys() == {"seq", "digest"}
        and type(seal["log"]["seq"]) is int
        and isinstance(seal["log"]["digest"], str)
        and isinstance(made_by, dict)
        and all(isinstance(one, str) for one in made_by.values())
        and all(isinstance(data.get(name), str) for name in ("renderer", "code", "kind"))
    )


def _recompute(carried: dict[str, Any], unsigned: str, said: Verification) -> None:
    """Work every figure out again, then draw the page again where the same program drew it."""
    records = {name: value for name, value in carried.items() if name not in AROUND_RECORDS}
    kind = KINDS.get(carried["kind"])
    if kind is None:
        said.checks["figures"] = said.checks["rendering"] = "not checked"
        said.notes.append(
            _("this program recomputes no reports of the kind {kind}", kind=shown(carried["kind"]))
        )
    else:
        _compare(kind, carried, records, unsigned, said)
    code = _code(records)
    if code != carried["code"]:
        what = _(
            "the code {code} is printed, but the records in the file have {found}",
            code=shown(carried["code"]),
            found=shown(code),
        )
        said.find("figures", what)


def _compare(
    kind: ReportKind, carried: dict[str, Any], records: dict[str, Any], unsigned: str, said: Verification
) -> None:
    try:
        paper = kind.restore(records, pictures_in(unsigned))
        difference = first_difference(records, kind.content(paper), tolerance=kind.tolerance)
        paper = kind.as_worked_out(paper, records) if difference is None else paper
    except NotInTheFileError:
        said.checks["figures"] = said.checks["rendering"] = "not checked"
        what = _("figures not recomputed: they rest on other records, so the workspace's record decides")
        said.notes.append(what)
        return
    except (NotCarriedError, DamagedError) as error:
        lacking = isinstance(error, NotCarriedError)
        what = _(
            "the report does not carry what its figures rest on: {entry}", entry=looked_up_entry(error.key)
        )
        if not lacking:
            what = _(
                "what the report carries of {entry} is damaged or was changed",
                entry=looked_up_entry(error.key),
            )
        said.find("figures", what, place="looked_up")
        said.checks["rendering"] = "not checked"
        return
    except Exception:  # noqa: BLE001 what a stranger's file holds may fail in any way; the seal says the rest
        said.find("figures", _("the records that the report carries are damaged and cannot be read"))
        said.checks["rendering"] = "not checked"
        return
    said.checks["figures"] = "passed"
    if difference is not None:
        said.find("figures", in_words(difference, kind.rubric(paper)), place=difference.place)
    _draw_again(kind, paper, carried, unsigned, said)


def _code(records: dict[str, Any]) -> str | None:
    """Return the code of records; None for what has no spelling."""
    try:
        return code_of(spelled(records))
    except (TypeError, ValueError, RecursionError):
        return None


def _draw_again(
    kind: ReportKind, paper: object, carried: dict[str, Any], unsigned: str, said: Verification
) -> None:
    made_by = carried["made_by"]
    pins = {name: made_by.get(name) for name in makers() if name != "poc_eval"}
    here = {name: version for name, version in makers().items() if name != "poc_eval"}
    if carried["renderer"] != RENDERER or pins != here:
        named = ", ".join(f"{name} {shown(version)}" for name, version in sorted(made_by.items()))
        said.checks["rendering"] = "not checked"
        said.notes.append(
            _(
                "rendering not checked (made by {makers}, renderer {renderer}); figures and seal are checked",
                makers=named,
                renderer=shown(carried["renderer"]),
            )
        )
        return
    made = Making(made_by, {**carried["seal"], "signature": ""}, carried["code"])
    try:
        page = kind.render(paper, carried["seal"]["lang"], made).html
    except Exception:  # noqa: BLE001 as above
        said.find("rendering", _("the page cannot be drawn from the records that the report carries"))
        return
    said.checks["rendering"] = "passed"
    body, found = (one[: one.index(BEFORE_DATA)] for one in (unsigned, page))
    if body != found:
        said.find("rendering", page_difference(body, found))
    elif unsigned != page:
        said.find("rendering", _("the report's own data is not spelled as this program spells it"))


def _seal(
    stated: Mapping[str, Any], parts: tuple[bytes, bytes] | None, trust: Trust, said: Verification
) -> None:
    said.checks["seal"] = "passed"
    key = trust.keys.get(stated["key"]) or trust.register.keys.get(stated["key"])
    revoked = trust.register.keys[stated["key"]].revoked if stated["key"] in trust.register.keys else None
    method = method_named(stated["algorithm"])
    if method is None:
        what = _(
            "the report is sealed by {name}, which is not installed here", name=shown(stated["algorithm"])
        )
        said.find("seal", what, _("verify it where that kind of seal is installed"))
        return
    if parts is None or not method.holds(_hex(stated["key"]), parts[0], parts[1]):
        said.find("seal", _("the seal does not hold: the file was changed after it was sealed"))
    if stated["key"] not in trust.keys or key is None or key.algorithm != method.name:
        what = _("the report is sealed by a key that is not known here: {key}", key=shown(stated["key"][:16]))
        remedy = _(
            "ask the centre for its public key and register, and name their places with --keys and --register"
        )
        said.find("seal", what, remedy)
    if revoked is not None:
        said.find(
            "seal",
            _(
                "the key that sealed this report was revoked on {day}: {reason}",
                day=revoked[0][:10],
                reason=revoked[1],
            ),
        )


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _refuse(number: str) -> NoReturn:
    raise ValueError(number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
