"""A model behind any OpenAI-compatible endpoint that the user names: it may propose.

What it says is checked as text from outside (`checking`): a report that tells the model what to
answer can bring about proposals, and those are refused unless the report itself says them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import orjson

from geodata.errors import InputError
from geodata.incident import (
    Attribution,
    Claim,
    Document,
    ExtractedIncident,
    Incident,
    Json,
    derived_id,
)
from geodata.precision import DatePrecision
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.clock import Clock, SystemClock
from ingest.fetch.address import Address, read_address
from ingest.fetch.errors import FetchFailedError
from ingest.second_opinion._prompt import messages
from ingest.second_opinion._registry import Options
from ingest.second_opinion._wire import Wire
from ingest.second_opinion.checking import (
    Proposal,
    RefusedError,
    checked,
    field_of,
    read_answer,
    target_of,
)
from ingest.second_opinion.opinion import Opinion, Refusal, Remark, Verdict, method_of

KEY_VARIABLE = "ATLAS_OPINION_KEY"
"""Environment variable of the endpoint's key; it is never stored and never printed."""

PATIENCE = 3
"""Failures in a row after which the endpoint is not asked again in this run."""

TAG = "second opinion"
"""Tag of incidents that the rules did not find."""

_OPTIONAL: dict[str, Json] = {
    "temperature": 0,
    "max_tokens": 2_000,
    "response_format": {"type": "json_object"},
}


