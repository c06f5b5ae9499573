"""Words that say, standing beside a name, whether it is a place."""

from __future__ import annotations

from geodata.gazetteer.divisions import PREFIX_WORDS, SUFFIX_WORDS, word_set

LINKS = word_set(
    "de la del el al du des di do da dos das of the and e i y ul ud bin ibn le les d en sur an ar"
    " as ash at ad az"
)
"""Words that may stand inside a name in lower case."""

ARTICLES = word_set("al el ar as ash at ad az an")
"""Arabic articles, which may open a name in lower case: "al-Bab"."""

COMPASS = word_set(
    "north south east west northern southern eastern western central northeast northwest"
    " southeast southwest northeastern northwestern southeastern southwestern upper lower"
    " greater inner downtown"
)

NAMED_AFTER_PEOPLE = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
"""Countries whose small towns bear surnames: being about the country is not sign enough."""

PLACE_PREPOSITIONS = word_set(
    "in near at from outside around inside throughout across to towards toward into between"
    " neighbouring neighboring nearby through across beyond reached left entered"
)

PLACE_WORDS = (
    word_set(
        "town city village hamlet capital area areas valley tehsil border suburb outskirts road"
        " highway airport hills mountains port bazaar garrison enclave peninsula island islands"
        " neighbourhood neighborhood refugee camp prison metropolis"
    )
    | frozenset(word for word in SUFFIX_WORDS if " " not in word)
    | frozenset(PREFIX_WORDS)
) - {"state", "states", "division", "agency", "zone", "sum", "gun", "shi", "parish"}
"""Words that stand beside the name of a place."""

TITLES = word_set(
    "mr mrs ms dr prof gen general maj major col colonel capt captain lt lieutenant brig"
    " brigadier sgt sergeant cpl corporal pvt adm admiral marshal president minister premier"
    " chancellor senator congressman congresswoman secretary spokesman spokeswoman spokesperson"
    " commander commissioner officer inspector superintendent constable chief judge justice"
    " mayor governor mullah maulana maulvi sheikh sheik imam ayatollah mufti pir qari hafiz"
    " haji syed sayed sardar nawab malik king queen prince princess sultan emir pope bishop"
    " father sister brother saint abu ibn bin son daughter leader founder warlord activist"
    " journalist analyst"
)
"""Before a name, these make it a person's."""

NOT_A_PLACE_AFTER = word_set(
    "Post Times Herald Tribune Gazette Observer Telegraph Chronicle Mirror Star Sun Wire"
    " Journal Foundation Accord Accords Agreement Declaration Convention Treaty Protocol"
    " Institute Institution Corporation Inc Ltd Group Bank Airlines Airways United FC Rangers"
    " Scouts Frontier Front Movement Alliance Party Brotherhood Network Resistance"
)
"""After a name, these make it part of another: "Washington Post", "Doha Agreement"."""
