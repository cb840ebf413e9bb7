"""Bounds of what an import reads. Beyond a bound a row is bad, or the file is refused."""

LONGEST_CELL = 1_000_000
"""Characters of one cell."""
LONGEST_LINE = 8_000_000
"""Characters of one line of text, or of one object of a JSON array."""
MOST_COLUMNS = 1_000
LARGEST_GROUP = 2 * 1024**3
"""Bytes of one row group of a Parquet file, unpacked: it is read as a whole."""
MOST_ROWS = 200_000_000
"""Rows that a Parquet file may claim."""
LONGEST_ID = 500
LONGEST_WORD = 100
"""Characters of a version, language, source or app_id."""
