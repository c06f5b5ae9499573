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
_SECOND_OR_TOWN = (KIND_ADMIN2, KIND_SETTLEMENT, KIND_OTHER, KIND_ADMIN1)
_THIRD = (KIND_OTHER, KIND_SETTLEMENT, KIND_ADMIN2)

SUFFIX_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "province governorate state region oblast krai kray voivodship voivodeship sheng emirate"
        " wilayat wilayah vilayet viloyati velayat respublika".split(),
        _FIRST,
    ),
    **dict.fromkeys(
        "district districts agency division county prefecture raion rayon okrug zone"
        " cercle territory lga parish subregion kabupaten regency shahri tumani ilcesi gun shi jaras"
        " audany kommun kommune pagasts novads locality sanjak zila zilla upazila okres powiat"
        " subdistrict".split(),
        _SECOND,
    ),
    "local government area": _SECOND,
    **dict.fromkeys("department departement departamento".split(), _FIRST),
    **dict.fromkeys("municipality municipio canton township".split(), _SECOND_OR_TOWN),
    **dict.fromkeys("tehsil tahsil taluka taluk woreda commune subdivision nahiya".split(), _THIRD),
}
"""Words after a name, singular and folded, to the kinds of entry they mean, most likely first."""

PREFIX_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "provincia provincie provinsi departamento departement department estado muhafazat"
        " wilayat wilaya wilayah region nomos iqlim province governorate oblast state".split(),
        _FIRST,
    ),
    **dict.fromkeys(
        "comuna municipio amphoe huyen kabupaten kota shahrestan powiat gemeente obshtina gorodskoy"
        " qada liwa markaz daira partido distrito arrondissement caza district degmada"
        " mudiriyat bezirk okres opcina municipiul oras srok muang bashkia nohiyai cercle commune"
        " delegation komuna kreis landkreis county mukim territoire tumani".split(),
        _SECOND,
    ),
}
"""Words before a name: "Comuna Albac", "Shahrestān-e Tabas", "district of Mastung"."""

LINKING_WORDS = frozenset("de du des d of e la le el the al do da di".split())
"""Words between a division word and its name."""
