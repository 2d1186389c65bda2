"""The Jupyter server extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Say where the built JupyterLab extension stands, for ``jupyter labextension develop``."""
    return [{"src": "../labextension", "dest": "poc-eval"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Say which module the Jupyter server is to load."""
    return [{"module": "poc_eval.lab"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add our handlers to the server."""
    from poc_eval.lab.handlers import handlers  # noqa: PLC0415 the CLI imports this package without a server

    server.web_app.add_handlers(".*$", handlers(server.web_app.settings))
