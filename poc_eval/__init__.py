"""Evaluate proof-of-concept projects and pilot platforms: rubrics, subsidies, milestones, reports."""

__all__ = ["__version__"]

__version__ = "0.1.0"
