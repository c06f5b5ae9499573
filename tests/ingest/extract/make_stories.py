"""Invented stories from other regions, in the gold format; run to rewrite stories.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STORIES: list[dict[str, Any]] = []


def story(published: str, title: str, text: str, *incidents: dict[str, Any]) -> None:
    number = f"own-{len(STORIES) + 1:03d}"
    STORIES.append(
        {"id": number, "published": published, "title": title, "text": text, "incidents": incidents}
    )


def incident(sub: str, place: str, at: tuple[float, float], day: str | None, **more: Any) -> Any:
    from geodata.taxonomy import EVENT_TYPE_OF

    row: dict[str, Any] = {
        "event_date": day, "event_date_end": None, "date_precision": "day" if day else "unknown",
        "event_type": EVENT_TYPE_OF[sub], "sub_event_type": sub, "actor1": None, "actor2": None,
        "attribution": "none", "place": place, "admin2": None, "admin1": None, "country": None,
        "latitude": at[0], "longitude": at[1], "location_precision": "settlement",
        "killed_low": None, "killed_best": None, "killed_high": None,
        "injured_low": None, "injured_best": None, "injured_high": None,
        "killed_by_status": {}, "background": False,
    }  # fmt: skip
    for kind in ("killed", "injured"):
        if kind in more:
            value = more.pop(kind)
            low, best, high = value if isinstance(value, tuple) else (value, value, value)
            row |= {f"{kind}_low": low, f"{kind}_best": best, f"{kind}_high": high}
    return row | more


story(
    "2023-02-20",
    "Burkina Faso: Dozens of soldiers dead in ambush near Deou",
    "OUAGADOUGOU (Reuters) - At least 51 soldiers were killed in northern Burkina Faso on Friday "
    "when their convoy was ambushed by suspected jihadists, the army said on Monday, raising an "
    "earlier toll of eight.\n\n"
    "The attack occurred on the road between Deou and Oursi, in the Sahel region bordering Mali. "
    "Around 160 militants were killed in air strikes launched after the ambush, the army "
    "statement said. Reuters could not confirm the figures.\n\n"
    "No group has claimed responsibility. Large parts of the country have been overrun by "
    "fighters linked to al Qaeda and Islamic State since 2015.",
    incident(
        "Armed clash", "road between Deou and Oursi", (14.62, -0.6), "2023-02-17", killed=51,
        actor1="Unidentified armed group", actor2="Military Forces of Burkina Faso",
        attribution="none", country="Burkina Faso",
    ),
)  # fmt: skip
story(
    "2024-05-14",
    "Gunmen abduct bride, 12 others in Niger State",
    "MINNA: Gunmen numbering about 40 stormed Kuchi town in Munya Local Government Area of Niger "
    "State in the early hours of Sunday, killing four persons, including a vigilante, and "
    "abducting a bride and 12 other villagers, residents have said.\n\n"
    "A resident, Aliyu Musa, told our correspondent that the bandits came on motorcycles and "
    "shot sporadically for almost two hours. “They broke into shops and carted away foodstuff,” "
    "he said.\n\n"
    "The spokesman of the state police command, Wasiu Abiodun, confirmed the incident, adding "
    "that a team had been deployed.\n\n"
    "ADVERTISEMENT\n\n"
    "Also read: Tinubu signs new minimum wage bill",
    incident(
        "Attack", "Kuchi", (9.87, 6.9), "2024-05-12", actor1="Bandits (Nigeria)",
        actor2="Civilians (Nigeria)", attribution="attributed", killed=4, country="Nigeria",
    ),
)  # fmt: skip
story(
    "2022-10-30",
    "Car bombs rock Somali capital",
    "MOGADISHU, Somalia (AP) — Two car bombs exploded minutes apart outside the education "
    "ministry in Mogadishu on Saturday afternoon, killing at least 100 people and wounding 300 "
    "others, the president said.\n\n"
    "The second blast hit as ambulances arrived. A journalist was among the dead and two others "
    "were hurt, according to the journalists' syndicate.\n\n"
    "The extremist group al-Shabab, which often targets the capital, claimed responsibility on "
    "its radio, saying the ministry was an enemy base. In 2017 a truck bomb at the same junction "
    "killed more than 500.",
    incident(
        "Remote explosive/landmine/IED", "Mogadishu", (2.04, 45.34), "2022-10-29",
        actor1="Al-Shabaab", actor2="Civilians (Somalia)", attribution="claimed", killed=100,
        injured=300, country="Somalia",
    ),
    incident(
        "Remote explosive/landmine/IED", "Mogadishu", (2.04, 45.34), "2017-01-01",
        event_date_end="2017-12-31", actor1="Unidentified armed group",
        actor2="Civilians (Somalia)", killed=(501, 501, None), country="Somalia", background=True,
    ),
)  # fmt: skip
story(
    "2023-06-28",
    "Russian missile strike on Kramatorsk restaurant kills 11",
    "KYIV - A Russian missile strike on a busy restaurant in the eastern Ukrainian city of "
    "Kramatorsk killed 11 people, including three teenagers, and wounded 61, the emergency "
    "services said on Wednesday. Two missiles hit the city centre on Tuesday evening.\n\n"
    "In the southern Kherson region, shelling of the village of Bilozerka killed an elderly man "
    "and injured his wife on Tuesday, governor Oleksandr Prokudin said on Telegram.\n\n"
    "Russia denies deliberately targeting civilians.",
    incident(
        "Shelling/artillery/missile attack", "Kramatorsk", (48.72, 37.55), "2023-06-27",
        actor1="Military Forces of Russia", actor2="Civilians (Ukraine)", attribution="attributed",
        killed=11, injured=61, country="Ukraine",
    ),
    incident(
        "Shelling/artillery/missile attack", "Bilozerka", (46.63, 32.44), "2023-06-27",
        actor1="Unidentified armed group", actor2="Civilians (Ukraine)",
        killed=1, injured=1, country="Ukraine",
    ),
)  # fmt: skip
story(
    "2024-01-09",
    "Junta air strike on church kills 17, say villagers",
    "Seventeen civilians, among them nine children, were killed when Myanmar's military dropped "
    "bombs on a village near the Indian border on Sunday morning, local residents and a rights "
    "group said.\n"
    "A fighter jet bombed Kanan village in Tamu township, Sagaing region, at around 10:30 am as "
    "people gathered at church, a resident told The Frontier Post by phone. More than 20 others "
    "were injured.\n"
    "The junta denied that its aircraft had flown in the area that day.\n"
    "SUPPORT INDEPENDENT JOURNALISM. Become a member.",
    incident(
        "Air/drone strike", "Kanan", (24.2, 94.3), "2024-01-07",
        actor1="Military Forces of Myanmar", actor2="Civilians (Myanmar)", attribution="denied",
        killed=17, injured=(21, 21, None), country="Myanmar",
    ),
)  # fmt: skip
story(
    "2021-07-20",
    "Three soldiers killed in ELN attack in Norte de Santander",
    "CUCUTA, July 20 (EFE).- Three Colombian soldiers died and five were wounded when guerrillas "
    "of the National Liberation Army (ELN) attacked an Army patrol with explosives and rifle fire "
    "in a rural area of the municipality of Tibu, Norte de Santander, the Second Division said.\n\n"
    "The attack took place Monday at around 6 p.m. in the hamlet of La Gabarra.\n\n"
    "Meanwhile, thousands of people marched peacefully in Bogota on Tuesday to mark independence "
    "day and demand health reform.",
    incident(
        "Armed clash", "Tibu", (8.64, -72.73), "2021-07-19", actor1="National Liberation Army (ELN)",
        actor2="Military Forces of Colombia", attribution="attributed", killed=3, injured=5,
        country="Colombia",
    ),
    incident(
        "Peaceful protest", "Bogota", (4.61, -74.08), "2021-07-20", actor1="Protesters (Colombia)",
        country="Colombia",
    ),
)  # fmt: skip
story(
    "2019-08-23",
    "NPA rebels ambush cops in Eastern Samar; barangay captain slain in Masbate",
    "TACLOBAN CITY — Four policemen were killed and seven others wounded after communist rebels "
    "detonated a landmine and fired at a police vehicle in Borongan City, Eastern Samar on "
    "Thursday, police said.\n\n"
    "In Masbate, unidentified gunmen shot dead a village chief inside his house in Cawayan town "
    "on Wednesday night. Police are looking into politics as the motive.\n\n"
    "The New People's Army (NPA) has waged one of Asia's longest insurgencies, in which more than "
    "40,000 people have died since 1969.",
    incident(
        "Remote explosive/landmine/IED", "Borongan City", (11.61, 125.43), "2019-08-22",
        actor1="Unidentified armed group", actor2="Police (Philippines)",
        killed=4, injured=7, country="Philippines",
    ),
    incident(
        "Attack", "Cawayan", (11.93, 123.77), "2019-08-21", actor1="Unidentified armed group",
        actor2="Civilians (Philippines)", killed=1, country="Philippines",
    ),
)  # fmt: skip
story(
    "2023-01-27",
    "Israeli forces kill nine Palestinians in Jenin raid",
    "JENIN, West Bank — Israeli troops killed nine Palestinians, including a 61-year-old woman, "
    "during a raid on the Jenin refugee camp on Thursday, the Palestinian health ministry said. "
    "Twenty others were wounded, four of them seriously.\n\n"
    "The Israeli military said its forces had gone in to arrest members of Islamic Jihad who were "
    "planning attacks, and were fired at. No Israeli soldiers were injured.\n\n"
    "Later on Thursday, a 22-year-old man was shot dead by Israeli police in al-Ram, north of "
    "Jerusalem, during a protest against the raid.",
    incident(
        "Attack", "Jenin refugee camp", (32.46, 35.29), "2023-01-26",
        actor1="Military Forces of Israel", actor2="Civilians (Palestine)",
        attribution="claimed", killed=9, injured=20, country="Palestine",
    ),
    incident(
        "Excessive force against protesters", "al-Ram", (31.85, 35.23), "2023-01-26",
        actor2="Police (Israel)", killed=1, country="Palestine",
    ),
)  # fmt: skip
story(
    "2021-04-05",
    "22 security personnel killed in Maoist ambush in Chhattisgarh",
    "RAIPUR: Twenty-two security personnel lost their lives and 31 were injured in a gunfight "
    "with Maoists along the border of Bijapur and Sukma districts in Chhattisgarh on Saturday, "
    "officials said.\n\n"
    "A joint team of the CRPF and the state police had launched an anti-Naxal operation on Friday "
    "night. The bodies of 22 jawans have been recovered, a senior officer said on Sunday. One "
    "jawan was missing. The Maoists said in a statement that they had lost four of their own.\n\n"
    "Union home minister Amit Shah condemned the attack and said the sacrifice of the jawans "
    "would never be forgotten.",
    incident(
        "Armed clash", "Bijapur", (18.8, 80.9), "2021-04-03", country="India",
        killed=(22, 22, 26), injured=31, attribution="attributed",
    ),
)  # fmt: skip
story(
    "2020-12-02",
    "Cartel gunmen kill eight in Guanajuato bar",
    "MEXICO CITY, Dec 2 (Reuters) - Gunmen burst into a bar in the central Mexican town of Jerecuaro "
    "late on Monday and opened fire on customers, killing eight people and wounding three, "
    "prosecutors in Guanajuato state said.\n\n"
    "Local media said the Jalisco New Generation Cartel (CJNG) was behind the massacre, part of a "
    "turf war with the Santa Rosa de Lima gang. More than 3,000 people have been murdered in the "
    "state this year.",
    incident(
        "Attack", "Jerecuaro", (20.15, -100.5), "2020-11-30",
        actor1="Jalisco New Generation Cartel", actor2="Civilians (Mexico)",
        attribution="attributed", killed=8, injured=3, country="Mexico",
    ),
)  # fmt: skip
story(
    "2016-07-04",
    "Baghdad bombing toll rises",
    "The death toll from a suicide truck bombing in Baghdad's Karrada district has risen to 125, "
    "Iraqi officials said on Monday, from 80 reported a day after the blast.\n\n"
    "The bomber detonated his explosives-laden vehicle on a shopping street shortly after midnight "
    "on Saturday night as families were out after breaking their fast. At least 150 people were "
    "wounded. Islamic State claimed the attack in a statement posted online, saying it had targeted "
    "Shi'ites.\n\n"
    "- In a separate attack, a roadside bomb in Shaab, in the north of the capital, killed one "
    "person and wounded five on Sunday, police said.",
    incident(
        "Suicide bomb", "Karrada", (33.3, 44.43), "2016-07-02",
        actor1="Islamic State", actor2="Civilians (Iraq)", attribution="claimed", killed=125,
        injured=150, country="Iraq",
    ),
    incident(
        "Remote explosive/landmine/IED", "Shaab", (33.4, 44.42), "2016-07-03",
        actor1="Unidentified armed group", actor2="Civilians (Iraq)", killed=1, injured=5,
        country="Iraq",
    ),
)  # fmt: skip
story(
    "2022-07-10",
    "Sri Lanka protesters storm president's house",
    "COLOMBO, July 9 - Police fired tear gas and live rounds into the air on Saturday as thousands "
    "of protesters broke through barricades in Colombo and stormed the residence of President "
    "Gotabaya Rajapaksa. At least 39 people, including two police officers, were injured, hospital "
    "sources said.\n\n"
    "Protesters also set fire to the private home of the prime minister.\n\n"
    "The president, who had been moved to a safer place the day before, agreed to step down.",
    incident(
        "Violent demonstration", "Colombo", (6.93, 79.85), "2022-07-09",
        actor1="Rioters (Sri Lanka)", injured=39, country="Sri Lanka",
    ),
)  # fmt: skip
story(
    "2024-03-06",
    "Town council weighs parking plan after heated meeting",
    "SPRINGFIELD, Ohio — Residents fired questions at the town council for three hours on Tuesday "
    "over a plan that critics say would kill off downtown shops.\n\n"
    "Councilwoman Jane Mills came under fire for what she called an explosive traffic report. "
    "“We got bombarded with emails,” she said.\n\n"
    "Police Chief Tom Reed defended his department's drill last week, in which officers simulated "
    "an attack on the high school.\n\n"
    "A vote is set for Friday. Subscribe to our newsletter for updates.",
)
story(
    "2023-11-17",
    "Court jails three over 2019 market bombing",
    "NAIROBI: A court sentenced three men to 30 years in prison on Friday for helping the "
    "militants who attacked a hotel complex in Nairobi on January 15, 2019, killing 21 people.\n\n"
    "The men had denied the charges. Rights groups condemned delays in the trial and called on the "
    "government to prevent further attacks.",
    incident(
        "Attack", "Nairobi", (-1.29, 36.82), "2019-01-15", actor1="Unidentified armed group",
        actor2="Civilians (Kenya)", killed=21, country="Kenya", background=True,
    ),
)  # fmt: skip
story(
    "2014-05-13",
    "",
    "05/12/2014: Assailants attacked a police checkpoint in Al-Mansour neighborhood, Mosul city, "
    "Nineveh governorate, Iraq. At least four police officers were killed and two others were "
    "wounded in the attack. No group claimed responsibility for the incident; however, sources "
    "attributed the attack to the Islamic State of Iraq and the Levant (ISIL).",
    incident(
        "Armed clash", "Mosul", (36.34, 43.13), "2014-05-12", actor1="Islamic State",
        actor2="Police (Iraq)", attribution="attributed", killed=4, injured=2, country="Iraq",
    ),
)
story(
    "2022-03-10",
    "",
    "On 5 March 2022, suspected ADF militants attacked Kikura village (Beni, Nord-Kivu), killing "
    "at least 11 civilians with machetes and burning several houses. FARDC troops intervened and "
    "pursued the attackers.",
    incident(
        "Attack", "Kikura", (0.55, 29.6), "2022-03-05", actor1="Allied Democratic Forces",
        actor2="Civilians (Democratic Republic of Congo)", attribution="suspected", killed=11,
        country="Democratic Republic of Congo",
    ),
)

story(
    "2023-08-16",
    "Niger army says 17 soldiers killed in ambush",
    "NIAMEY, Aug 16 (Xinhua) -- At least 17 Nigerien soldiers were killed and 20 others injured on "
    "Tuesday in an attack by suspected terrorists in the country's western Tillaberi region, the "
    "defense ministry said in a statement late Tuesday.\n\n"
    "A detachment of the army was moving between Boni and Torodi when it fell victim to a terrorist "
    "ambush near the town of Koutougou, the ministry said, adding that more than 100 assailants "
    "travelling on motorcycles were killed during their retreat.",
    incident(
        "Armed clash", "near the town of Koutougou", (13.9, 1.1), "2023-08-15",
        actor1="Unidentified armed group", actor2="Military Forces of Niger", killed=(118, 118, None),
        injured=20, country="Niger",
    ),
)  # fmt: skip
story(
    "2023-12-27",
    "",
    "Situation report, 20-26 December\n"
    "• 24 December: Armed men attacked Ruku village in Barkin Ladi LGA, Plateau State, killing 15 "
    "people and burning 20 houses.\n"
    "• 25 December: Three farmers were abducted on their way to market near Funtua, Katsina State. "
    "A ransom of 10 million naira was demanded.\n"
    "• 26 December: Troops of Operation Hadin Kai killed five Boko Haram fighters in a clash at "
    "Gwoza, Borno State. Two soldiers were wounded.",
    incident(
        "Attack", "Ruku", (9.53, 8.9), "2023-12-24", actor1="Unidentified armed group",
        actor2="Civilians (Nigeria)", killed=15, country="Nigeria",
    ),
    incident(
        "Abduction/forced disappearance", "Funtua", (11.52, 7.31), "2023-12-25",
        actor1="Unidentified armed group", actor2="Civilians (Nigeria)", country="Nigeria",
    ),
    incident(
        "Armed clash", "Gwoza", (11.08, 13.69), "2023-12-26",
        actor1="Military Forces of Nigeria", actor2="Boko Haram", attribution="claimed", killed=5,
        injured=2, country="Nigeria",
    ),
)  # fmt: skip
story(
    "2019-10-28",
    "Landmine kills two children in Yemen's Hodeidah",
    "ADEN: Two children were killed and their mother was injured on Sunday when a landmine planted "
    "by Houthi rebels exploded in the Durayhimi district of Hodeidah province, a local medical "
    "source said.\n\n"
    "The mines laid by the Iran-aligned group have killed hundreds of civilians since 2015, "
    "according to rights organisations.",
    incident(
        "Remote explosive/landmine/IED", "Durayhimi", (14.6, 43.05), "2019-10-27",
        actor1="Houthi Movement", actor2="Civilians (Yemen)", attribution="attributed",
        killed=2, injured=1, country="Yemen",
    ),
)  # fmt: skip
story(
    "2022-09-05",
    "Suicide bombing near Russian embassy in Kabul kills six",
    "KABUL (Reuters) - A suicide bomber detonated explosives near the entrance of the Russian "
    "embassy in the Afghan capital Kabul on Monday, killing at least six people including two "
    "embassy staff, Russian and Afghan officials said.\n\n"
    "The attacker was shot dead by Taliban guards as he approached the gate, police said. Ten "
    "people were wounded. Islamic State claimed responsibility for the blast in a statement on "
    "Telegram.",
    incident(
        "Suicide bomb", "Kabul", (34.53, 69.17), "2022-09-05",
        actor1="Islamic State", actor2="Civilians (Afghanistan)", attribution="claimed",
        killed=6, injured=10, country="Afghanistan",
    ),
)  # fmt: skip
story(
    "2024-02-12",
    "Dozens held as farmers' protest turns violent in Haryana",
    "AMBALA: Police fired tear gas shells and used water cannons on Monday to stop hundreds of "
    "farmers from crossing the Shambhu border near Ambala. Farmers threw stones at the police, "
    "injuring 24 personnel, officials said. Around 60 protesters were hurt, farm leaders claimed.\n\n"
    "In Hisar, traders observed a shutdown and held a rally in support of the farmers on Monday. "
    "The rally passed off peacefully.",
    incident(
        "Violent demonstration", "Shambhu border near Ambala", (30.4, 76.7), "2024-02-12",
        actor1="Rioters (India)", country="India", injured=(24, 24, 60),
    ),
    incident(
        "Peaceful protest", "Hisar", (29.15, 75.72), "2024-02-12", actor1="Protesters (India)",
        country="India",
    ),
)  # fmt: skip
story(
    "2021-12-31",
    "",
    "On 24 December 2021, military forces opened fire on and burned at least 35 civilians, among "
    "them two aid workers of an international charity, near Moso village in Hpruso township (Kayah "
    "state), following clashes with the Karenni Nationalities Defense Force (KNDF).",
    incident(
        "Attack", "Moso", (19.4, 97.1), "2021-12-24", actor1="Military Forces of Myanmar",
        actor2="Civilians (Myanmar)", attribution="attributed", killed=35, country="Myanmar",
    ),
)  # fmt: skip
story(
    "2018-11-03",
    "Gunmen attack Coptic bus in Minya",
    "CAIRO - Gunmen opened fire on a bus carrying Coptic Christian pilgrims to a monastery in "
    "Minya, south of Cairo, on Friday, killing seven people and wounding 19, the archbishop of "
    "Minya said.\n"
    "The local affiliate of Islamic State said through its Amaq news agency that its fighters "
    "carried out the attack.\n"
    "In May 2017 masked men attacked another bus on the same desert road, killing 29.\n"
    "The interior ministry said on Sunday that police had killed 19 militants linked to the attack "
    "in a shoot-out in the desert west of Minya.",
    incident(
        "Attack", "Minya", (28.1, 30.75), "2018-11-02", actor1="Islamic State",
        actor2="Civilians (Egypt)", attribution="claimed", killed=7, injured=19, country="Egypt",
    ),
    incident(
        "Attack", "Minya", (28.1, 30.75), "2017-05-01", event_date_end="2017-05-31",
        actor1="Unidentified armed group", actor2="Civilians (Egypt)", killed=29,
        country="Egypt", background=True,
    ),
    incident(
        "Armed clash", "west of Minya", (28.1, 30.5), None, actor1="Police (Egypt)",
        actor2="Unidentified armed group", attribution="claimed", killed=19, country="Egypt",
    ),
)  # fmt: skip
story(
    "2020-04-09",
    "52 villagers massacred in Cabo Delgado",
    "MAPUTO, April 9 (AFP) - Islamist militants massacred 52 villagers in northern Mozambique's "
    "Cabo Delgado province when locals refused to be recruited to their ranks, police said on "
    "Tuesday. The killings took place on Tuesday in the village of Xitaxi, in Muidumbe district.\n\n"
    "\"The criminals tried to recruit young people but there was resistance. This provoked the anger "
    "of the criminals, who indiscriminately killed -- cruelly and diabolically -- 52 youths,\" "
    "police spokesman Orlando Mudumane told state broadcaster.",
    incident(
        "Attack", "Xitaxi", (-11.8, 39.5), "2020-04-07", actor1="Unidentified armed group",
        actor2="Civilians (Mozambique)", attribution="none", killed=52, country="Mozambique",
    ),
)  # fmt: skip
story(
    "2015-06-27",
    "Gunman kills 38 at Tunisian beach resort",
    "SOUSSE, Tunisia - A gunman disguised as a tourist opened fire at a hotel in the Tunisian "
    "resort of Sousse on Friday, killing 38 people, most of them British holidaymakers, before he "
    "was shot dead by police. Islamic State claimed responsibility for the attack.\n\n"
    "It was the worst attack in the country's modern history. Britain's prime minister condemned "
    "the killings and vowed to fight terrorism.\n\n"
    "The shooting came three months after gunmen killed 21 tourists at the Bardo museum in Tunis.",
    incident(
        "Attack", "Sousse", (35.83, 10.64), "2015-06-26", actor1="Islamic State",
        actor2="Civilians (Tunisia)", attribution="claimed", killed=38, country="Tunisia",
    ),
    incident(
        "Attack", "Tunis", (36.82, 10.17), "2015-03-01", event_date_end="2015-03-31",
        actor1="Unidentified armed group", actor2="Civilians (Tunisia)", killed=21,
        country="Tunisia", background=True,
    ),
)  # fmt: skip
story(
    "2022-11-09",
    "Ukraine says 12 drones shot down; energy site hit in Poltava",
    "Live updates\n"
    "09:40 Ukraine's air force says it shot down 12 drones overnight.\n"
    "08:15 A Russian drone hit an energy facility in Poltava region early on Wednesday, causing a "
    "fire, the governor says. No casualties were reported.\n"
    "07:30 Two people were killed by artillery fire in the town of Bakhmut on Tuesday, regional "
    "governor Pavlo Kyrylenko says.\n"
    "Follow our live coverage on Telegram.",
    incident(
        "Air/drone strike", "Poltava region", (49.59, 34.55), "2022-11-09",
        actor1="Military Forces of Russia", actor2="Civilians (Ukraine)",
        attribution="attributed", killed=0, injured=0, country="Ukraine",
        location_precision="province",
    ),
    incident(
        "Shelling/artillery/missile attack", "Bakhmut", (48.6, 38.0), "2022-11-08",
        actor1="Unidentified armed group", actor2="Civilians (Ukraine)", killed=2,
        country="Ukraine",
    ),
)  # fmt: skip
story(
    "2017-03-09",
    "UN chief condemns hospital attack",
    "The U.N. Secretary-General strongly condemned on Thursday the attack on a military hospital in "
    "Kabul and offered his condolences to the families of the victims. He said targeting medical "
    "facilities was a grave violation of international law and called on all parties to protect "
    "civilians. Attacks on health workers have become a pattern, he added.",
)
story(
    "2023-05-30",
    "How the drone changed war: an explainer",
    "Explainer: What are loitering munitions?\n"
    "Loitering munitions, often called kamikaze drones, circle above a battlefield until a target "
    "appears. They can strike tanks, depots and command posts, and cost a fraction of a cruise "
    "missile. Armies from Azerbaijan to Ethiopia have bought them. Critics say they lower the "
    "threshold for killing. A study counted thousands of strikes in the past three years.",
)

if __name__ == "__main__":
    out = Path(__file__).with_name("stories.jsonl")
    lines = [json.dumps(s, ensure_ascii=False) for s in STORIES]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
