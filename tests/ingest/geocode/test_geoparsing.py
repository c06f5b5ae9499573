"""Corpora of texts with gold toponyms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.errors import InputError
from ingest.geocode.corpus import read_corpus
from ingest.geocode.geoparsing import measure_corpus
from ingest.geocode.resolver import Resolver

XML = """<articles><article><text>In Quetta, Pakistan.</text><locations><location>
<name>Quetta</name><start>4</start><end>10</end><lat>30.18</lat><lon>67.0</lon>
</location></locations></article></articles>"""


def test_xml_offsets_count_from_one(tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_text(XML)
    (gold,) = read_corpus(tmp_path / "c.xml")
    assert [(t.start, t.end, t.name) for t in gold.toponyms] == [(3, 9, "Quetta")]


def test_entities_are_refused(tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]>' + XML)
    with pytest.raises(InputError, match="document type"):
        list(read_corpus(tmp_path / "c.xml"))


def test_a_line_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"text": "", "toponyms": []}\n{"text": 1}\n')
    with pytest.raises(InputError, match="line 2"):
        list(read_corpus(tmp_path / "c.jsonl"))


def test_a_country_is_right_all_over_its_outline(resolver: Resolver, tmp_path: Path) -> None:
    line = {
        "text": "In Quetta, Pakistan.",
        "toponyms": [
            {"start": 3, "end": 9, "latitude": 30.18, "longitude": 67.0},
            {"start": 11, "end": 19, "latitude": 25.3, "longitude": 64.5},
            {"start": 11, "end": 99, "latitude": 0, "longitude": 0},
        ],
    }
    (tmp_path / "c.jsonl").write_text(json.dumps(line))
    result = measure_corpus(read_corpus(tmp_path / "c.jsonl"), resolver, resolver)
    assert (result.toponyms, result.skipped, result.exact.f1) == (2, 1, 1.0)
    assert (result.within_161_km, result.point_within_161_km) == (1.0, 0.5)


def test_names_of_invented_news_are_found_and_placed(resolver: Resolver) -> None:
    news = Path(__file__).parents[3] / "benchmarks" / "data" / "news.jsonl"
    result = measure_corpus(read_corpus(news), resolver, resolver)
    assert (result.documents, result.toponyms, result.skipped) == (60, 368, 0)
    assert result.exact.f1 >= 0.93
    assert result.within_161_km >= 0.94


@pytest.mark.shared
def test_names_of_geovirus_are_found(shared_data: Path, resolver: Resolver) -> None:
    corpus = read_corpus(shared_data / "geoparsing" / "GeoVirus.xml")
    result = measure_corpus(corpus, resolver, resolver)
    assert (result.documents, result.toponyms, result.skipped) == (229, 2170, 0)
    assert result.exact.f1 >= 0.86
