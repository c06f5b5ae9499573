"""Tables of incidents: published data sets and spreadsheets, read row by row into a project."""
