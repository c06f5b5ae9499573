"""Classes of a map's numbers: which values share a colour, with the limits that are really there.

Nought is never in a class. A class says its smallest and its largest member, not a round number
between two of them, so that a legend promises nothing that the map does not hold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

MOST = 5
"""Classes that a reader tells apart in a legend."""

Limits = list[tuple[float, float]]
Values = npt.NDArray[np.number[Any]]


def equal_count(values: Values, *, most: int = MOST) -> Limits:
    """Classes that hold about as many values each (quantiles), smallest first.

    Values of nought and below, and NaN, are left out; equal values never stand in two classes, so
    there may be fewer classes than `most`.

    Returns
    -------
    Smallest and largest value of each class.
    """
    distinct, counts = np.unique(_known(values), return_counts=True)
    if len(distinct) <= most:
        return [(value, value) for value in distinct.tolist()]
    # Equal values go where their middle lies.
    return _limits(distinct, (np.cumsum(counts) - counts / 2) / counts.sum(), most)


def equal_factor(values: Values, *, most: int = MOST) -> Limits:
    """Classes that span the same factor each, for numbers of which very few are very large.

    As `equal_count` otherwise; a class without a value is left out.
    """
    distinct = np.unique(_known(values))
    if len(distinct) <= most:
        return [(value, value) for value in distinct.tolist()]
    reach = np.log(distinct / distinct[0]) / np.log(distinct[-1] / distinct[0])
    return _limits(distinct, reach, most)


def _known(values: Values) -> Values:
    known: Values = np.asarray(values)[np.asarray(values) > 0]  # NaN is not above nought
    return known


def _limits(distinct: Values, position: npt.NDArray[np.float64], most: int) -> Limits:
    """Cut sorted values where their positions, 0 to 1, pass into the next of `most` parts."""
    number = np.minimum((most * position).astype(np.int64), most - 1)
    starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]])
    ends = np.r_[starts[1:], len(distinct)] - 1
    return list(zip(distinct[starts].tolist(), distinct[ends].tolist(), strict=True))
