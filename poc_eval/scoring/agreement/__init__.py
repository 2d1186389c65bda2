"""How far reviewers agree: chance-corrected coefficients, intraclass correlation, concordance, intervals."""

from poc_eval.scoring.agreement.chance_corrected import cohen_kappa, fleiss_kappa, gwet_ac1
from poc_eval.scoring.agreement.concordance import Concordance, kendall_w
from poc_eval.scoring.agreement.intervals import bootstrap_interval
from poc_eval.scoring.agreement.intraclass import IntraclassCorrelation, icc, reviewers_needed, spearman_brown
from poc_eval.scoring.agreement.krippendorff import krippendorff_alpha
from poc_eval.scoring.agreement.resampled import (
    alpha_interval,
    concordance_interval,
    mean_reliability_interval,
)

__all__ = [
    "Concordance",
    "IntraclassCorrelation",
    "alpha_interval",
    "bootstrap_interval",
    "cohen_kappa",
    "concordance_interval",
    "fleiss_kappa",
    "gwet_ac1",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "mean_reliability_interval",
    "reviewers_needed",
    "spearman_brown",
]
