"""Money that is granted, paid and divided.

Names are loaded when first used, so that importing this package stays cheap.
"""

from __future__ import annotations

from importlib import import_module

__all__ = [
    "Deal",
    "Policy",
    "Programme",
    "irr",
    "irr_report",
    "mirr",
    "npv",
    "payback",
    "xirr",
    "xirr_report",
    "xnpv",
]

_HOMES = {
    "Deal": "licence",
    "Policy": "policy",
    "Programme": "programme",
    "irr": "cashflow",
    "irr_report": "cashflow",
    "mirr": "cashflow",
    "npv": "cashflow",
    "payback": "cashflow",
    "xirr": "cashflow",
    "xirr_report": "cashflow",
    "xnpv": "cashflow",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
