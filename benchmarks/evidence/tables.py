"""What the benchmarks of the evidence write into docs/evidence.md, between their marks."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
CAUSES = ("release", "service", "external", "promotion", "launch")


def put(text: str, mark: str) -> None:
    """Replaces what stands between two marks."""
    page = DOCS.read_text("utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(begin)
    DOCS.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}", "utf-8")


def show(result: Mapping[str, Any]) -> None:
    """The result as text."""
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for name, entry in value.items():
                print(f"    {name:28} {entry}")
        else:
            print(f"{key:32} {value}")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def with_rates(page: str, cells: Mapping[str, Sequence[str]]) -> str:
    """The page with the measured columns of the table of signals, its last ones, made anew."""

    def row(match: re.Match[str]) -> str:
        name = match[1]
        if name not in cells:
            return match[0]
        kept = match[0].strip("|").split("|")[: -len(cells[name])]
        return "|" + "|".join(kept) + "|" + "".join(f" {cell} |" for cell in cells[name])

    return re.sub(r"^\| `(\w+)` \|(?:[^|\n]*\|){7}$", row, page, flags=re.MULTILINE)


def put_rates(cells: Mapping[str, Sequence[str]]) -> None:
    """Writes the measured columns of the table of signals."""
    DOCS.write_text(with_rates(DOCS.read_text("utf-8"), cells), "utf-8")


def cause_page(result: Mapping[str, Any]) -> str:
    """Two tables and the misses, of the benchmark of the cause."""
    found, auc = result["calibration"], result["fault_against_external_auc"]
    low, high = result["fault_against_external_auc_interval"]
    others = {t: r for t, r in result["by_threshold"].items() if float(t) != result["threshold"]}
    waves = result["trump2020_answers"]
    rows = [
        ("events scored", (f"{result['events']} of {result['apps']} apps "
                          f"({result['unscored']} more have no known cause)")),
        ("decided", f"{result['decided']} ({result['share_decided']:.0%})"),
        ("right when decided", _right(result)),
        ("the same, what the questions read chosen without the app as well",
         _right(result["chosen_inside"])),
        ("the same, the threshold chosen without the app as well",
         _right(result["threshold_inside"])),
        (f"at a threshold of {', '.join(others)}", ", ".join(others.values())),
        ("mean probability when decided", f"{result['mean_probability_decided']:.2f}"),
        ("the commonest cause, always named", f"{result['majority_share']:.0%} right"),
        ("after the causes were dealt out anew",
         f"{result['shuffled_accuracy_decided']:.0%} right when decided"),
        ("fault against external, AUC",
         (f"{auc:.2f} ({result['fault_against_external']} negative and mixed swings; {low:.2f} to "
         f"{high:.2f}, apps drawn anew); "
         f"{result['chosen_inside']['fault_against_external_auc']:.2f} with what is read chosen "
         "inside")),
        ("best temperature of the probabilities",
         (f"{found['temperature']} (mean log loss {found['log_loss']:.2f}, then "
         f"{found['then']:.2f}); none is applied")),
        ("quiet windows with a verdict",
         (f"{result['quiet']['decided']:.1%} of {result['quiet']['windows']}; "
         f"{result['quiet']['decided_if_tenfold']:.0%} if each were taken for a tenfold swing")),
        ("waves of the coordinated-looking campaign",
         ", ".join(f"`{answer}`" for answer in waves)),
    ]  # fmt: skip
    confusion = [_confused(cause, result["confusion"].get(cause, {})) for cause in CAUSES]
    return "\n\n".join(
        (
            table(("", ""), rows),
            table(("true cause", "named right", "named wrong", "undetermined"), confusion),
            _misses(result["misses"]),
            "Simulated histories, apart from these: " + _simulated(result["simulated"]) + ".",
        )
    )


def detected_page(result: Mapping[str, Any]) -> str:
    """One paragraph on the swings that the detector finds."""
    low, high = result["right_interval"]
    decided, right = result["decided"], result["right"]
    causes = ", ".join(f"{n} `{cause}`" for cause, n in sorted(result["causes"].items()))
    return (
        f"Of {result['swings']} swings {result['with_listed_cause']} touch an event with a known "
        f"cause. {decided} of those are decided ({decided / result['with_listed_cause']:.0%}), "
        f"{right} right ({right / max(decided, 1):.0%}, 95 % interval {low:.0%} to {high:.0%}). "
        f"{_misses(result['misses'])} All swings, listed or not: {causes}."
    )


def speed_page(found: Mapping[str, float]) -> str:
    """Times and memory as a table."""
    rows = [
        (
            f"the {found['events']:.0f} events of up to 5,000 reviews, processor time",
            f"median {found['ordinary_median']:.2f} s, longest {found['ordinary_longest']:.2f} s",
            "2 s",
        ),
        (
            "100,000 reviews against a million, one core",
            (
                f"{found['large_seconds']:.0f} s, {found['large_peak_mb']:,.0f} MB at most, "
                "the reviews themselves included"
            ),
            "60 s, 2 GB",
        ),
    ]
    return table(("all signals on", "taken", "asked"), rows)


def _right(result: Mapping[str, Any]) -> str:
    if not result["decided"]:
        return "none decided"
    low, high = result["accuracy_interval"]
    return (
        f"{result['right']} of {result['decided']} ({result['accuracy_decided']:.0%}, "
        f"95 % interval {low:.0%} to {high:.0%})"
    )


def _confused(cause: str, answers: Mapping[str, int]) -> tuple[object, ...]:
    wrong = {a: n for a, n in answers.items() if a not in (cause, "undetermined")}
    told = ", ".join(f"{n} (`{answer}`)" for answer, n in sorted(wrong.items()))
    return cause, answers.get(cause, 0), told or 0, answers.get("undetermined", 0)


def _misses(misses: Sequence[Mapping[str, Any]]) -> str:
    told = [
        f"{m['app']}, `{m['truth']}` named `{m['answer']}` with {m['probability']:.2f}"
        for m in misses
    ]
    return f"Missed: {'; '.join(told)}." if told else "None is missed."


def _simulated(found: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(
        f"`{name}` " + ("right" if one["cause"] == one["truth"] else f"`{one['cause']}`")
        for name, one in found.items()
    )
