"""Tables: delimited text, spreadsheets, Parquet and files of features, read row by row."""
