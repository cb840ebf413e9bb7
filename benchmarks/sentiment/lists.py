"""`python -m benchmarks.sentiment.lists --write`: the packed word lists, made again from them.

Without --write it only says whether the shipped file is the one that the lists give.
"""

import argparse

from analysis.sentiment import lexicon


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true")
    made, name = lexicon.listed(), lexicon.digest()
    if parser.parse_args().write:
        lexicon.PACKED.write_bytes(lexicon.packed(made, name))
    there = lexicon.PACKED.is_file()
    same = there and lexicon.unpacked(lexicon.PACKED.read_bytes(), name) == made
    print("as shipped" if same else "not as shipped")


if __name__ == "__main__":
    main()
