"""An online service as a `Geocoder`: one thin adapter for all rows of the registry."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import geopy.geocoders
from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

from geodata.errors import InputError
from geodata.place import Candidate, Outcome, Place, PlaceQuery, Resolution
from ingest.clock import Clock, SystemClock
from ingest.geocode.services import scoring
from ingest.geocode.services._wire import Wire
from ingest.geocode.services.cache import AnswerCache, default_path
from ingest.geocode.services.readers import READERS
from ingest.geocode.services.reading import Reading, country, text
from ingest.geocode.services.registry import Service, find_service

TIMEOUT_S = 8.0
PATIENCE = 3
"""Failures in a row after which a service is not asked again in this run."""
ASKED = 10
"""Results asked for at a time, so that rivals of the best are seen."""

_BROKEN = (KeyError, IndexError, TypeError, ValueError, AttributeError)


class OnlineGeocoder:
    """One service of the registry, ready to be asked.

    Parameters
    ----------
    service
        The row of the registry.
    url
        Where it is, in place of its public address (``http`` or ``https``).
    cache, clock, environ, timeout_s
        Where answers are kept, the time, the environment, seconds until a request is given up.

    Raises
    ------
    InputError
        A credential or the address is missing or not usable; the message names the variable.
    """

    def __init__(
        self,
        service: Service,
        *,
        url: str | None = None,
        cache: AnswerCache | None = None,
        clock: Clock | None = None,
        environ: Mapping[str, str] | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        environ = os.environ if environ is None else environ
        self.service = service
        self._cache = AnswerCache(default_path()) if cache is None else cache
        self._clock = clock or SystemClock()
        self._url = _checked_url(service, url)
        self._secrets = _credentials(service, environ)
        self._failures = 0
        self._given_up = ""
        # The geopy class makes its adapter itself; we keep hold of ours.
        self._wire: Wire
        self._geopy = getattr(geopy.geocoders, service.geopy_class)(
            **service.settings,
            **self._secrets,
            user_agent=f"IncidentAtlas/{version('incident-atlas')}",
            timeout=timeout_s,
            adapter_factory=self._make_wire,
        )

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        """Ask the service; whatever goes wrong is the outcome ``failed`` with a note."""
        if self._given_up:
            return self._failed(query, self._given_up)
        for words, code in _requests(query, self.service):
            try:
                candidates = self._ask(query, words, code)
            except (GeopyError, *_BROKEN) as error:
                return self._refused(query, error)
            self._failures = 0
            if candidates:
                return self._judge(query, candidates, limit)
        return self._answer(query, Outcome.NOT_FOUND, (), "")

    def _make_wire(self, proxies: Mapping[str, str] | None, ssl_context: Any) -> Wire:
        self._wire = Wire(
            self.service,
            cache=self._cache,
            clock=self._clock,
            base_url=self._url,
            proxies=proxies,
            ssl_context=ssl_context,
        )
        return self._wire

    def _ask(self, query: PlaceQuery, words: str, code: str) -> list[tuple[Candidate, Reading]]:
        row = self.service
        options: dict[str, object] = dict(row.fixed)
        if row.limit_option:
            options[row.limit_option] = ASKED
        if row.country_option and code:
            options[row.country_option] = code.lower()
        self._wire.forget()
        try:
            locations = self._geopy.geocode(words, exactly_one=False, **options) or []
            exchange = self._wire.last
            document = None if exchange is None else exchange.document
            # geopy takes any empty answer for "nothing found"; only an empty list says so.
            listed = document
            if row.answer_list is not None and isinstance(document, dict):
                listed = document.get(row.answer_list)
            if not isinstance(listed, list):
                raise GeocoderParseError("its answer has not the form that is documented")
            found = [
                self._candidate(query, place, number)
                for number, place in enumerate(locations[:ASKED])
                if place is not None
            ]
        except (GeopyError, *_BROKEN):
            if (bad := self._wire.last) is not None and bad.cached:
                self._cache.drop(bad.answer.answer_id)
            raise
        if exchange is not None and not exchange.cached:
            good = exchange.answer
            self._cache.put(
                row.name, good.request, good.text, now=good.fetched, keep_days=row.keep_days
            )
        return sorted(found, key=lambda pair: -pair[0].score)

    def _candidate(
        self, query: PlaceQuery, location: Any, number: int
    ) -> tuple[Candidate, Reading]:
        read = READERS[self.service.reader](location.raw)
        latitude, longitude = float(location.latitude), float(location.longitude)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise GeocoderParseError("its answer has a point outside the world")
        reasons = scoring.reasons(query, read, number)
        place = Place(
            place_id=f"{self.service.name}:{read.ident}",
            name=read.name,
            feature_class=read.feature_class,
            feature_code=read.feature_code or read.kind,
            country=read.country_code,
            country_name=read.country_name,
            admin1=read.admin1,
            admin2=read.admin2,
            latitude=latitude,
            longitude=longitude,
            population=read.population,
            source=self.service.name,
        )
        candidate = Candidate(
            place=place,
            latitude=latitude,
            longitude=longitude,
            location_precision=read.precision,
            radius_km=read.radius_km,
            score=round(min(1.0, sum(reason.share for reason in reasons)), 4),
            matched_name=read.name,
            reasons=reasons,
        )
        return candidate, read

    def _judge(
        self, query: PlaceQuery, found: list[tuple[Candidate, Reading]], limit: int
    ) -> Resolution:
        best, read = found[0]
        candidates = tuple(candidate for candidate, _ in found)
        why = ""
        if scoring.other_country(query, read):
            why = f"it lies in {read.country_name}, not in {query.country}"
        elif scoring.name_likeness(query.text, read.name) < scoring.SAME_NAME:
            why = "only other names were found"
        elif any(scoring.too_close(best, other) for other in candidates[1:]):
            why = "too close to call"
        outcome = Outcome.DECLINED if why else Outcome.FOUND
        return self._answer(query, outcome, candidates[:limit], why)

    def _answer(
        self, query: PlaceQuery, outcome: Outcome, candidates: tuple[Candidate, ...], why: str
    ) -> Resolution:
        notes = [why, self.service.attribution]
        if self._wire.last is not None:
            notes.append(f"raw answer {self._wire.last.answer.answer_id}")
        return Resolution(
            query=query,
            outcome=outcome,
            candidates=candidates,
            gazetteer=self.service.name,
            note="; ".join(filter(None, notes)),
        )

    def _refused(self, query: PlaceQuery, error: Exception) -> Resolution:
        words, final = self._why(error)
        self._failures += 1
        if final or self._failures >= PATIENCE:
            self._given_up = f"{words}; not asked again in this run"
        return self._failed(query, words)

    def _failed(self, query: PlaceQuery, words: str) -> Resolution:
        return Resolution(
            query=query, outcome=Outcome.FAILED, gazetteer=self.service.name, note=words
        )

    def _why(self, error: Exception) -> tuple[str, bool]:
        """Say in words what went wrong, and whether the next query would meet the same."""
        name, status = self.service.name, self._status(error)
        detail = self._clean(str(error))
        if isinstance(error, GeocoderQuotaExceeded) or status == 429:
            return f"{name}: quota or rate limit is used up ({detail})", True
        denied = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges)
        if isinstance(error, denied) or status in {401, 403, 498, 499}:
            variables = ", ".join(self.service.credentials.values())
            check = f": check {variables}" if variables else ""
            return f"{name}: access refused ({detail}){check}", True
        if isinstance(error, GeocoderTimedOut) and status is None:
            return f"{name}: no answer in time", False
        if isinstance(error, GeocoderUnavailable):
            return f"{name}: cannot be reached ({detail})", False
        if isinstance(error, GeocoderParseError | KeyError | IndexError | TypeError | ValueError
                      | AttributeError):  # fmt: skip
            detail = detail if isinstance(error, GeocoderParseError) else "unknown form"
            return f"{name}: broken answer ({detail})", False
        return f"{name}: the service reports an error ({detail})", False

    def _status(self, error: Exception) -> int | None:
        """Status of the answer: of HTTP, or that which stands in the body of a 200."""
        cause = error.__cause__ if isinstance(error.__cause__, AdapterHTTPError) else error
        if isinstance(cause, AdapterHTTPError):
            return int(cause.status_code)
        document = None if self._wire.last is None else self._wire.last.document
        if not isinstance(document, dict):
            return None
        if document.get("status") == "REQUEST_DENIED":  # Google
            return 403
        told = document.get("error")  # ArcGIS
        code = told.get("code") if isinstance(told, dict) else None
        return code if isinstance(code, int) else None

    def _clean(self, words: str) -> str:
        for secret in self._secrets.values():
            words = words.replace(secret, "…")
        return text(words)


def open_service(name: str, *, url: str | None = None) -> OnlineGeocoder:
    """Give the service of this name, with the cache of the user and credentials of the environment.

    Raises
    ------
    InputError
        The name is unknown, or a credential or an address is missing.
    """
    return OnlineGeocoder(find_service(name), url=url)


def _requests(query: PlaceQuery, service: Service) -> Iterator[tuple[str, str]]:
    """Give words and country code to ask with: with all hints, then with the country alone."""
    words = " ".join(query.text.split())
    if not words:
        return
    code, name = country(query.country or "", query.country or "")
    tail = "" if not name or (service.country_option and code) else f", {name}"
    hints = "".join(f", {hint}" for hint in (query.admin2, query.admin1) if hint)
    yield f"{words}{hints}{tail}", code
    if hints:
        # A hint in a spelling that the service does not know would hide the place.
        yield f"{words}{tail}", code


def _checked_url(service: Service, url: str | None) -> str | None:
    if url is None:
        if service.needs_url:
            raise InputError(f"{service.name} runs on your own server: give --service-url URL")
        return None
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(mark.isspace() or not mark.isprintable() for mark in url):
        raise InputError(
            f"--service-url {url!r} is no web address: give http://HOST or https://HOST"
        )
    if parts.username is not None or parts.password is not None:
        raise InputError("--service-url must not carry a user or a password")
    return url


def _credentials(service: Service, environ: Mapping[str, str]) -> dict[str, str]:
    found = {key: environ.get(name, "").strip() for key, name in service.credentials.items()}
    missing = [name for key, name in service.credentials.items() if not found[key]]
    if missing:
        raise InputError(f"{service.name} needs {', '.join(missing)}: set it in the environment")
    return found
