"""What the analyst sees: commands, pages, map and server."""
