"""Tables: delimited text, spreadsheets, Parquet and files of features, read row by row."""

from __future__ import annotations

from ingest.readers.tables._batch import (
    BATCH_ROWS,
    MAX_CELL,
    MAX_COLUMNS,
    RowBatch,
    RowFault,
    Table,
    TableInfo,
)
from ingest.readers.tables._open import SUFFIXES, is_table, open_table

__all__ = [
    "BATCH_ROWS",
    "MAX_CELL",
    "MAX_COLUMNS",
    "SUFFIXES",
    "RowBatch",
    "RowFault",
    "Table",
    "TableInfo",
    "is_table",
    "open_table",
]
