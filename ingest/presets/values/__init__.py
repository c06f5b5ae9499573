"""Values of a table as people write them: dates, counts and coordinates, read by column."""
