"""One column of the whole project, to be looked up by the numbers of incidents.

The map's index holds where incidents are; what a layer adds up or colours by is asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard.remember import remembered

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """Values by incident: arrays of one length, sorted by `fid`.

    `value` is the number itself, -1 where it is not known, or the position of a text in `names`.
    """

    fid: Ints
    value: Ints
    names: tuple[str, ...] = ()

    def of(self, fids: Ints) -> Ints:
        """Values of some incidents of the project, in their order."""
        if not len(self.fid):
            return np.full(len(fids), -1, dtype=np.int64)
        # An incident that is gone since it was asked for is beyond the end; what it gets is
        # forgotten with the revision.
        at = np.minimum(np.searchsorted(self.fid, fids), len(self.fid) - 1)
        found: Ints = self.value[at]
        return found


@remembered(8)
def text_column(store: Store, *fields: str) -> Column:
    """Give a text of every incident; several fields are joined by the unit separator."""
    known: dict[str, int] = {}
    fids, values = [_NONE], [_NONE]
    for batch in store.arrow(fields):
        fids.append(_whole(batch["fid"]))
        values.append(_positions(_joined(batch, fields), known))
    return _sorted(fids, values, tuple(known))


@remembered(2)
def number_column(store: Store, field: str) -> Column:
    """Give a whole number of every incident; -1 where it is not known."""
    import pyarrow.compute as pc

    fids, values = [_NONE], [_NONE]
    for batch in store.arrow((field,)):
        fids.append(_whole(batch["fid"]))
        values.append(_whole(pc.fill_null(batch[field], -1)))
    return _sorted(fids, values, ())


MARK = "\x1f"
_NONE: Ints = np.zeros(0, dtype=np.int64)


def _joined(batch: Any, fields: tuple[str, ...]) -> Any:
    import pyarrow.compute as pc

    texts = [pc.fill_null(batch[name], "") for name in fields]
    return pc.binary_join_element_wise(*texts, MARK) if len(texts) > 1 else texts[0]


def _whole(column: Any) -> Ints:
    found: Ints = column.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _positions(column: Any, known: dict[str, int]) -> Ints:
    encoded = column.dictionary_encode()
    numbers = [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()]
    found: Ints = np.array(numbers, dtype=np.int64)[encoded.indices.to_numpy()]
    return found


def _sorted(fids: list[Ints], values: list[Ints], names: tuple[str, ...]) -> Column:
    fid, value = np.concatenate(fids), np.concatenate(values)
    order = np.argsort(fid, kind="stable")
    return Column(fid[order], value[order], names)
