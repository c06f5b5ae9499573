"""Tables of incidents in a project: opened, recognised, read, compared, stored, mended."""
