"""Feeds as web sites send them, for tests."""

from __future__ import annotations

STORY = (
    "Gunmen killed two police officers in Quetta, Pakistan, on Monday 30 August 2021, police said."
)


def rss(*items: str, title: str = "The Wire") -> str:
    """An RSS feed of these items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    )


def item(
    number: int, text: str = STORY, *, link: str = "", day: str = "31 Aug 2021", guid: str = ""
) -> str:
    """One item of an RSS feed."""
    address = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid isPermaLink='false'>{guid or f'tag:wire.example,2021:{number}'}</guid>"
        f"<title>Story {number}</title>{address}<pubDate>Tue, {day} 10:00:00 GMT</pubDate>"
        f"<description>{text} ({number})</description></item>"
    )


def article(text: str = STORY, *, canonical: str = "", more: str = "") -> str:
    """A web page with an article."""
    words = f"{text} The attack took place near a market in the morning, residents said."
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<!doctype html><html><head><title>Officers killed</title>{link}{more}"
        '<meta property="og:site_name" content="The Wire">'
        '<meta property="article:published_time" content="2021-08-31"></head><body><article>'
        f"<h1>Officers killed</h1><p>{words}</p><p>{'Police searched the area. ' * 20}</p>"
        "</article></body></html>"
    )
