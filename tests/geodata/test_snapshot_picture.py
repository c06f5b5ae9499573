"""The picture as a whole: it is always one, and says what it shows."""

from __future__ import annotations

import math
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image
from snapshot_examples import incident, points

from geodata.errors import InputError
from geodata.export._snapshot_badges import MOST_BADGES, hatching, reach_of, spots_of
from geodata.export._snapshot_data import Badge, dots_of
from geodata.export._snapshot_dots import LARGEST_DOT, drawing_order, scale_for
from geodata.export._snapshot_land import Sheet, draw_area
from geodata.export._snapshot_theme import THEMES
from geodata.export._snapshot_view import choose_view
from geodata.export.snapshot import FORMATS, draw_snapshot, words_of, write_snapshot
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Status
from geodata.palette import Palette, assign_colours
from geodata.precision import LocationPrecision

DAY = date(2021, 8, 31)


def picture(store: GeoPackageStore, where: Filter | None = None, **options) -> Image.Image:
    drawn = draw_snapshot(store, where or Filter(), dpi=50, today=DAY, **options)
    return Image.open(BytesIO(drawn)).convert("RGB")


def colours(image: Image.Image) -> set[str]:
    return {"#{:02x}{:02x}{:02x}".format(*rgb) for _, rgb in image.getcolors(1 << 24)}


def fill(store: GeoPackageStore, *incidents) -> GeoPackageStore:
    with store.atomic():
        store.add_incidents(incidents)
    return store


def test_the_page_has_the_size_it_promises(store) -> None:
    assert picture(store).size == (585, 415)


def test_an_empty_project_is_still_a_map(store) -> None:
    theme = THEMES["light"]
    assert {theme.sea, theme.beyond, theme.paper} <= colours(picture(store))


def test_the_same_data_give_the_same_bytes(filled) -> None:
    once, again = (draw_snapshot(filled, Filter(), dpi=50, today=DAY) for _ in range(2))
    assert once == again


def test_incidents_change_the_picture(store) -> None:
    before = picture(store).tobytes()
    fill(store, incident(0, 67.0, 30.2))
    assert picture(store).tobytes() != before


def test_a_group_keeps_its_colour_under_a_filter(store) -> None:
    rows = [incident(i, 67.0 + i, 30.2, actor1="Reds" if i else "Blues") for i in range(3)]
    palette = assign_colours(["Reds", "Blues"])
    fill(store, *rows)
    assert palette["Blues"] in colours(picture(store, Filter(group=("Blues",))))


def test_no_match_is_said_and_shows_what_was_asked_about(store) -> None:
    fill(store, incident(0, 67.0, 30.2, country="Pakistan"))
    nothing = picture(store, Filter(country=("Colombia",)))
    assert nothing.tobytes() != picture(store).tobytes()


@pytest.mark.parametrize(
    "where",
    [
        Filter(bbox=(60.0, 24.0, 70.0, 32.0), text="nothing"),
        Filter(polygon=((60.0, 24.0), (70.0, 24.0), (65.0, 32.0)), text="nothing"),
        Filter(polygon=((-180.0, -90.0), (180.0, -90.0), (0.0, 90.0))),
        Filter(province=("Balochistan",), text="nothing"),
        Filter(country=("Ruritania",)),
        Filter(group=("Nobody",)),
    ],
)
def test_any_filter_without_a_match_is_a_picture(store, where) -> None:
    fill(store, incident(0, 67.0, 30.2))
    assert picture(store, where).size == (585, 415)


def test_a_drawn_area_is_outlined_and_wholly_in_the_picture() -> None:
    ring = np.array([(60.0, 24.0), (70.0, 24.0), (65.0, 32.0)])
    sheet = Sheet(choose_view(ring, 1.0), 1.0, 1.0, 4.0, 4.0)
    figure = Figure()
    axes = figure.add_axes((0, 0, 1, 1))
    draw_area(axes, sheet, ring, THEMES["light"], Rectangle((1.0, 1.0), 4.0, 4.0))
    (patch,) = axes.patches
    line = patch.get_path().vertices
    left, bottom, right, top = sheet.box
    assert ((line >= (left, bottom)) & (line <= (right, top))).all()
    corners = sheet.page(ring)
    assert all(np.hypot(*(line - corner).T).min() < 1e-9 for corner in corners)


def test_incidents_without_a_place_are_a_picture(store) -> None:
    fill(store, incident(0, None, None, location_precision=LocationPrecision.UNKNOWN))
    assert picture(store).size == (585, 415)


@pytest.mark.parametrize("klass", list(LocationPrecision))
@pytest.mark.parametrize("status", [Status.DRAFT, Status.CONFIRMED])
def test_every_class_can_be_drawn(store, klass, status) -> None:
    fill(
        store,
        incident(0, 67.0, 30.2, location_precision=klass, status=status, place="Mach"),
        incident(1, 68.0, 30.4, actor1="Police"),
    )
    assert picture(store).size == (585, 415)


@pytest.mark.parametrize(
    "places",
    [
        [(178.0, -17.0), (-178.0, -18.0)],
        [(15.6, 78.2), (16.0, 79.0)],
        [(0.0, -89.9), (90.0, -75.0)],
        [(-74.0, 4.0), (67.0, 30.0), (151.0, -33.0)],
        [(0.0, 0.0), (180.0, 0.0)],
    ],
)
def test_the_ends_of_the_earth(store, places) -> None:
    fill(store, *(incident(i, x, y) for i, (x, y) in enumerate(places)))
    assert picture(store).size == (585, 415)


