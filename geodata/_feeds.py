"""The feeds that a project file keeps: added, listed, their health written down, removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import date
from typing import Any

from geodata import _rows as rows
from geodata import _schema as schema
from geodata._project import Project
from geodata.errors import InputError
from geodata.feeds import MAX_FEED_NAME, Feed

_COLUMNS = tuple(field.name for field in fields(Feed))
_SQL = ", ".join(_COLUMNS)
_MOMENTS = ("added", "last_checked", "last_success", "failing_since", "next_allowed",
            "asked_until", "stopped")  # fmt: skip


class Feeds(Project):
    """What a project file knows of its feeds; its store inherits this and can write."""

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def feeds(self) -> list[Feed]:
        """Feeds of the project, by name."""
        found = self._fetch(f"SELECT {_SQL} FROM {schema.FEEDS} ORDER BY name COLLATE NOCASE, fid")
        return [_feed(row) for row in found]

    def add_feed(self, feed: Feed) -> Feed:
        """Keep a feed, from now on; gives it as kept.

        Raises
        ------
        InputError
            The name or the address belongs to a feed of the project, or cannot be one.
        """
        fresh = replace(
            feed, name=_name(feed.name), added=feed.added or rows.moment(rows.timestamp())
        )
        if not fresh.url.lower().startswith(("http://", "https://")):
            raise InputError(f"feed {fresh.name!r}: {fresh.url[:200]!r} is no web address")
        if len(fresh.url) > rows.MAX_URL:
            raise InputError(f"feed {fresh.name!r}: its address is longer than {rows.MAX_URL:,}")
        with self._writing() as connection:
            for other in self.feeds():
                if other.url == fresh.url:
                    raise InputError(f"{fresh.url!r} is in the project already, as {other.name!r}")
                if other.name.casefold() == fresh.name.casefold():
                    raise InputError(f"the name {fresh.name!r} belongs to {other.url!r}; give"
                                     " another one with --name")  # fmt: skip
            connection.execute(
                f"INSERT INTO {schema.FEEDS} ({_SQL}) VALUES ({', '.join('?' * len(_COLUMNS))})",
                _row(fresh),
            )
        return fresh

    def keep_feed(self, feed: Feed) -> None:
        """Write down how a feed is; it is known by its name.

        Raises
        ------
        InputError
            There is no feed of this name.
        """
        with self._writing() as connection:
            sets = ", ".join(f"{name} = ?" for name in _COLUMNS)
            changed = connection.execute(
                f"UPDATE {schema.FEEDS} SET {sets} WHERE name = ?", [*_row(feed), feed.name]
            )
            if not changed.rowcount:
                raise _unknown(feed.name)

    def remove_feed(self, name: str) -> Feed:
        """Take a feed out; its reports stay. Gives it as it was.

        Raises
        ------
        InputError
            There is no feed of this name.
        """
        with self._writing() as connection:
            known = next((feed for feed in self.feeds() if feed.name == name), None)
            if known is None:
                raise _unknown(name)
            connection.execute(f"DELETE FROM {schema.FEEDS} WHERE name = ?", [name])
        return known


def _unknown(name: str) -> InputError:
    return InputError(f"no feed {name[:200]!r} in the project; see: incidents feeds list")


def _name(text: str) -> str:
    name = " ".join(rows.clean(text, rows.MAX_NOTES).split())
    if not any(letter.isalnum() for letter in name) or not name.isprintable():
        raise InputError(f"{text[:200]!r} is no name for a feed; give some letters")
    if len(name) > MAX_FEED_NAME:
        raise InputError(
            f"name {name[:40]!r}… is longer than {MAX_FEED_NAME} characters; shorten it"
        )
    return name


def _row(feed: Feed) -> list[Any]:
    row: list[Any] = []
    for name in _COLUMNS:
        value = getattr(feed, name)
        if name in _MOMENTS:
            value = rows.timestamp(value) if value else None
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, str):
            value = rows.clean(value, rows.MAX_URL if name == "url" else 1_000)
        row.append(value)
    return row


def _feed(row: Sequence[Any]) -> Feed:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        values |= {name: rows.moment(values[name]) for name in _MOMENTS}
        day = values["last_item"]
        values["last_item"] = date.fromisoformat(day) if day else None
    except (TypeError, ValueError) as error:
        raise rows.unreadable(f"feed {values['name']!r}", error) from error
    return Feed(**values)
