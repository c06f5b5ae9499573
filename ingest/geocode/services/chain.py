"""Several geocoders in a row: the first that finds the place answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geodata.place import Geocoder, Outcome, PlaceQuery, Resolution


class FirstFound:
    """A `Geocoder` over others, asked in their order; no candidate of any is lost.

    Where none finds the place, the answer is declined if there are candidates, failed if one of
    them could not be asked (the place may be known there), and not found otherwise.
    """

    def __init__(self, geocoders: Sequence[Geocoder]) -> None:
        self._geocoders = tuple(geocoders)

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        """Ask one after another; `limit` holds for the candidates of each."""
        asked: list[Resolution] = []
        for geocoder in self._geocoders:
            answer = geocoder.geocode(query, limit=limit)
            if answer.outcome is Outcome.FOUND:
                return self._joined(query, answer, asked)
            asked.append(answer)
        return asked[0] if len(asked) == 1 else self._none_found(query, asked)

    @staticmethod
    def _joined(query: PlaceQuery, found: Resolution, before: Sequence[Resolution]) -> Resolution:
        if not before:
            return found
        others = tuple(one for answer in before for one in answer.candidates)
        notes = [found.note, *(_told(answer) for answer in before)]
        return replace(
            found,
            query=query,
            candidates=found.candidates + others,
            note="; ".join(filter(None, notes)),
        )

    @staticmethod
    def _none_found(query: PlaceQuery, asked: Sequence[Resolution]) -> Resolution:
        outcomes = {answer.outcome for answer in asked}
        order = (Outcome.DECLINED, Outcome.FAILED)
        outcome = next((one for one in order if one in outcomes), Outcome.NOT_FOUND)
        return Resolution(
            query=query,
            outcome=outcome,
            candidates=tuple(one for answer in asked for one in answer.candidates),
            gazetteer=" + ".join(answer.gazetteer for answer in asked if answer.gazetteer),
            note="; ".join(map(_told, asked)),
        )


def _told(answer: Resolution) -> str:
    if answer.outcome is Outcome.FAILED and answer.note:
        return answer.note  # it names the service itself
    words = str(answer.outcome).replace("_", " ")
    note = f" ({answer.note})" if answer.note else ""
    return f"{answer.gazetteer or 'gazetteer'}: {words}{note}"
