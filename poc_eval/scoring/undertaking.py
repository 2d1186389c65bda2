"""The reviewer's undertaking (评审专家承诺书): conflict of interest, confidentiality, integrity.

It stands before every score. Stepping aside, with the reason, completes a review without scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from poc_eval.i18n import Text

CONFLICT: Final = "undertaking.conflict"
CONFLICT_REASON: Final = "undertaking.conflict_reason"
CONFIDENTIALITY: Final = "undertaking.confidentiality"
INTEGRITY: Final = "undertaking.integrity"
NO_CONFLICT: Final = "none"
STEP_ASIDE: Final = "step_aside"
GIVEN: Final = "yes"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer: the text that is stored and the words that are shown."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class UndertakingItem:
    """One field of the undertaking: one of several choices, or a tick."""

    field: str
    kind: Literal["choice", "check"]
    label: Text
    help: Text
    options: tuple[Choice, ...] = ()


UNDERTAKING: Final[tuple[UndertakingItem, ...]] = (
    UndertakingItem(
        CONFLICT,
        "choice",
        Text("回避", "Conflict of interest"),
        Text(
            "有下列情形之一的，应当回避：与申报单位或项目团队同属一个单位；近三年内与其有项目、论文、"
            "专利合作或经济往来；与主要成员有近亲属、师生关系；持有相关企业股权或在其任职；"
            "以及其他可能影响公正评审的情形。",
            "Step aside if you belong to the applicant's unit; if in the last three years you shared "
            "projects, papers, patents or money with the applicant or the team; if you are a close relative, "
            "teacher or student of a main member; if you hold shares or a post in a firm concerned; or if "
            "anything else may keep you from a fair review.",
        ),
        (
            Choice(
                NO_CONFLICT,
                Text("本人与该项目无应回避情形", "I have no conflict of interest with this project"),
            ),
            Choice(
                STEP_ASIDE,
                Text("本人存在应回避情形，申请回避", "I have a conflict of interest and step aside"),
            ),
        ),
    ),
    UndertakingItem(
        CONFIDENTIALITY,
        "check",
        Text("保密", "Confidentiality"),
        Text(
            "本人承诺：不复制、留存、外传评审材料；不泄露技术秘密、商业秘密、评审意见、评分和专家名单；"
            "不利用评审中获知的信息谋取利益。",
            "I will not copy, keep or pass on the papers; I will not disclose technical or business secrets, "
            "opinions, scores or the names of the panel; I will not use what I learn here for gain.",
        ),
    ),
    UndertakingItem(
        INTEGRITY,
        "check",
        Text("廉洁", "Integrity"),
        Text(
            "本人承诺：独立、客观、公正评审，依据材料和现场情况评分，不受任何单位和个人干预；"
            "不收受与评审有关的财物、宴请或其他利益；如有违反，愿意承担相应责任。",
            "I will review independently, objectively and fairly, from the papers and from what I saw, and "
            "let nobody interfere; I accept no money, gift, invitation or other advantage; I answer for any "
            "breach.",
        ),
    ),
)
"""In the order of the form; right after the first, a reviewer who steps aside says why."""

CONFLICT_REASON_LABEL: Final = Text("回避理由", "Reason for stepping aside")
CONFLICT_REASON_HELP: Final = Text(
    "请写明与申报单位或团队成员的关系。提交后即完成本次评审，不再评分。",
    "Say how you are related to the applicant or the team. The review is then complete without scores.",
)
