"""The map: what it draws, from the store to the browser."""
