"""A page run on a project without a browser, and what it draws."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.session import choose_project


def opened_page(name: str, project: Path, *, read_only: bool = False) -> AppTest:
    choose_project(str(project), read_only=read_only)

    def page(name: str) -> None:
        from importlib import import_module

        import_module(f"dashboard.pages.{name}").render()

    return AppTest.from_function(page, default_timeout=60, args=(name,)).run()


def drawn(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(element.proto.body) for element in app.get("html"))
