"""Online geocoding services, opt-in: throttled, cached, named in the result."""

from __future__ import annotations

from ingest.geocode.services.chain import FirstFound
from ingest.geocode.services.registry import SERVICES, Service, find_service, register

__all__ = ["SERVICES", "FirstFound", "Service", "find_service", "register"]
