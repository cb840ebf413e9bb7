"""Networks: beside other programs, at ten million shares, under nulls, with planted groups."""
