"""What to look at on a project, in words: the flags of a panel's result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import Text, _

if TYPE_CHECKING:
    from poc_eval.i18n import Message, Translatable
    from poc_eval.scoring.rubric import Rubric


def flag_in_words(rubric: Rubric, flag: str) -> Message:
    """Return a flag such as ``spread:need`` as a person would say it."""
    kind, _colon, about = flag.partition(":")
    if kind == "below_minimum":
        return _("too few reviewers")
    if kind == "screening_not_stated":
        return _("screening is not stated")
    if kind == "incomplete":
        return _("incomplete: {reviewer}", reviewer=about)
    if kind == "spread":
        return _("far apart: {criterion}", criterion=_title(rubric, about))
    return _("disputed: {item}", item=_title(rubric, about))


def _title(rubric: Rubric, name: str) -> Translatable:
    titles: dict[str, Translatable] = {node.criterion.id: node.criterion.title for node in rubric.every_node}
    titles |= {item.id: item.ask for item in rubric.screening}
    titles |= {key: one.label for key, one in rubric.asked_inputs.items()}
    return titles.get(name, Text(name, name))
