"""A view of a review as a widget: it holds the review's id and nothing of what is in it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, ClassVar, Final

import anywidget
import traitlets

from poc_eval.i18n import HTML_LANG, _
from poc_eval.notebook.assets import form_module
from poc_eval.notebook.counter import Counter
from poc_eval.rendering import rendered
from poc_eval.views.stylesheet import stylesheet
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.documents import VIEW_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language, Message
    from poc_eval.workspace.workspace import Workspace


class View(anywidget.AnyWidget):
    """What is common to all views: which record, and the way to its data through the kernel."""

    kind: ClassVar[str]
    title: ClassVar[Message]
    _esm = form_module()
    view: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self, workspace: Workspace, record: str, lang: Language, options: Mapping[str, object] | None = None
    ) -> None:
        """Refer to ``record`` of ``workspace``; what is in it never enters a trait, so no notebook saves it.

        ``options`` say how it is shown: plain values.
        """
        said = {**(options or {}), "lang": lang, "workspace": workspace.id}
        super().__init__()
        self.set_trait("view", {"kind": self.kind, "id": record, "options": said})
        self._lang = lang
        self._counter = Counter(Desk(workspace))
        self.on_msg(self._hear)

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        reply = self._counter.answer(content, self._lang)
        if reply is not None:
            self.send(reply)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401 as IPython calls it
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        said = self.title.text(self._lang)
        return {**data, VIEW_TYPE: dict(self.view), "text/plain": f"{said} {self.view['id']}"}, metadata


class ReviewForm(View):
    """The form of one review."""

    kind: ClassVar[str] = "review-form"
    title: ClassVar[Message] = _("Review form; open it in JupyterLab:")

    def static_html(self, lang: Language | None = None) -> str:
        """Return a page with what the form holds now, for where no widget can run; no request, no script."""
        shown = lang or self._lang
        return _PAGE.format(
            lang=HTML_LANG[shown],
            title=html.escape(self.title.text(shown)),
            style=stylesheet(),
            page=rendered(self._counter.desk.workspace, self.kind, str(self.view["id"]), shown),
        )


class ReviewSummary(View):
    """What a review comes to so far."""

    kind: ClassVar[str] = "review-summary"
    title: ClassVar[Message] = _("Summary of a review; open it in JupyterLab:")


class PanelSummary(View):
    """What a panel comes to."""

    kind: ClassVar[str] = "panel-summary"
    title: ClassVar[Message] = _("Summary of a panel; open it in JupyterLab:")


class PanelText(View):
    """One of the papers around a panel: minutes, opinion, notice, sign-in sheet, list of experts."""

    kind: ClassVar[str] = "panel-text"
    title: ClassVar[Message] = _("Papers of the meeting; open them in JupyterLab:")


class Portfolio(View):
    """What a budget would buy of a panel's projects."""

    kind: ClassVar[str] = "portfolio"
    title: ClassVar[Message] = _("Selection under a budget; open it in JupyterLab:")


class WorkingPaper(View):
    """A part of a working paper: its form, or a result."""

    kind: ClassVar[str] = "working-paper"
    title: ClassVar[Message] = _("Working paper; open it in JupyterLab:")


_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body>{page}</body>
</html>
"""
