"""The evaluation data: beside the repository, never in it."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path


def evaluation_data(given: str) -> Path:
    """The folder of --data. Raises ArgumentTypeError, one line and exit code 2, without it."""
    folder = Path(given)
    if not (folder / "events.json").is_file():
        raise ArgumentTypeError(
            f"no evaluation data in {folder}: they stand beside the project, in ../shared/data, "
            "and are no part of the repository; without them this benchmark cannot run"
        )
    return folder


def needed_by(parser: ArgumentParser, part: str | None, parts: frozenset[str], data: str) -> None:
    """Ends as a wrong --data does where the part that is asked for, or one of all, reads the
    evaluation data and they are not there."""
    if part is None or part in parts:
        try:
            evaluation_data(data)
        except ArgumentTypeError as error:
            parser.error(f"argument --data: {error}")
