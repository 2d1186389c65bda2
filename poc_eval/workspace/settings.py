"""``poc-eval.toml``: the small file that makes a folder a workspace."""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, NewerStoreError, WorkspaceError
from poc_eval.i18n import Message, _
from poc_eval.workspace.filenames import write_inside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE: Final = "poc-eval.toml"
SCHEMA: Final = 1
"""Of the folder's layout; the store has a number of its own."""
ZONE: Final = "Asia/Shanghai"
WorkspaceLanguage: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace says of itself."""

    id: str
    language: WorkspaceLanguage
    timezone: ZoneInfo
    created: datetime
    title: str | None = None
    """A name that people gave it; the folder's name where there is none."""


def standard_zone() -> ZoneInfo:
    """Return the zone that a new workspace prints its moments in."""
    return ZoneInfo(ZONE)


def write_settings(folder: Path, settings: Settings) -> None:
    """Write the file; raises ``WorkspaceError``."""
    lines = {
        "id": settings.id,
        "title": settings.title,
        "language": settings.language,
        "timezone": settings.timezone.key,
        "created": settings.created.isoformat(timespec="seconds"),
    }
    # A JSON string is a TOML string, but for the one control character that JSON leaves alone.
    said = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
        for key, value in lines.items()
        if value is not None
    ]
    text = "\n".join(["# A workspace of poc_eval.", f"schema = {SCHEMA}", *said, ""])
    write_inside(folder, FILE, text=text)


def read_settings(folder: Path) -> Settings:
    """Return what the file says; raises ``WorkspaceError`` with every fault, ``NewerStoreError``."""
    path = folder / FILE
    content = _parsed(path)
    schema = content.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise NewerStoreError(
            Fault(
                _(
                    "the workspace was made by a newer version: its layout is {found}, "
                    "this program knows {known}",
                    found=schema,
                    known=SCHEMA,
                ),
                _("update poc_eval, then open the workspace again; nothing in it was touched"),
                file=str(path),
            )
        )
    reading = _Reading(path, content)
    settings = reading.settings()
    if settings is None:
        raise WorkspaceError(*reading.faults)
    return settings


class _Reading:
    """The values of one file, typed; what does not fit is gathered in ``faults``."""

    def __init__(self, path: Path, content: Mapping[str, object]) -> None:
        self.path = path
        self.content = content
        self.faults: list[Fault] = []

    def settings(self) -> Settings | None:
        """Return the settings, or None where there are faults."""
        if self.content.get("schema") != SCHEMA:
            self._fault("schema", _("write schema = {known}", known=SCHEMA))
        workspace_id = self._text("id", _("bring back the file from a backup"))
        try:
            uuid.UUID(workspace_id)
        except ValueError:
            self._fault("id", _("bring back the file from a backup"))
        language = self._text("language", _('write "zh" or "en"'))
        if language not in {"zh", "en"}:
            self._fault("language", _('write "zh" or "en"'))
        zone = self._zone()
        created = self._moment()
        title = self.content.get("title")
        if title is not None and not isinstance(title, str):
            self._fault("title", _("write a name in quotation marks"))
        if self.faults or zone is None or created is None:
            return None
        return Settings(
            workspace_id,
            "en" if language == "en" else "zh",
            zone,
            created,
            title if isinstance(title, str) else None,
        )

    def _text(self, key: str, remedy: Message) -> str:
        value = self.content.get(key)
        if isinstance(value, str) and value:
            return value
        self._fault(key, remedy)
        return ""

    def _zone(self) -> ZoneInfo | None:
        remedy = _('write the name of a time zone, such as "{zone}"', zone=ZONE)
        try:
            return ZoneInfo(self._text("timezone", remedy) or ZONE)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._fault("timezone", remedy)
            return None

    def _moment(self) -> datetime | None:
        value = self.content.get("created")
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            moment = None
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return moment
        self._fault("created", _("write a moment such as {example}", example='"2026-01-31T09:00:00+08:00"'))
        return None

    def _fault(self, key: str, remedy: Message) -> None:
        if any(fault.place == key for fault in self.faults):
            return
        self.faults.append(
            Fault(_("this value is missing or cannot be used"), remedy, file=str(self.path), place=key)
        )


def _parsed(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise WorkspaceError(
            Fault(
                _("this folder is not a workspace"),
                _("make one with: poc-eval init {folder}", folder=path.parent),
                file=str(path.parent),
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise WorkspaceError(
            Fault(
                _("this file is not written as TOML: {detail}", detail=str(error)),
                _("correct the line, or bring back the file from a backup"),
                file=str(path),
                line=int(at[1]) if at else None,
            )
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            Fault(
                _(
                    "this file cannot be read: {reason}",
                    reason=reason_of(error) if isinstance(error, OSError) else str(error),
                ),
                _("check who may read the folder, or bring back the file from a backup"),
                file=str(path),
            )
        ) from error
