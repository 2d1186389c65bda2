"""Figures of a cash flow: present value, internal rate of return with all its roots, payback.

The last axis is time, always; any shape may lead it. Money turns into floats here: a rate of return and a
present value are estimates, and no payout is worked out from them.
"""

from poc_eval.finance.cashflow.payback import payback
from poc_eval.finance.cashflow.present_value import npv, xnpv
from poc_eval.finance.cashflow.rate_report import RateReport
from poc_eval.finance.cashflow.rates import engine, irr, irr_report, mirr, xirr, xirr_report

__all__ = [
    "RateReport",
    "engine",
    "irr",
    "irr_report",
    "mirr",
    "npv",
    "payback",
    "xirr",
    "xirr_report",
    "xnpv",
]
