"""A deal (转化方案): structures of one licence or transfer side by side, worth what to either party."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, model_validator

from poc_eval.catalog.fields import Count, Identifier, LocalText, Share, Version, Words
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped_definition import ShippedDefinition
from poc_eval.finance import licence_comparison
from poc_eval.finance.licence_checks import refusals_of
from poc_eval.finance.licence_parts import (
    MOST,
    Discount,
    Licence,
    Licensee,
    Payment,
    Pricing,
    Sale,
    Trial,
)
from poc_eval.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.licence_comparison import Comparison, RoyaltyMap

_KNOWN = {
    "buy_out": Text(zh="一次性买断", en="Buy-out"),
    "use_first": Text(zh="先使用后付费", en="Use first, pay later"),
    "deferred": Text(zh="延期支付", en="Deferred payment"),
    "royalty": Text(zh="收入提成", en="Royalty"),
    "entry_fee_and_royalty": Text(zh="入门费加提成", en="Entry fee and royalty"),
}


class Deal(ShippedDefinition):
    """A deal file as read; every rule of the format holds once one exists.

    The format is described in ``docs/deals.md`` and published as ``catalog/schemas/deal.schema.json``.
    """

    folder: ClassVar[str] = "deals"
    version: Version = "1"
    currency: Words = "CNY"
    discount: Discount
    years: Count
    """How long the deal lasts; a minimum royalty is due to its end."""
    sales: tuple[Sale, ...] = Field(default=(), max_length=MOST)
    """If there are any; one figure a year."""
    sales_probability: Share = Decimal(1)
    """Of all sales together; given that the trial succeeds where there is one."""
    licensee: Licensee = Licensee()
    trial: Trial | None = None
    structures: dict[Identifier, tuple[Payment, ...]] = Field(min_length=1, max_length=MOST)
    """The first one is what the others are compared with."""
    titles: dict[Identifier, LocalText] = Field(default_factory=dict)
    """What the structures are called."""
    licence: Licence | None = None
    pricing: Pricing | None = None

    @model_validator(mode="after")
    def _every_rule_holds(self) -> Self:
        found = refusals_of(self)
        if found:
            raise refused(*found)
        return self

    def compare(self) -> Comparison:
        """Return what each structure is worth to either party, and the royalty that equals the first."""
        return licence_comparison.compare(self)

    def royalty_map(
        self, structure: str, rates: Sequence[float], probabilities: Sequence[float]
    ) -> RoyaltyMap:
        """Return the licensor's value of ``structure`` over royalty rates and probabilities of sales.

        Raises InputError where the structure is not known or has not exactly one royalty.
        """
        return licence_comparison.royalty_map(self, structure, rates, probabilities)

    def structure_title(self, name: str) -> Text:
        """Return what a structure is called: by the file, by a usual name, else its id."""
        return self.titles.get(name) or _KNOWN.get(name) or Text(zh=name, en=name)
