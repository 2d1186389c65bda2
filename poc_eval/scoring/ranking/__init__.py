"""Ranks, and how sure they are."""

from poc_eval.scoring.ranking.acceptability import RankAcceptability, rank_acceptability
from poc_eval.scoring.ranking.expected import ExpectedRank, expected_rank
from poc_eval.scoring.ranking.mcda import (
    Outranking,
    Topsis,
    Vikor,
    electre,
    promethee,
    topsis,
    vikor,
    weighted_sum,
)

__all__ = [
    "ExpectedRank",
    "Outranking",
    "RankAcceptability",
    "Topsis",
    "Vikor",
    "electre",
    "expected_rank",
    "promethee",
    "rank_acceptability",
    "topsis",
    "vikor",
    "weighted_sum",
]
