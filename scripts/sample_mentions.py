"""Draw mentions by chance from documents, each in its reading and with the words around it, to be read by eye.

    python scripts/sample_mentions.py ../shared/real --count 300 --seed 20261128 > sample.tsv

Mentions in tables are left out. A row holds: number, file, place, words before, the figure, words after, and what was
read: label, aspect, value with its sign, basis, period, the key if it is bound, and of what figure a share or change is.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from reportparse import Report, parse
from reportparse.model import Fact, Mention
from reportparse.readers import read

FORMATS = {".txt", ".md", ".pdf", ".docx", ".html"}
BEFORE, AFTER = 160, 30


def rows(report: Report, text: str) -> Iterator[list[str]]:
    facts = {fact.id: fact for fact in report}
    bound: dict[str, list[Fact]] = {}
    for fact in report:
        if fact.mention is not None:
            bound.setdefault(fact.mention, []).append(fact)
    found: list[tuple[Fact | Mention, str, str]] = [
        (some[0], " / ".join(fact.key for fact in some), facts[some[0].base].quote or "" if some[0].base else "")
        for some in bound.values()
    ]
    found += [(mention, "", "") for mention in report.unclaimed]
    for one, key, base in found:
        if one.where == "table" or one.span is None:
            continue
        start, end = one.span
        around = [text[max(0, start - BEFORE) : start], text[start:end], text[end : end + AFTER]]
        read_as = [
            one.label or "",
            one.aspect,
            f"{one.state}:{one.value}",
            one.basis or "",
            one.period or "",
            key,
            base,
        ]
        yield [report.source.name, f"{start}-{end}", *("".join(part.split()) for part in (*around, *read_as))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    every: list[list[str]] = []
    for path in sorted(options.folder.rglob("*")):
        if path.suffix in FORMATS and path.name != "INDEX.md":
            document = read(path)
            every += rows(parse(document), document.text)
    drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))
    for number, row in enumerate(drawn, 1):
        print("\t".join([str(number), *row]))


if __name__ == "__main__":
    main()
