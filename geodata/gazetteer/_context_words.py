"""Words that say, standing beside a name, whether it is a place."""

from __future__ import annotations

from geodata.gazetteer.divisions import PREFIX_WORDS, SUFFIX_WORDS, word_set

LINKS = word_set(
    "de la del el al du des di do da dos das of the and e i y ul ud bin ibn le les d en sur an ar"
    " as ash at ad az au aux upon sur sous"
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
    " off via around neighbouring neighboring nearby through across beyond reached left entered"
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
    " University College Department Company Association Society Commission Committee Council"
    " Museum Library Orchestra Church Hospital Medical Club Afc Cf Sc Athletic Wanderers Academy"
    " Championship Championships Cup Olympics Open Grand Stock Exchange Airlines"
    " Elementary School Schools Conference League Authority Union Daily News Weekly Examiner"
    " Register Dispatch Inquirer Tribune Sentinel Ledger Courier"
)
"""After a name, these make it part of another: "Washington Post", "Doha Agreement"."""

ORGANISATION_OF = word_set(
    "University Universities Bank College Institute Church Voice Times Archdiocese Diocese Museum"
    " Bishop Archbishop Duke Duchess Earl Cross Academy Treaty Battle Queen King Prince Princess"
    " Knights Daughters Sons Federation Association Journal Department"
)
"""Before "of" and a name, these make it part of another: "University of Calgary"."""

ORGANISATIONS = frozenset({"eu", "european union", "nato", "white house", "red cross"})
"""Bodies that are also parts of the world: places only in "across the EU" and the like."""

OFFICES = word_set(
    "president premier governor mayor senator sen gov minister prime secretary ambassador"
    " congressman congresswoman attorney lawmaker republican democrat democratic representative"
    " rep chancellor health foreign sheriff gop supreme"
)
"""After a name, these are the office of somebody there: "Ontario Premier", "Houston Mayor"."""

CIVIC_WORDS = word_set(
    "man woman men women boy girl teen teenager couple resident residents native police officer"
    " officers officials official mayor council councilman councilwoman school schools hospital"
    " family home house office firm company court store church restaurant residents voters"
    " firefighters students teacher driver drivers factory plant campus neighborhood"
    " neighbourhood region community businessman lawyer doctor farmer farmers coast headquarters"
    " downtown site museum jail stadium metro metropolitan"
)
"""After a name, these belong to a place: "a Nashua woman", "Boston hospital"."""

COMPOUND_WITH_PLACE = word_set("based area born wide administered bound controlled occupied")
"""Second halves of compounds whose first is still a place: "Sydney-based"."""

PERSON_VERBS = word_set(
    "said says told added testified wrote recalled joked argued replied who whose graduated"
    " pleaded scored finished threw joined retired died explained noted"
)
"""Words that stand beside people rather than towns."""

STREETS = word_set(
    "Street St Avenue Ave Boulevard Blvd Lane Drive Road Rd Highway Hwy Way Court Place Pike"
    " Parkway Freeway Expressway Turnpike"
)
"""After a name, these make it a street: where towns bear the names of people, "Troy Road"."""

FEATURE_AFTER = word_set(
    "River Lake Lakes Creek Bay Island Islands Sea Ocean Canal Valley Mountains Mountain Peninsula"
    " Falls Springs Beach Strait Gulf Forest Desert Hills Reservoir Bayou Pass Heights"
    " Basin Delta Park County"
)
"""After capitalised words, these make the name of a feature: "Snake River"."""

FEATURE_BEFORE = word_set("Lake Mount Mt River Fort Cape Camp Gulf Isle Loch Strait")
"""Before a capitalised word, these make the name of a feature: "Lake Erie", "Fort Hood"."""

NOT_A_PLACE_BEFORE = word_set(
    "Real Sporting Inter Dynamo Dinamo Atletico Racing Radio Royal Television TV ABC NBC CBS BBC"
    " Fox Miss Hotel Air Birds Club IIM"
)
"""Before a name, these make it part of another: "Real Madrid", "Radio Pyongyang"."""

NOT_IN_A_NAME = word_set("a an the in on at from for and but by of to no one any if as is he it")
"""Words that a sentence may open with, and no feature's name."""