@dataclass(slots=True)
class _Taken:
    """What came of one answer so far."""

    remarks: list[Remark] = field(default_factory=list)
    extra: list[ExtractedIncident] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class Connector:
    """One model at one endpoint.

    Parameters
    ----------
    options
        The endpoint, its model, and the seconds that an answer may take.
    clock, environ
        The time and the environment.

    Raises
    ------
    InputError
        The endpoint, the model or the key cannot be used.
    """

    def __init__(
        self,
        options: Options,
        *,
        clock: Clock | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        address = _address(options.endpoint)
        self._model = _model(options.model)
        self._key = _key(os.environ if environ is None else environ)
        self._wire = Wire(
            address, key=self._key, timeout_s=options.timeout_s, clock=clock or SystemClock()
        )
        self.by = f"{self._model} at {address.place}"
        self._failures = 0

    def opinion(self, document: Document, extracted: Sequence[ExtractedIncident]) -> Opinion:
        """Ask the model; what cannot be used is refused, and trouble is a `failure`."""
        if self._failures >= PATIENCE:
            return Opinion(by=self.by, failure=f"not asked: it failed {PATIENCE} times in a row")
        try:
            body = self._wire.ask(
                {"model": self._model, "messages": messages(document, extracted), "stream": False},
                _OPTIONAL,
            )
        except FetchFailedError as error:
            self._failures += 1
            return Opinion(by=self.by, failure=str(error))
        self._failures = 0
        try:
            entries = read_answer(self._content(body))
        except RefusedError as error:
            return Opinion(by=self.by, failure=str(error))
        taken = _Taken()
        for entry in entries:
            self._take(entry, document, extracted, taken)
        return Opinion(
            by=self.by,
            remarks=tuple(taken.remarks),
            extra=tuple(taken.extra),
            refused=tuple(taken.refused),
        )

    def _content(self, body: bytes) -> str:
        """Take the model's words out of the answer of its server."""
        if self._key and self._key.encode() in body:
            raise RefusedError("its answer repeats the key")
        try:
            content = orjson.loads(body)["choices"][0]["message"]["content"]
        except orjson.JSONDecodeError:
            raise RefusedError("its server does not answer in JSON") from None
        except (KeyError, IndexError, TypeError):
            content = None
        if not isinstance(content, str):
            raise RefusedError("its server does not answer as /chat/completions does")
        return content

    def _take(
        self,
        entry: Json,
        document: Document,
        extracted: Sequence[ExtractedIncident],
        taken: _Taken,
    ) -> None:
        try:
            target, raw_values = target_of(entry, extracted)
        except RefusedError as error:
            taken.refused.append(Refusal("incident", str(error)))
            return
        good: dict[str, Proposal] = {}
        for raw in raw_values:
            try:
                one = checked(raw, document)
            except RefusedError as error:
                taken.refused.append(Refusal(field_of(raw), str(error)))
            else:
                good.setdefault(one.field, one)
        if target is not None:
            taken.remarks += (_remark(target.incident, one) for one in good.values())
            return
        try:
            extra = _extra(document, good, self.by)
            _must_be_new(extra.incident, [*extracted, *taken.extra])
        except RefusedError as error:
            taken.refused.append(Refusal("incident", str(error)))
        else:
            taken.extra.append(extra)


def _remark(incident: Incident, one: Proposal) -> Remark:
    held = getattr(incident, one.field)
    held = held.isoformat() if isinstance(held, date) else held
    if held == Attribution.NONE:
        held = None
    same = held is not None and str(held).casefold() == str(one.value).casefold()
    return Remark(
        incident_id=incident.incident_id,
        field=one.field,
        verdict=Verdict.AGREES if same else Verdict.PROPOSES,
        value=one.value,
        evidence=one.evidence,
        words=f"it reads {str(one.value)!r} in {one.evidence.quote!r}",
    )


def _extra(document: Document, good: Mapping[str, Proposal], by: str) -> ExtractedIncident:
    """Make the draft of an incident that the rules did not find: no coordinates, a tag, a note."""
    if "sub_event_type" not in good or not good.keys() & {"place", "event_date"}:
        raise RefusedError("a new incident lacks its sub-event type, or both place and date")
    values = {name: one.value for name, one in good.items()}
    where = (f"{name}:{one.evidence.start}:{one.value}" for name, one in sorted(good.items()))
    incident_id = derived_id("inc", document.sha256 or document.text, TAG, by, *where)
    day = date.fromisoformat(values["event_date"]) if "event_date" in values else None
    ground = values.get("attribution", Attribution.SUSPECTED)  # the weakest that names somebody
    killed, injured = values.get("killed_best"), values.get("injured_best")
    incident = Incident(
        incident_id=incident_id,
        event_date=day,
        event_date_end=None if day else document.published,
        date_precision=DatePrecision.DAY if day else DatePrecision.UNKNOWN,
        event_type=EVENT_TYPE_OF[values["sub_event_type"]],
        sub_event_type=values["sub_event_type"],
        actor1=values.get("actor1"),
        actor2=values.get("actor2"),
        perpetrator=values.get("perpetrator"),
        attribution=Attribution(ground) if "perpetrator" in values else Attribution.NONE,
        place=values.get("place"),
        tags=(TAG,),
        notes=f"Proposed by the {method_of(by)}; the rules did not find it.",
        killed_low=killed,
        killed_best=killed,
        killed_high=killed,
        injured_low=injured,
        injured_best=injured,
        injured_high=injured,
    )
    return ExtractedIncident(incident, tuple(_claims(document, incident_id, good.values(), by)))


def _claims(
    document: Document, incident_id: str, good: Iterable[Proposal], by: str
) -> Iterable[Claim]:
    for one in good:
        yield Claim(
            claim_id=derived_id("clm", incident_id, one.field),
            incident_id=incident_id,
            document_id=document.document_id,
            field=one.field,
            value=one.value,
            evidence=one.evidence,
            method=method_of(by),
        )


def _must_be_new(incident: Incident, known: Iterable[ExtractedIncident]) -> None:
    def told(one: Incident) -> tuple[str | None, date | None, str]:
        return one.sub_event_type, one.event_date, (one.place or "").casefold()

    if any(told(one.incident) == told(incident) for one in known):
        raise RefusedError("a new incident has the type, date and place of a drafted one")


def _address(endpoint: str) -> Address:
    if not endpoint.strip():
        raise InputError(
            "the second opinion 'openai' needs --endpoint, as http://127.0.0.1:8080/v1"
        )
    if "?" in endpoint or "#" in endpoint:
        raise InputError(f"--endpoint {endpoint[:200]!r} must end with its path, as in …/v1")
    return read_address(endpoint.strip().rstrip("/") + "/chat/completions")


def _model(name: str) -> str:
    name = name.strip()
    if not name:
        raise InputError("the second opinion 'openai' needs --model, the model's name there")
    if len(name) > 100 or not name.isprintable():
        raise InputError(f"--model {name[:100]!r} is no name of a model")
    return name


def _key(environ: Mapping[str, str]) -> str:
    key = environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and (key.isprintable())) or " " in key:
        raise InputError(f"the key in {KEY_VARIABLE} holds spaces or signs that no key has")
    return key
