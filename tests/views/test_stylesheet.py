from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest

from poc_eval.views.review import review_page, review_summary
from poc_eval.views.stylesheet import stylesheet

if TYPE_CHECKING:
    from poc_eval.views.dossier import Dossier

TEXTS = ("ink", "quiet", "accent", "good", "bad", "need")
GROUNDS = ("paper", "tint")


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def light_colours() -> dict[str, str]:
    block = stylesheet().partition(".pe-view {")[2].partition("}")[0]
    return dict(re.findall(r"--pe-(\w+): (?:var\([\w-]+, )?(#[0-9a-f]+)", block))


def dark_colours() -> dict[str, str]:
    block = stylesheet().partition('[data-jp-theme-light="false"] .pe-view {')[2].partition("}")[0]
    return {
        "ink": "#ffffff",
        "quiet": "#e0e0e0",
        "paper": "#111111",
        **dict(re.findall(r"--pe-(\w+): (#[0-9a-f]+)", block)),
    }


@pytest.mark.parametrize("colours", [light_colours(), dark_colours()], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(colours: dict[str, str]) -> None:
    for words, ground in product(TEXTS, GROUNDS):
        assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)


@pytest.mark.parametrize("colours", [light_colours(), dark_colours()], ids=["light", "dark"])
def test_bars_and_marks_stand_out_from_their_track(colours: dict[str, str]) -> None:
    assert contrast(colours["accent"], colours["track"]) >= 3
    assert contrast(colours["need"], colours["track"]) >= 3


def test_nothing_is_fetched() -> None:
    assert "url(" not in stylesheet()
    assert "@import" not in stylesheet()


def test_every_class_that_a_view_writes_has_its_rule(dossier: Dossier) -> None:
    page = review_page(dossier, "zh") + review_summary(dossier, "zh")
    written = {name for found in re.findall(r'class="([^"]*)"', page) for name in found.split()}
    ruled = set(re.findall(r"\.(pe-[\w-]+)", stylesheet()))
    plain = {
        "pe-why",
        "pe-evidence-label",
        "pe-label",
        "pe-adjustment",
        "pe-narrow",
        "pe-fact-table",
        "pe-gates",
    }
    assert written - ruled - plain - {"pe-depth-0"} == set()
