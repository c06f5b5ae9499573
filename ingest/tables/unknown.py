"""Names of imported tables that neither the registry, the gazetteer nor an analyst knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.store import Store


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that stays as written until somebody decides; `rows` hold it in the data set."""

    kind: str  # actor, country, admin1, admin2, event_type
    value: str
    country: str
    dataset_id: str
    rows: int


def unknown_names(store: Store, dataset_id: str | None = None) -> list[UnknownName]:
    """Give the names that wait for a decision, those of most rows first.

    They are counted when a table is read: an import keeps its two hundred most frequent ones. Of
    several imports of a data set the largest count of a name stands.
    """
    decided = {(one.kind, one.value, one.context) for one in store.value_decisions()}
    found: Counter[tuple[str, str, str, str]] = Counter()
    for one in store.imports(dataset_id):
        listed = one.detail.get("unknown", [])
        if one.undone or not isinstance(listed, list):
            continue
        for kind, value, country, rows in (item for item in listed if isinstance(item, list)):
            name = (str(kind), str(value), str(country))
            if name in decided or (*name[:2], "") in decided or not isinstance(rows, int):
                continue
            key = (*name, one.dataset_id)
            found[key] = max(found[key], rows)
    return [UnknownName(*key, rows) for key, rows in found.most_common()]
