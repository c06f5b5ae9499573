"""The pages: each reads its widgets, calls a pure function, draws the result."""
