"""Print the scores of corpus/ as the floors that tests/test_corpus.py holds them to.

python scripts/floors.py > floors.new && mv floors.new corpus/floors.toml
"""

import json
from pathlib import Path

from reportparse.evaluate import score
from reportparse.gold import pairs_in

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def main() -> None:
    print(
        "# Facts right (strictly, and by key and value) at the least, and wrong at the most; fields that come out wrong:"
    )
    print("# made by scripts/floors.py\n")
    for document, gold in pairs_in([CORPUS]):
        one = score(document, gold)
        wrong = one.strict.got - one.strict.right
        fields = [fault.partition(":")[0] for fault in one.fields]
        known = f", fields = {json.dumps(fields)}" if fields else ""
        print(f"{one.name} = {{ right = {one.strict.right}, keyed = {one.keyed.right}, wrong = {wrong}{known} }}")


if __name__ == "__main__":
    main()
