"""Print scores as the floors that tests hold them to.

python scripts/floors.py > floors.new && mv floors.new corpus/floors.toml
python scripts/floors.py ../shared/real --gold tests/gold > floors.new && mv floors.new tests/gold/floors.toml
"""

import argparse
import json
from pathlib import Path

from reportparse.evaluate import Score, score
from reportparse.gold import pairs_in

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--gold", type=Path, help="where the gold stands, if not beside the documents")
    options = parser.parse_args()
    print(
        "# Facts right (strictly, and by key and value) at the least, and wrong at the most; fields that come out wrong:"
    )
    print("# made by scripts/floors.py\n")
    test: list[Score] = []
    for document, gold in pairs_in([options.folder], options.gold):
        if document.parent.name == "pdf":
            continue  # the same report once more
        one = score(document, gold)
        if one.half == "test":
            test.append(one)
            continue
        wrong = one.strict.got - one.strict.right
        fields = [fault.partition(":")[0] for fault in one.fields]
        known = f", fields = {json.dumps(fields)}" if fields else ""
        print(f'"{one.name}" = {{ right = {one.strict.right}, keyed = {one.keyed.right}, wrong = {wrong}{known} }}')
    if test:
        right, keyed = sum(one.strict.right for one in test), sum(one.keyed.right for one in test)
        wrong = sum(one.strict.got - one.strict.right for one in test)
        fields = sum(len(one.fields) for one in test)
        print("\n# All of the test half: by document its scores would say where to look.")
        print(
            f'"test" = {{ files = {len(test)}, right = {right}, keyed = {keyed}, wrong = {wrong}, fields = {fields} }}'
        )


if __name__ == "__main__":
    main()
