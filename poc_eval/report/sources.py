"""Where the pictures of a passage come from: the notebook's own attachments, and files of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from poc_eval.i18n import _
from poc_eval.report.pictures import LARGEST, RefusedPictureError, png, png_from_text
from poc_eval.workspace.ipynb import mapping_or_empty

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.report.pictures import Picture

_ATTACHED: Final = "attachment:"


def picture_at(address: str, attachments: Mapping[str, object], *, beside: Path, root: Path) -> Picture:
    """Return the picture that a passage asks for by ``address``.

    An address is the name of an attachment, or the path of a PNG file from the folder of the notebook
    ``beside``. Raises RefusedPictureError for one on the web, for a file that lies outside of ``root`` once
    every link is followed, and for what is no sound PNG.
    """
    if address.startswith(_ATTACHED):
        forms = mapping_or_empty(attachments.get(unquote(address.removeprefix(_ATTACHED))))
        data = forms.get("image/png")
        if isinstance(data, list) and all(isinstance(line, str) for line in data):
            data = "".join(data)
        if not isinstance(data, str):
            raise RefusedPictureError(_("the picture is not attached to the cell as a PNG"))
        return png_from_text(data)
    return png(_bytes_inside(unquote(address), beside.parent, root))


def _bytes_inside(path: str, folder: Path, root: Path) -> bytes:
    # On Windows a colon or a backslash may name a drive, a server or a stream, and asking alone goes there.
    if not path or path.startswith("/") or any(sign in path for sign in ":\\\x00"):
        raise RefusedPictureError(
            _("a report shows only pictures that are attached, or that lie in the workspace")
        )
    try:
        found = (folder / path).resolve(strict=True)
        if not found.is_relative_to(root.resolve(strict=True)) or not found.is_file():
            raise RefusedPictureError(
                _("the path leads out of the workspace, where a report takes nothing from")
            )
        with found.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError, RuntimeError):
        raise RefusedPictureError(_("there is no such picture, or it cannot be read")) from None
