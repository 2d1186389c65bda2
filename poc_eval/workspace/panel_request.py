"""What a page or a notebook asks of a panel, checked: which reviews, with names or not, and the money."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, cast, get_args

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _
from poc_eval.money import parse_money
from poc_eval.scoring.lottery import checked_seed
from poc_eval.scoring.portfolio import PortfolioTerms
from poc_eval.workspace.panel_records import TextPart
from poc_eval.workspace.panel_scores import panel_of, roster_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from poc_eval.i18n import Message
    from poc_eval.scoring.panel import Panel
    from poc_eval.workspace.panel_records import Roster
    from poc_eval.workspace.records import PanelBasis
    from poc_eval.workspace.workspace import Workspace

RUBRIC: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}(@[A-Za-z0-9][A-Za-z0-9._+-]{0,31})?")
_STEP: Final = "1000000"
_LONGEST: Final = 200_000
"""Characters of options that are read."""


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """The reviews by ``rubric`` on ``projects`` (None for all), with or without names.

    ``draw_seed`` is the public seed of a draw, where the rubric's rule calls for one; ``methods``
    asks for other methods of ranking beside.
    """

    rubric: str
    projects: tuple[str, ...] | None = None
    with_names: bool = False
    draw_seed: str | None = None
    methods: bool = False

    def panel(self, workspace: Workspace) -> tuple[Panel, PanelBasis]:
        """Return the panel; raises as ``panel_of`` does."""
        found, basis = panel_of(workspace, self.rubric, projects=self.projects, with_names=self.with_names)
        found.draw_seed, found.compare = self.draw_seed, self.methods
        return found, basis

    def roster(self, workspace: Workspace) -> Roster:
        """Return who is on it; raises as ``roster_of`` does."""
        return roster_of(workspace, self.rubric, projects=self.projects, with_names=self.with_names)


@dataclass(frozen=True, slots=True)
class PortfolioRequest:
    """A panel's projects with the amounts they ask for (yuan), and what the money may buy."""

    panel: PanelRequest
    terms: PortfolioTerms


def panel_request(rubric: object, options: Mapping[str, object]) -> PanelRequest:
    """Return the request; raises InputError with everything that does not fit."""
    reader = _Reader(options)
    found = PanelRequest(
        reader.rubric(rubric),
        reader.projects(),
        reader.with_names(),
        reader.draw_seed(),
        reader.flag("methods"),
    )
    reader.finish()
    return found


def text_part(options: Mapping[str, object]) -> TextPart:
    """Return which of the papers around a panel is asked for; raises InputError for one that is not known."""
    said = options.get("part")
    if said in get_args(TextPart):
        return cast("TextPart", said)
    raise InputError(
        Fault(
            _('there is no paper of a panel called "{part}"', part=shown(str(said))),
            _("choose one of: {known}", known=", ".join(get_args(TextPart))),
            place="part",
        )
    )


def portfolio_request(rubric: object, options: Mapping[str, object]) -> PortfolioRequest:
    """Return the request; raises InputError with everything that does not fit."""
    reader = _Reader(options)
    panel = PanelRequest(
        reader.rubric(rubric),
        reader.projects(),
        reader.with_names(),
        reader.draw_seed(),
        reader.flag("methods"),
    )
    budget = reader.money("budget", options.get("budget"))
    step = reader.money("step", options.get("step") or _STEP)
    terms = PortfolioTerms(
        budget=budget,
        step=step if step is not None else parse_money(_STEP),
        amounts={
            name: amount
            for name, text in reader.mapping("amounts").items()
            if (amount := reader.money(f"amounts[{name}]", text)) is not None
        },
        fields={
            name: text.strip()
            for name, text in reader.mapping("fields").items()
            if isinstance(text, str) and text.strip()
        },
        quotas={name: reader.quota(name, said) for name, said in reader.mapping("quotas").items()},
        exclusive=reader.groups(),
    )
    reader.finish()
    return PortfolioRequest(panel, terms)