@pytest.mark.parametrize(
    "text",
    [
        r"$\frac{1}{", "a $b$ c_d^e", "x" * 5000, "line\nline\r\n\x00\x1b[31m", "مستونگ میں حملہ",
        "מתקפה", "北京の襲撃", "\U0001f4a3\U0010ffff\ufffe", "%s {title} <b>&amp;", "   ",
    ],
)  # fmt: skip
def test_hostile_text_is_drawn_as_text(store, text) -> None:
    fill(store, incident(0, 67.0, 30.2, actor1=text, place=text, country=text))
    assert picture(store, Filter(text=text[:50].strip()), title=text).size == (585, 415)


def test_the_dark_style_is_dark(store) -> None:
    assert picture(store, style="dark").getpixel((2, 2)) == (0x15, 0x18, 0x1B)


def test_a_pdf_is_drawn_as_well(filled) -> None:
    assert draw_snapshot(filled, Filter(), format="pdf", dpi=72).startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong", [{"format": "gif"}, {"dpi": 5}, {"dpi": 100_000}, {"style": "neon"}]
)
def test_options_out_of_range_are_refused_with_the_known_ones(store, wrong) -> None:
    with pytest.raises(InputError, match=r"one of|choose"):
        draw_snapshot(store, Filter(), **wrong)


def test_the_suffix_names_the_format(filled, tmp_path) -> None:
    for name in FORMATS:
        write_snapshot(filled, Filter(), tmp_path / f"map.{name.upper()}", dpi=50)
    assert sorted(p.name for p in tmp_path.glob("map.*")) == ["map.PDF", "map.PNG"]


def test_an_unknown_suffix_lists_the_known_ones(store, tmp_path) -> None:
    with pytest.raises(InputError, match=r"ending in \.png, \.pdf"):
        write_snapshot(store, Filter(), tmp_path / "map.html")


def test_a_file_is_replaced_only_when_told(store, tmp_path) -> None:
    out = tmp_path / "map.png"
    out.write_bytes(b"mine")
    with pytest.raises(InputError, match="--force"):
        write_snapshot(store, Filter(), out, dpi=50)
    write_snapshot(store, Filter(), out, dpi=50, force=True)
    assert out.read_bytes().startswith(b"\x89PNG")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".png"] == ["map.png"]


def test_the_words_name_the_days_of_the_data() -> None:
    made = points((67.0, 30.0, "Reds", "site"))
    words = words_of(made, Palette(), title="Raids", sentence="Balochistan")
    assert words.sentence == "Balochistan"
    assert (words.shown, words.drafts) == (1, 0)


def test_the_area_of_a_mark_grows_with_its_number() -> None:
    scale = scale_for(dots_of(points((67.0, 30.0, "Reds", "site"))))
    assert scale.diameter(400) == pytest.approx(2 * scale.diameter(100))


@given(st.integers(1, 10**6))
def test_no_mark_is_larger_than_the_largest(count) -> None:
    dots = dots_of(points((67.0, 30.0, "Reds", "site")))
    dots.count[:] = count
    assert scale_for(dots).diameter(count) <= LARGEST_DOT + 1e-9


def test_no_group_lies_on_top_of_all_others() -> None:
    rows = [(i / 10, 30.0, "Reds" if i < 50 else "Blues", "site") for i in range(100)]
    dots = dots_of(points(*rows))
    last = dots.group[drawing_order(dots)][-30:]
    assert {"Reds", "Blues"} == set(last)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 6), st.integers(1, 500)), max_size=250))
def test_badges_are_merged_until_they_can_be_read_and_lose_nobody(rows) -> None:
    badges = [
        Badge(x=0, y=0, precision=LocationPrecision.DISTRICT, shares=(("Reds", n),))
        for *_, n in rows
    ]
    at = np.array([row[:2] for row in rows], dtype=float).reshape(-1, 2)
    spots = spots_of(badges, at, 3.0)
    assert len(spots) <= MOST_BADGES
    assert sum(spot.badge.count for spot in spots) == sum(n for *_, n in rows)


@pytest.mark.parametrize(
    ("klass", "area"),
    [(LocationPrecision.PROVINCE, 76_363), (LocationPrecision.DISTRICT, math.pi * 50**2)],
)
def test_the_area_of_a_badge_is_the_province_itself_or_a_circle(klass, area) -> None:
    badge = Badge(x=5.455, y=9.956, precision=klass, shares=(("Reds", 1),))  # Niger State, Nigeria
    view = choose_view(np.array([[2.0, 7.0], [9.0, 13.0]]), 1.0)
    sheet = Sheet(view, 0.0, 0.0, 10.0, 10.0)
    at = sheet.page(np.array([[badge.x, badge.y]]))
    (spot,) = spots_of([badge], at, 3.0)
    km_per_inch = view.width / 10.0 / 1000
    assert reach_of(sheet, spot).area * km_per_inch**2 == pytest.approx(area, rel=0.1)


def test_hatching_stays_inside_its_disc() -> None:
    for (x0, y0), (x1, y1) in hatching(1.0, 2.0, 0.5, gap=0.1):
        assert math.hypot(x0 - 1, y0 - 2) == pytest.approx(0.5)
        assert math.hypot(x1 - 1, y1 - 2) == pytest.approx(0.5)
