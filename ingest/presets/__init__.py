"""Known layouts of tables, one file each, and the mapping of any other table."""
