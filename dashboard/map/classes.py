"""Classes of a map's numbers: which values share a colour, with the limits that are really there.

Nought is never in a class. A class says its smallest and its largest member, not a round number
between two of them, so that a legend promises nothing that the map does not hold.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST = 5
"""Classes that a reader tells apart in a legend."""

Limits = list[tuple[float, float]]
Values = npt.NDArray[np.int64] | npt.NDArray[np.float64]


def equal_count(values: Values, *, most: int = MOST) -> Limits:
    """Classes that hold about as many values each (quantiles), smallest first.

    Values of nought and below, and NaN, are left out; equal values never stand in two classes, so
    there may be fewer classes than `most`.

    Returns
    -------
    Smallest and largest value of each class.
    """
    return _classes(values, np.ones(len(values)), most)


def equal_share(values: Values, *, most: int = MOST) -> Limits:
    """Classes that hold about the same part of the sum each: few places make up the highest.

    As `equal_count`, for numbers of which very few are very large.
    """
    return _classes(values, np.asarray(values, dtype=np.float64), most)


def _classes(values: Values, weights: npt.NDArray[np.float64], most: int) -> Limits:
    known = np.flatnonzero(np.asarray(values) > 0)  # NaN is not above nought
    if not len(known):
        return []
    distinct, place = np.unique(np.asarray(values)[known], return_inverse=True)
    if len(distinct) <= most:
        return [(value, value) for value in distinct.tolist()]
    weight = np.bincount(place.ravel(), weights[known])
    middle = np.cumsum(weight) - weight / 2  # equal values go where their middle lies
    number = np.minimum((most * middle / weight.sum()).astype(np.int64), most - 1)
    starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]])
    ends = np.r_[starts[1:], len(distinct)] - 1
    return list(zip(distinct[starts].tolist(), distinct[ends].tolist(), strict=True))
