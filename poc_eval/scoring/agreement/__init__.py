"""How far reviewers agree: chance-corrected coefficients, intraclass correlation, concordance, intervals."""

from poc_eval.scoring.agreement.chance_corrected import cohen_kappa, fleiss_kappa, gwet_ac1
from poc_eval.scoring.agreement.concordance import Concordance, kendall_w
from poc_eval.scoring.agreement.intervals import bootstrap_interval
from poc_eval.scoring.agreement.intraclass import IntraclassCorrelation, icc, reviewers_needed, spearman_brown
from poc_eval.scoring.agreement.krippendorff import krippendorff_alpha

__all__ = [
    "Concordance",
    "IntraclassCorrelation",
    "bootstrap_interval",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "reviewers_needed",
    "spearman_brown",
]
