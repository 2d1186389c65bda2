"""From a notebook and its workspace to the paper: records as they are now, and what a notebook may add.

Nothing is executed and nothing is fetched. What a notebook's outputs may contribute is on one short list: a
reference to a view, a PNG, an SVG. Whatever is left out is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.dossiers import dossier_of
from poc_eval.errors import Fault, NotebookError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.report.narrative import addresses_of_pictures
from poc_eval.report.paper import Enclosed, Paper, Passage, Plate
from poc_eval.report.pictures import RefusedPictureError, png_from_text, svg
from poc_eval.report.sources import picture_at
from poc_eval.workspace.documents import VIEW_TYPE
from poc_eval.workspace.ipynb import mapping_or_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.i18n import Language, Message
    from poc_eval.report.paper import Part
    from poc_eval.report.pictures import Picture
    from poc_eval.workspace.documents import DocumentCell, NotebookDocument
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.workspace import Workspace

SUMMARY: Final = "review-summary"
FORM: Final = "review-form"
MOST_WORDS: Final = 500_000
"""Characters of all passages together: some two hundred printed pages, and a few seconds at worst."""
_SHOWN: Final = frozenset({"display_data", "execute_result"})


def gathered(document: NotebookDocument, workspace: Workspace) -> tuple[Paper, tuple[Fault, ...]]:
    """Return the paper that a notebook makes, and what of the notebook was left out and why.

    Raises ``NotebookError`` where the notebook is about no review of this workspace.
    """
    return _Gathering(document, workspace).paper()


def narrative_of(
    document: NotebookDocument, workspace: Workspace
) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """Return what people wrote and drew in a notebook, and what of it was left out and why."""
    words = _Words(document, workspace)
    return words.parts(), tuple(words.left_out)


class _Words:
    """One notebook's words and pictures on their way to a paper; ``left_out`` grows on the way."""

    def __init__(self, document: NotebookDocument, workspace: Workspace) -> None:
        self.document = document
        self.workspace = workspace
        self.left_out: list[Fault] = []
        self._room = MOST_WORDS

    def parts(self) -> tuple[Part, ...]:
        return tuple(part for cell in self.document.cells for part in self._parts(cell))

    def _parts(self, cell: DocumentCell) -> Iterator[Part]:
        if cell.kind == "words" and cell.text:
            yield from self._passage(cell)
        elif cell.view is not None:
            yield from self._shown(cell)
        for output in cell.outputs:
            if output.get("output_type") in _SHOWN:
                yield from self._drawn(mapping_or_empty(output.get("data")), cell)

    def _passage(self, cell: DocumentCell) -> Iterator[Part]:
        """Yield what a person wrote, as far as all passages together are no longer than a report's can be."""
        self._room -= len(cell.text)
        if self._room >= 0:
            yield Passage(cell.text, self._pictures(cell))
        else:
            self._room += len(cell.text)
            self._note(
                cell.id,
                _("the texts of the notebook have more than {most} characters", most=f"{MOST_WORDS:,}"),
            )

    def _shown(self, _cell: DocumentCell) -> Iterator[Part]:
        """Yield what a view adds to the words: nothing where the report is made of the views themselves."""
        yield from ()

    def _pictures(self, cell: DocumentCell) -> Mapping[str, Picture]:
        found: dict[str, Picture] = {}
        for address in addresses_of_pictures(cell.text):
            try:
                found[address] = picture_at(
                    address, cell.attachments, beside=self.document.path, root=self.workspace.path
                )
            except RefusedPictureError as refused:
                self._leave_out(address, refused)
        return found

    def _drawn(self, data: Mapping[str, object], cell: DocumentCell) -> Iterator[Part]:
        """Yield the picture among an output's forms; everything else in it stays in the notebook."""
        if VIEW_TYPE in data:
            return
        for kind, read in (("image/png", png_from_text), ("image/svg+xml", svg)):
            drawn = data.get(kind)
            if isinstance(drawn, list) and all(isinstance(line, str) for line in drawn):
                drawn = "".join(drawn)
            if isinstance(drawn, str):
                try:
                    yield Plate(read(drawn))
                except RefusedPictureError as refused:
                    self._leave_out(cell.id, refused)
                return

    def _leave_out(self, place: str, refused: RefusedPictureError) -> None:
        self._note(place, refused.reason)

    def _note(self, place: str, reason: Message) -> None:
        remedy = _("it was left out of the report; everything else is there")
        self.left_out.append(Fault(reason, remedy, file=str(self.document.path), place=place[:200]))


class _Gathering(_Words):
    """One review's notebook on its way to a paper."""

    def __init__(self, document: NotebookDocument, workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.review = self._main_review()

    def paper(self) -> tuple[Paper, tuple[Fault, ...]]:
        parts = self.parts()
        lang: Language = "en" if self.document.lang == "en" else "zh"
        paper = Paper(
            dossier=dossier_of(self.review, self.workspace),
            rubric_text=self._rubric_text(self.review),
            parts=parts,
            words_lang=lang,
            template=self.document.template,
            as_shipped=self.document.locked_cells_unchanged,
            chart=any(view.kind == SUMMARY and view.id == self.review.id for view in self.document.views),
        )
        return paper, tuple(self.left_out)

    def _main_review(self) -> ReviewRecord:
        """Return the review that the notebook says it is about, else the one that its first view shows."""
        wanted = self.document.review or next((view.id for view in self.document.views), None)
        if wanted is None:
            raise self._refusal(
                _("this notebook shows no review, so there is nothing to report on"),
                _("open one that was made from a template, or make one for the review"),
            )
        try:
            return self.workspace.store.review(wanted)
        except UnknownIdError as error:
            raise self._refusal(
                _(
                    "there is no review {review} in the workspace {title}",
                    review=wanted,
                    title=self.workspace.title,
                ),
                _("name the workspace that the notebook was made in with -w, or make the notebook anew"),
            ) from error

    def _refusal(self, what: Message, remedy: Message) -> NotebookError:
        return NotebookError(Fault(what, remedy, file=str(self.document.path)))

    def _rubric_text(self, review: ReviewRecord) -> str:
        ref = review.rubric
        return self.workspace.store.definition("rubric", ref.id, ref.version).text

    def _shown(self, cell: DocumentCell) -> Iterator[Part]:
        """Yield another review that the notebook shows; its own one is what the report is about."""
        view = cell.view
        if view is None or view.id == self.review.id:
            return
        try:
            other = self.workspace.store.review(view.id)
        except UnknownIdError:
            self._note(view.id, _("the workspace has no such review"))
            return
        if other.reviewer != self.review.reviewer:
            self._note(view.id, _("another reviewer's review is never shown in a report"))
            return
        yield Enclosed(dossier_of(other, self.workspace), self._rubric_text(other))
