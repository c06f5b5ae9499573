"""Wheel build hook: brings the browser code and builds the gazetteer into the wheel.

A wheel must work in an empty environment without npm, without network and without the two big
packages that the gazetteer is made from, so both are made here, once, by whoever builds it.
``ATLAS_BUILD_DATA=0`` leaves them out: `scripts/setup.py` does so for a development install and
makes them afterwards, with a progress bar.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AtlasBuildHook(BuildHookInterface[Any]):
    """Make what is not in the repository but belongs in the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the browser assets and the gazetteer where they are not there yet."""
        if self.target_name != "wheel" or os.environ.get("ATLAS_BUILD_DATA") == "0":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))  # the project itself is not installed while it is built
        try:
            self._bring_assets()
            self._build_gazetteer(root)
        finally:
            sys.path.remove(str(root))

    def _bring_assets(self) -> None:
        from dashboard._assets import ensure_assets
        from geodata.errors import MissingPartError

        try:
            ensure_assets()
        except MissingPartError as error:
            # The dashboard still works, from the public CDN, and says so on the map.
            self.app.display_warning(f"browser assets left out of the wheel: {error}")

    def _build_gazetteer(self, root: Path) -> None:
        target = root / "geodata" / "data" / "gazetteer.sqlite"
        if target.exists():
            return
        from geodata.gazetteer.build import build_gazetteer

        self.app.display_info("building the gazetteer (under a minute)")
        build_gazetteer(target)
