"""In which language the program speaks on this terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.i18n import Language

_WINDOWS_ENGLISH = 0x09
_PRIMARY_LANGUAGE = 0x3FF


def speaks(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language: ``--lang`` of the call, else POC_EVAL_LANG, else the system's if that is English.

    In all other cases Chinese. POC_EVAL_LANG may also be ``pseudo``, which marks every translated text.
    """
    asked = _asked(arguments)
    if asked is not None:
        return asked
    wanted = environment.get("POC_EVAL_LANG", "").lower()
    if wanted == "pseudo":
        return "pseudo"
    if wanted.startswith(("zh", "en")):
        return "zh" if wanted.startswith("zh") else "en"
    return "en" if _system_is_english(environment) else "zh"


def _asked(arguments: Sequence[str]) -> Language | None:
    """Read ``--lang`` before anything is parsed, so that even a wrong call is answered in it."""
    for place, argument in enumerate(arguments):
        value = arguments[place + 1] if argument == "--lang" and place + 1 < len(arguments) else None
        if argument.startswith("--lang="):
            value = argument.removeprefix("--lang=")
        if value == "zh":
            return "zh"
        if value == "en":
            return "en"
    return None


def _system_is_english(environment: Mapping[str, str]) -> bool:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name].lower().startswith("en")
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 needed on Windows alone, and start-up is measured

        return ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY_LANGUAGE == _WINDOWS_ENGLISH
    return False
