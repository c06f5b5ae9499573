"""`incidents places`: what a project remembers of places; see, add, forget, bring back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.options import store_option
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from geodata.memory import PlaceMemory

_CLASSES = [str(at) for at in LocationPrecision if at is not LocationPrecision.UNKNOWN]


@click.group(epilog="Example: incidents places list --store atlas.gpkg")
def command() -> None:
    """Show and edit the places that a project remembers; they win over the gazetteer."""


@command.command("list", epilog="Example: incidents places list --store atlas.gpkg --json")
@store_option()
@click.option("--forgotten", is_flag=True, help="Those changed or forgotten instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per place.")
def list_(store_path: str, forgotten: bool, as_json: bool) -> None:
    """List the places that a project remembers."""
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store, store.snapshot():
        memories, uses = store.place_memories(ended=forgotten), store.place_uses()
    for memory in memories:
        _print(memory, uses.get(memory.memory_id, 0), as_json=as_json)
    if not memories and not as_json:
        click.echo("No place is remembered; choose one on the Add page, or: incidents places add")


@command.command(
    "add",
    epilog='Example: incidents places add "the old bridge" --at 29.86,67.33 --country Pakistan '
    "--store atlas.gpkg",
)
@click.argument("alias", metavar="WORDS")
@store_option()
@click.option("--at", metavar="LAT,LON", help="The point, in degrees; south and west negative.")
@click.option("--off-map", is_flag=True, help="Leave the words off the map instead.")
@click.option("--name", metavar="NAME", default="", help="Name of the place meant.")
@click.option("--precision", metavar="CLASS", type=click.Choice(_CLASSES), default="settlement",
              show_default=True, help="How exactly: " + ", ".join(_CLASSES))  # fmt: skip
@click.option("--country", metavar="NAME", default="", help="Its country; holds in it alone.")
@click.option("--province", metavar="NAME", default="", help="Its province; holds in it alone.")
@click.option("--district", metavar="NAME", default="", help="Its district; holds in it alone.")
@click.option("--who", metavar="NAME", default="", help="Who chooses (default: you).")
@click.option("--why", metavar="WORDS", default="", help="On what ground.")
@click.option("--json", "as_json", is_flag=True, help="Print the place as JSON.")
def add(alias: str, store_path: str, as_json: bool, **given: Any) -> None:
    """Remember what WORDS mean; an earlier choice for them is kept as ended."""
    from geodata.memory import PlaceMemory
    from geodata.store import open_store

    if (given["at"] is None) == (not given["off_map"]):
        raise click.UsageError("give --at LAT,LON, or --off-map to leave the words off the map")
    latitude, longitude = _point(given["at"])
    placed = latitude is not None
    inside = {
        "country": given["country"], "admin1": given["province"], "admin2": given["district"]
    }  # fmt: skip
    choice = PlaceMemory(
        memory_id="",
        alias=alias,
        name=given["name"] or (alias if placed else ""),
        latitude=latitude,
        longitude=longitude,
        location_precision=LocationPrecision(given["precision"] if placed else "unknown"),
        source="analyst",
        who=given["who"] or _user(),
        why=given["why"],
        **{f"in_{name}": value for name, value in inside.items()},
        **(inside if placed else {}),
    )
    with open_store(store_path) as store, store.atomic():
        kept = store.remember_place(choice)
    _print(kept, 0, as_json=as_json)


@command.command(
    "forget", epilog="Example: incidents places forget mem_0123456789abcdef --store atlas.gpkg"
)
@click.argument("memory_id", metavar="ID")
@store_option()
@click.option("--undo", is_flag=True, help="Bring a changed or forgotten place back.")
@click.option("--who", metavar="NAME", default="", help="Who does it (default: you).")
@click.option("--json", "as_json", is_flag=True, help="Print the place as JSON.")
def forget(memory_id: str, store_path: str, undo: bool, who: str, as_json: bool) -> None:
    """Forget the place with this ID; --undo brings it back."""
    from geodata.store import open_store

    who = who or _user()
    with open_store(store_path) as store, store.atomic():
        do = store.restore_place if undo else store.forget_place
        memory = do(memory_id, who=who)
    if not as_json:
        click.echo("Brought back:" if undo else "Forgotten (--undo brings it back):")
    _print(memory, 0, as_json=as_json)


def _user() -> str:
    from dashboard.who import computer_user

    return computer_user()


def _point(text: str | None) -> tuple[float | None, float | None]:
    if text is None:
        return None, None
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise click.BadParameter(f"--at {text!r} is no point; write it as 29.86,67.33") from None
    return latitude, longitude


def _print(memory: PlaceMemory, uses: int, *, as_json: bool) -> None:
    from dataclasses import asdict

    from dashboard.commands._reports import one_line
    from ingest.geocode.memory import chosen_words

    if as_json:
        whole = asdict(memory) | {"used": uses}
        click.echo(json.dumps(whole, ensure_ascii=False, default=lambda when: when.isoformat()))
        return
    context = ", ".join(
        part for part in (memory.in_admin2, memory.in_admin1, memory.in_country) if part
    )
    where = ", ".join(dict.fromkeys(
        part for part in (memory.name, memory.admin2, memory.admin1, memory.country) if part
    ))  # fmt: skip
    spot = (
        f"{where} ({memory.latitude:.4f}, {memory.longitude:.4f})"
        if memory.placed
        else "off the map"
    )
    ended = f"; ended by {memory.ended_by}" if memory.ended else ""
    line = f"{memory.memory_id}  {memory.alias} [{context or 'anywhere'}] → {spot}; "
    click.echo(one_line(f"{line}{chosen_words(memory)}; used {uses} times{ended}"))
