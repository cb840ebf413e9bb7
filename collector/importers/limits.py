"""Bounds of what an import reads. Beyond a bound a row is bad, or the file is refused."""

LONGEST_CELL = 1_000_000
"""Characters of one cell."""
LONGEST_LINE = 8_000_000
"""Characters of one line of text, or of one object of a JSON array."""
LARGEST_DOCUMENT = 256 * 1024**2
"""Bytes of one JSON document, which is read at once."""
LARGEST_UNPACKED = 8 * 1024**3
"""Bytes of a file within a zip or gzip."""
LARGEST_SHEET = 256 * 1024**2
"""Bytes of a spreadsheet unpacked, which is read at once."""
MOST_RATIO = 200
"""Bytes that one packed byte may become: text packs to a tenth, a bomb to a thousandth."""
MOST_COLUMNS = 1_000
LARGEST_GROUP = 2 * 1024**3
"""Bytes of one row group of a Parquet file, unpacked: it is read as a whole."""
MOST_ROWS = 200_000_000
"""Rows that a Parquet file may claim."""
LONGEST_ID = 500
LONGEST_WORD = 100
"""Characters of a version, language, source or app_id."""
