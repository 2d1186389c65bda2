"""How figures move together: the correlations of a Gaussian copula and the matrix that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.programme.figures import figures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.finance.programme.model import Programme

    Floats = NDArray[np.float64]


def random_names(programme: Programme) -> list[str]:
    """Return the names of the figures that are spread, in the order of the file."""
    return [name for name, one in figures(programme).items() if one.random]


def correlations(programme: Programme) -> Floats:
    """Return the correlations of the figures in ``random_names``, 1 on the diagonal."""
    names = random_names(programme)
    matrix = np.eye(len(names))
    for one in programme.correlated:
        rows = [names.index(name) for name in one.of]
        for first in rows:
            for second in rows:
                if first != second:
                    matrix[first, second] = float(one.rho)
    return matrix


def smallest_eigenvalue(programme: Programme) -> float:
    """Return the smallest eigenvalue of the correlations; below 0 no joint distribution has them."""
    return float(np.linalg.eigvalsh(correlations(programme))[0])


def factor(programme: Programme) -> Floats:
    """Return a lower triangle L with L L' the correlations, also where two figures move as one."""
    matrix = correlations(programme)
    found = np.zeros_like(matrix)
    for row in range(len(matrix)):
        for column in range(row + 1):
            rest = matrix[row, column] - found[row, :column] @ found[column, :column]
            if row == column:
                found[row, row] = np.sqrt(max(rest, 0.0))
            elif found[column, column] > 1e-7:  # noqa: PLR2004 below it the figure follows from the others
                found[row, column] = rest / found[column, column]
    return found
