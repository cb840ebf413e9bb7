"""Files as rows: one file a container (CSV, JSON, workbooks, Parquet, zip)."""
