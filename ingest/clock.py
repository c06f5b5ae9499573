"""Time that can be replaced, so that no test waits for it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Time that can be replaced."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The time of this computer."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
