"""From a document's text to incidents with the words they were read from."""

from ingest.extract.reading import extract

__all__ = ["extract"]