def read_options(text: str) -> dict[str, object]:
    """Return the options of a view as a page sends them, a JSON object; raises InputError."""
    try:
        found = json.loads(text or "{}", parse_constant=_no_number) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    raise InputError(
        Fault(
            _("what this page asks for cannot be read"),
            _("reload the page, or make the notebook anew"),
            place="options",
        )
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


class _Reader:
    def __init__(self, options: Mapping[str, object]) -> None:
        self._options = options
        self._faults: list[Fault] = []

    def finish(self) -> None:
        if self._faults:
            raise InputError(*self._faults)

    def refuse(self, place: str, what: Message, remedy: Message) -> None:
        self._faults.append(Fault(what, remedy, place=place))

    def rubric(self, said: object) -> str:
        if isinstance(said, str) and RUBRIC.fullmatch(said):
            return said
        self.refuse(
            "rubric",
            _('there is no rubric "{id}"', id=shown(str(said))),
            _("write the rubric's id, such as medical-poc"),
        )
        return ""

    def projects(self) -> tuple[str, ...] | None:
        said = self._options.get("projects")
        if said is None:
            return None
        if isinstance(said, (list, tuple)) and said and all(isinstance(one, str) for one in said):
            return tuple(dict.fromkeys(said))
        self.refuse(
            "projects",
            _("this is no list of projects"),
            _("write None for all, or the projects' ids in square brackets"),
        )
        return None

    def with_names(self) -> bool:
        return self.flag("with_names")

    def flag(self, name: str) -> bool:
        said = self._options.get(name, False)
        if isinstance(said, bool):
            return said
        self.refuse(name, _("this is neither True nor False"), _("write True or False"))
        return False

    def draw_seed(self) -> str | None:
        try:
            return checked_seed(self._options.get("draw_seed"))
        except InputError as error:
            self._faults += error.faults
            return None

    def mapping(self, name: str) -> Mapping[str, object]:
        said = self._options.get(name)
        if said is None:
            return {}
        if isinstance(said, dict) and all(isinstance(key, str) for key in said):
            return said
        self.refuse(
            name, _("this is no list of names and values"), _("write {example}", example='{"P1": "80万"}')
        )
        return {}

    def money(self, place: str, said: object) -> Decimal | None:
        """Return an amount; None where nothing is stated."""
        if said is None or said == "":
            return None
        if isinstance(said, str) or type(said) is int:
            try:
                found = parse_money(str(said))
            except PocEvalError as error:
                self._faults += [Fault(one.what, one.remedy, place=place) for one in error.faults]
                return None
            if found >= 0:
                return found
        self.refuse(
            place,
            _("this is no amount: {text}", text=shown(str(said))),
            _('write an amount from zero up in quotes, such as "800000" or "80万"'),
        )
        return None

    def quota(self, name: str, said: object) -> tuple[int | None, int | None]:
        if isinstance(said, (list, tuple)) and len(said) == 2:  # noqa: PLR2004 least and most
            least, most = said
            fits = all(one is None or (type(one) is int and one >= 0) for one in said)
            if fits and (least is None or most is None or least <= most):
                return least, most
        self.refuse(
            f"quotas[{name}]",
            _("this is no least and most number: {text}", text=shown(str(said))),
            _("write [1, 3] for one to three projects, None for no limit"),
        )
        return None, None

    def groups(self) -> tuple[tuple[str, ...], ...]:
        said = self._options.get("exclusive") or ()
        if isinstance(said, (list, tuple)) and all(
            isinstance(group, (list, tuple)) and all(isinstance(one, str) for one in group) for group in said
        ):
            return tuple(tuple(group) for group in said)
        self.refuse(
            "exclusive",
            _("this is no list of groups"),
            _("write {example}", example='[["P1", "P2"]]'),
        )
        return ()
