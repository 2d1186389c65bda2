"""An audit pack (审计抽查包): sampled decisions with reports, rules, scans, log and a list of contents."""

from __future__ import annotations

import csv
import json
import secrets
import shutil
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, PocEvalError, WorkspaceError
from poc_eval.i18n import Message, _
from poc_eval.report.pack_checks import damaged_reports, without_decisions
from poc_eval.report.pack_list import PackItem, contents_csv, contents_page
from poc_eval.report.retention import retention_of
from poc_eval.report.write import write_report
from poc_eval.workspace import local
from poc_eval.workspace.auditing import audit
from poc_eval.workspace.decision_book import Decisions
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.filenames import cannot_write, refuse_way_out, safe_name
from poc_eval.workspace.formal import FormalChecks
from poc_eval.workspace.ipynb import notebooks_in
from poc_eval.workspace.plain_records import plain
from poc_eval.workspace.scan_files import FOLDER, Scans
from poc_eval.workspace.tables import instant_text
from poc_eval.workspace.workspace import NOTEBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from poc_eval.i18n import Language
    from poc_eval.report.written import Written
    from poc_eval.workspace.auditing import Audit
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.records import Decision, Scan
    from poc_eval.workspace.workspace import Workspace

CONTENTS: Final[Mapping[str, str]] = {"zh": "卷内目录", "en": "contents"}
"""The name of the list of contents."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was written: the decisions in it, of how many, by which seed, and what an audit said."""

    path: Path
    items: tuple[PackItem, ...]
    sampled: tuple[Decision, ...]
    decisions: int
    seed: int
    audit: Audit
    notes: tuple[Fault, ...]
    damaged: tuple[Fault, ...]
    """Reports in the workspace that do not verify."""


def sample(decisions: Sequence[Decision], many: int | None, seed: int) -> tuple[Decision, ...]:
    """Return ``many`` decisions, all where it is None, in the order of their projects.

    The order of the draw is that of the SHA-256 of ``SEED:PROJECT``: the same seed draws the same on every
    machine, and anybody can repeat it by hand.
    """
    drawn = sorted(decisions, key=lambda one: sha256(f"{seed}:{one.project_id}".encode()).digest())
    chosen = {one.id for one in (drawn if many is None else drawn[:many])}
    return tuple(one for one in decisions if one.id in chosen)


