"""From a document to incidents, by the language it is written in."""

from __future__ import annotations

from geodata.actors import ActorRegistry
from geodata.incident import Document, ExtractedIncident
from geodata.place import Geocoder, NameFinder
from ingest.extract import assemble
from ingest.extract.language import is_supported, language_of
from ingest.extract.lexicon import load
from ingest.extract.translated import extract_through_gloss


def extract(
    document: Document, *, geocoder: Geocoder, names: NameFinder, registry: ActorRegistry
) -> list[ExtractedIncident]:
    """Read the incidents of a report.

    Parameters
    ----------
    document
        Its `text` is what every evidence offset points into; `published` dates "on Tuesday".
        Where its `language` is empty, the text tells it.
    geocoder, names, registry
        Where places and actors are looked up.

    Returns
    -------
    list
        Draft incidents in the order of the text, with a claim and evidence for each value that
        was read; none for a language that is not supported. The same document gives the same ids.
    """
    language = document.language or language_of(document.text)
    if not is_supported(language):
        return []
    if load(language).table("language.reads") == "gloss":
        return extract_through_gloss(
            document, language, geocoder=geocoder, names=names, registry=registry
        )
    return assemble.extract(document, geocoder=geocoder, names=names, registry=registry)
