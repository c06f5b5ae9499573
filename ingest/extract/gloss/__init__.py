"""A report in another language, put into plain English word by word, to be read by the rules.

The rules of extraction are written for English and grow every week. A language that is read
through a gloss needs no rules of its own: its folder holds words, phrases, dates and the few
orders of words that differ. The gloss is for the rules alone; it is never shown nor stored, and
every value is traced back through it to the report's own words.
"""

from ingest.extract.gloss.render import Gloss, gloss

__all__ = ["Gloss", "gloss"]