def make_pack(
    workspace: Workspace,
    folder: Path,
    *,
    many: int | None,
    seed: int,
    lang: Language,
    seals: Mapping[str, bytes],
) -> Pack:
    """Write an audit pack into a new or empty folder; ``seals`` are the public keys and the register.

    Raises ``InputError`` for a folder with anything in it, ``DefinitionError`` for a file of retention
    periods that cannot be used, ``WorkspaceError``; then nothing was written.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError(
            Fault(
                _("an audit pack is written into a new or empty folder, and there is something here"),
                _("name another folder; nothing was written"),
                file=str(folder),
            )
        )
    staging = folder.with_name(f".{secrets.token_hex(8)}.part")
    try:
        staging.mkdir(parents=True)
        pack = _Packing(workspace, staging, lang).pack(folder, many, seed, seals)
        if folder.exists():
            folder.rmdir()
        staging.rename(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return pack


class _Packing:
    """The pack as it grows."""

    def __init__(self, workspace: Workspace, root: Path, lang: Language) -> None:
        self.workspace = workspace
        self.root = root
        self.lang = lang
        self.retention = retention_of(workspace.path)
        self.items: list[PackItem] = []
        self.notes: list[Fault] = []
        self.taken: set[str] = set()
        self.titles = {one.id: one.title.text(lang) for one in workspace.projects()}

    def pack(self, folder: Path, many: int | None, seed: int, seals: Mapping[str, bytes]) -> Pack:
        every = Decisions(self.workspace).in_force()
        chosen = sample(every, many, seed)
        projects = {one.project_id for one in chosen}
        for one in chosen:
            self._decision(one)
        self._reports(projects, {str(one.rubric).partition("#")[0] for one in chosen if one.rubric})
        self._rules()
        self._scans(set(self._subjects(chosen)))
        found = self._log()
        for name, content in seals.items():
            self._add("seal", name, content, _("Public keys and register of reports"))
        if not every:
            self.notes += without_decisions(self.workspace)
        damaged = tuple(damaged_reports(self.workspace))
        known = (*self.notes, *damaged, *(one.fault for one in found.findings))
        about = self._about(chosen, every, seed)
        text = contents_page(self.items, self.retention, about, known, self.lang)
        (self.root / f"{CONTENTS[self.lang]}.html").write_text(text, encoding="utf-8", newline="\n")
        # Excel takes a CSV for Chinese only where it begins with this mark.
        table = contents_csv(self.items, self.retention, self.lang)
        (self.root / f"{CONTENTS[self.lang]}.csv").write_text(table, encoding="utf-8-sig", newline="")
        return Pack(folder, tuple(self.items), chosen, len(every), seed, found, tuple(self.notes), damaged)

    def _about(self, chosen: Sequence[Decision], every: Sequence[Decision], seed: int) -> Message:
        return _(
            "{workspace}: {count} of {all} decisions, drawn with the seed {seed}",
            workspace=self.workspace.title,
            count=len(chosen),
            all=len(every),
            seed=seed,
        )

    def _add(
        self, kind: str, name: str, content: bytes, title: Message | str, *, by: str = "", day: str = ""
    ) -> None:
        name = self._free(name)
        path = self.root.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        said = title if isinstance(title, str) else title.text(self.lang)
        self.items.append(PackItem(kind, name, said, by, day, len(content), sha256(content).hexdigest()))

    def _free(self, name: str) -> str:
        """Return a name that nothing in the pack has, also where capitals and small letters are the same."""
        stem, dot, ending = name.rpartition(".")
        number = 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{stem}-{number}{dot}{ending}"
        self.taken.add(name.casefold())
        return name

    def _decision(self, one: Decision) -> None:
        checks = FormalChecks(self.workspace).of(one.project_id)
        said = {"decision": plain(one), "formal_checks": plain(checks)}
        text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
        name = f"decisions/{safe_name(one.project_id)}.json"
        title = f"{self.titles.get(one.project_id, one.project_id)}：{one.title.text(self.lang)}"
        self._add("decision", name, text.encode(), title, by=one.decided_by or "", day=str(one.decided_on))

    def _reports(self, projects: set[str], rubrics: set[str]) -> None:
        folder = self.workspace.path / NOTEBOOKS
        for number, path in enumerate(notebooks_in(folder), start=1):
            try:
                document = read_notebook(path)
                if not self._wanted(document, projects, rubrics):
                    continue
                where = self.root / "reports"
                if f"reports/{safe_name(path.stem)}.html".casefold() in self.taken:
                    where /= str(number)
                written = write_report(path, output_dir=where, workspace=self.workspace.path)
                self._report(written, draft=self._is_draft(document))
            except PocEvalError as error:
                self.notes += error.faults

    def _is_draft(self, document: NotebookDocument) -> bool:
        """Return whether what a notebook is about was not submitted or concluded yet."""
        if document.review is not None:
            return self.workspace.store.review(document.review).status == "draft"
        return document.paper is not None and self.workspace.papers.paper(document.paper).status == "draft"

    def _report(self, written: Written, *, draft: bool) -> None:
        name = written.path.relative_to(self.root).as_posix()
        said = (
            _("Report on a draft, code {code}", code=written.code)
            if draft
            else _("Report, code {code}", code=written.code)
        )
        code = said.text(self.lang)
        self._add("report", name, written.path.read_bytes(), f"{written.path.stem}（{code}）")

    def _wanted(self, document: NotebookDocument, projects: set[str], rubrics: set[str]) -> bool:
        """Return whether a notebook is about a sampled project, or about what no single project has."""
        if document.review is not None:
            return self.workspace.store.review(document.review).project_id in projects
        if document.panel is not None:
            return document.panel.rubric is not None and document.panel.rubric.partition("#")[0] in rubrics
        if document.paper is not None:
            project = self.workspace.papers.paper(document.paper).project_id
            return project is None or project in projects
        return False

    def _rules(self) -> None:
        for one in self.workspace.store.definitions():
            suffix = ".json" if one.text.lstrip().startswith("{") else ".yaml"
            name = f"rules/{safe_name(f'{one.kind}-{one.ref.id}-{one.ref.version}')}{suffix}"
            self._add(
                "rule",
                name,
                one.text.encode(),
                str(one.ref).partition("#")[0],
                day=f"{one.pinned_at:%Y-%m-%d}",
            )

    def _subjects(self, chosen: Sequence[Decision]) -> Iterator[str]:
        """Yield the records that scans of the sampled decisions are attached to."""
        for one in chosen:
            yield from (f"decision:{one.id}", f"project:{one.project_id}", f"panel:{one.panel_id}")
            yield from (
                f"formal-check:{found.id}" for found in FormalChecks(self.workspace).of(one.project_id)
            )
            reviews = self.workspace.store.reviews(project_id=one.project_id)
            yield from (f"review:{found.id}" for found in reviews)
            yield from (f"paper:{found}" for found in self._paper_scores(one.project_id))

    def _paper_scores(self, project: str) -> Sequence[str]:
        from sqlalchemy import select  # noqa: PLC0415 beside the one use

        from poc_eval.workspace.panel_tables import paper_scores  # noqa: PLC0415 the same

        with self.workspace.store.reading() as connection:
            found = select(paper_scores.c.id).where(paper_scores.c.project_id == project)
            return [str(one) for one in connection.execute(found).scalars()]

    def _scans(self, subjects: set[str]) -> None:
        for one in Scans(self.workspace).every():
            if one.subject not in subjects:
                continue
            content = self._scanned(one)
            if content is None:
                continue
            # The row may come from elsewhere, and name anything.
            name = f"{FOLDER}/{safe_name(PurePosixPath(one.file).stem)}.{safe_name(one.kind)}"
            day = f"{one.at:%Y-%m-%d}"
            self._add("scan", name, content, one.name, by=one.attached_by or "", day=day)

    def _scanned(self, one: Scan) -> bytes | None:
        """Return a scan's content; None, and a note, where it is not there or is not what was attached."""
        path = self.workspace.path / one.file
        try:
            refuse_way_out(self.workspace.path, path)
            content = path.read_bytes()
        except (OSError, WorkspaceError):
            what = _(
                "the scan {name} is not where it was kept, so it is not in the pack", name=shown(one.name)
            )
            remedy = _("bring it back from a backup, or scan the paper again, then make the pack again")
            self.notes.append(Fault(what, remedy, file=one.file, place=one.subject))
            return None
        if sha256(content).hexdigest() != one.sha256:
            what = _(
                "the scan {name} is not the file that was attached; it is not in the pack",
                name=shown(one.name),
            )
            remedy = _("compare it with the paper and with a backup, then make the pack again")
            self.notes.append(Fault(what, remedy, file=one.file, place=one.subject))
            return None
        return content

    def _log(self) -> Audit:
        out = StringIO()
        table = csv.writer(out)
        names = ("seq", "at", "actor", "assurance", "action", "subject", "content", "previous", "digest")
        table.writerow(names)
        for entry in self.workspace.store.log():
            said = {name: getattr(entry, name) for name in names} | {"at": instant_text(entry.at)}
            table.writerow(said[name] for name in names)
        self._add(
            "log", "log/log.csv", out.getvalue().encode(), _("Log of the workspace (keyed hashes, no names)")
        )
        heads = self.workspace.path / local.HEADS
        if heads.is_file():
            self._add("log", f"log/{local.HEADS}", heads.read_bytes(), _("Record of the log's heads"))
        found = audit(self.workspace)
        lines = [one.fault.text(self.lang) for one in found.findings]
        said = {"holds": found.holds, "entries": found.entries, "head": found.head, "findings": lines}
        text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
        self._add("log", "log/audit.json", text.encode(), _("Result of the audit of the workspace"))
        return found
