"""Programmes: stages that can fail, what they cost and bring, grants, deposits and loans around them."""

from poc_eval.finance.programme.model import Programme

__all__ = ["Programme"]
