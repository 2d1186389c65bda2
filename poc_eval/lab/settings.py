"""How JupyterLab is set when ``poc-eval lab`` starts it: quiet, in the workspace's language, and at home.

Everything stands in a folder of the workspace: a person's own Jupyter settings are neither read nor changed.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.i18n import Language

HOME: Final = (".poc-eval", "lab")
"""Below the workspace; a hidden folder, which Lab's file list does not show."""
LOCALES: Final[Mapping[Language, str]] = {"zh": "zh_CN", "en": "en", "pseudo": "en"}
FIRST_PORT: Final = 8888
PORTS_TRIED: Final = 100
LAST_PORT: Final = 65535
PORT_FILE: Final = "port"


def server_config(workspace: Path, home: Path, *, browser: bool) -> dict[str, Any]:
    """Return the Jupyter server's configuration: this machine only, nothing fetched, nothing asked."""
    return {
        "ServerApp": {
            "root_dir": str(workspace),
            "ip": "127.0.0.1",
            "port": _port(home),
            "port_retries": PORTS_TRIED,
            "open_browser": browser,
            "jpserver_extensions": {"poc_eval.lab": True},
            "terminals_enabled": False,
            "allow_root": _is_root(),
        },
        # A click on the store itself is never what somebody wants.
        "ContentsManager": {
            "hide_globs": ["__pycache__", "poc-eval.sqlite*", "poc-eval.heads", "poc-eval.toml"]
        },
        # Without this, Ctrl-C is answered with a question.
        "JupyterApp": {"answer_yes": True},
        "LabApp": {
            "news_url": None,
            "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "user_settings_dir": str(home / "user-settings"),
            "workspaces_dir": str(home / "layouts"),
        },
        # Looking for language servers asks npm where it keeps its packages, if there is an npm.
        "LanguageServerManager": {"autodetect": False},
    }


def page_config() -> dict[str, Any]:
    """Return which parts of Lab stay away: those that fetch, and those that a reviewer has no use for."""
    return {
        "disabledExtensions": {
            "@jupyterlab/apputils-extension:announcements": True,
            "@jupyterlab/extensionmanager-extension": True,
            "@jupyterlab/terminal-extension": True,
            # Ours tells of a lost connection without taking the keyboard; there can be one only.
            "@jupyterlab/hub-extension:connectionlost": True,
            "poc-eval:connection": False,
        }
    }


def lab_defaults(lang: Language) -> dict[str, Any]:
    """Return the defaults of Lab's own settings; what a person changes in Lab goes before them."""
    return {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[lang]},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        # An empty page below the last paragraph looks as if the form had gone.
        "@jupyterlab/notebook-extension:tracker": {"scrollPastEnd": False},
    }


def write(workspace: Path, lang: Language, *, browser: bool) -> Path:
    """Write all settings below the workspace and return their folder. Raises ``OSError``."""
    home = workspace.joinpath(*HOME)
    config = home / "config"
    (config / "labconfig").mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("jupyter_server_config.json", server_config(workspace, home, browser=browser)),
        ("labconfig/page_config.json", page_config()),
        ("labconfig/default_setting_overrides.json", lab_defaults(lang)),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (config / name).write_text(text + "\n", encoding="utf-8")
    return home


def environment(home: Path, token: str) -> dict[str, str]:
    """Return the environment of the server: its settings, its token, and the kernel of this very Python."""
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_TOKEN": token,
        # A kernel called python3 that another program left in the person's home is not the one with poc_eval.
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def remember_port(home: Path, port: int) -> None:
    """Keep the port for the next start: a browser keeps what it could not send yet by address and port.

    Where it cannot be kept, the next start looks for a port as the first one did.
    """
    with suppress(OSError):
        (home / PORT_FILE).write_text(f"{port}\n", encoding="utf-8")


def _port(home: Path) -> int:
    """Return the port to try first: the one of the last start, where that is known."""
    try:
        port = int((home / PORT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return FIRST_PORT
    return port if FIRST_PORT <= port <= LAST_PORT else FIRST_PORT


def _is_root() -> bool:
    """Return True for the superuser, whom the server refuses unless told that this is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
