"""What an item says, title and text together: as it is scored and read."""

import sqlalchemy as sa

from collector.store import schema

_TITLE = sa.func.nullif(schema.items.c.title, "")
_TEXT = sa.func.nullif(schema.items.c.text, "")
SCORED_TEXT = sa.func.coalesce(_TITLE + "\n" + _TEXT, _TEXT, _TITLE)
