"""The world's words for administrative divisions, and which entries each may mean.

One table serves the builder (to take "District" off a name), the name finder and the resolver
(to understand "Kech district", "oblast", "wilayat").
"""

from __future__ import annotations

KIND_ADMIN1 = "admin1"
KIND_ADMIN2 = "admin2"
KIND_SETTLEMENT = "settlement"
KIND_COUNTRY = "country"
KIND_OTHER = "other"

_FIRST = (KIND_ADMIN1, KIND_ADMIN2)
_SECOND = (KIND_ADMIN2, KIND_ADMIN1)
DIVISION_KINDS = frozenset({_FIRST, _SECOND})
"""What a word means that names a division and nothing smaller."""
_SECOND_OR_TOWN = (KIND_ADMIN2, KIND_SETTLEMENT, KIND_OTHER, KIND_ADMIN1)
_THIRD = (KIND_OTHER, KIND_SETTLEMENT, KIND_ADMIN2)


def word_set(text: str) -> frozenset[str]:
    """Words of a text as a set: lists of words read best as text."""
    return frozenset(text.split())


SUFFIX_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        word_set(
            "province governorate state region oblast krai kray voivodship voivodeship sheng"
            " emirate wilayat wilayah vilayet viloyati velayat respublika"
        ),
        _FIRST,
    ),
    **dict.fromkeys(
        word_set(
            "district districts agency division county prefecture raion rayon okrug zone cercle"
            " territory lga parish subregion kabupaten regency shahri tumani ilcesi gun shi"
            " jaras audany kommun kommune pagasts novads sanjak zila zilla upazila"
            " okres powiat subdistrict"
        ),
        _SECOND,
    ),
    "local government area": _SECOND,
    "sub district": _THIRD,
    "sub prefecture": _THIRD,
    "union council": _THIRD,
    "autonomous region": _FIRST,
    "autonomous republic": _FIRST,
    "federal district": _FIRST,
    "administrative district": _SECOND,
    **dict.fromkeys(word_set("department departement departamento"), _FIRST),
    **dict.fromkeys(word_set("municipality municipio canton township locality"), _SECOND_OR_TOWN),
    **dict.fromkeys(
        word_set(
            "tehsil tahsil taluka taluk woreda commune subdivision nahiya nahia subprefecture"
            " chiefdom kebele payam colline arrondissement thana corregimiento vereda barangay"
            " sitio kelurahan kecamatan desa suco aldea groupement chefferie collectivite"
        ),
        _THIRD,
    ),
}
"""Words after a name, singular and folded, to the kinds of entry they mean, most likely first."""

PREFIX_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        word_set(
            "provincia provincie provinsi departamento departement department estado muhafazat"
            " wilayat wilaya wilayah region nomos iqlim province governorate oblast state"
        ),
        _FIRST,
    ),
    **dict.fromkeys(
        word_set(
            "comuna municipio amphoe huyen kabupaten kota shahrestan powiat gemeente obshtina"
            " gorodskoy qada liwa markaz daira partido distrito arrondissement caza district"
            " degmada mudiriyat bezirk okres opcina municipiul oras srok muang bashkia nohiyai"
            " cercle commune delegation komuna kreis landkreis county mukim territoire tumani"
        ),
        _SECOND,
    ),
}
"""Words before a name: "Comuna Albac", "Shahrestān-e Tabas", "district of Mastung"."""

LINKING_WORDS = word_set("de du des d of e la le el the al do da di")
"""Words between a division word and its name."""
