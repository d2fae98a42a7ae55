"""Documents as rows of frames: what an engine of one's own hands out and takes back."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import DEV
from reportparse import parse
from reportparse.batch import FRAME_SCHEMA, FrameParser

pandas = pytest.importorskip("pandas")
REPORTS = DEV[:4]


def test_a_row_goes_in_and_one_comes_out(tmp_path: Path) -> None:
    paths = [*map(str, REPORTS), str(tmp_path / "none.txt")]
    with FrameParser(seconds=60) as parser:
        made = parser(pandas.DataFrame({"path": paths}))
        empty = parser(pandas.DataFrame({"path": []}))
    columns = [column.split()[0] for column in FRAME_SCHEMA.split(", ")]
    assert list(made.columns) == list(empty.columns) == columns
    assert list(made.name) == paths
    assert list(made.code) == [None] * 4 + ["RP-READ-001"]
    for path, line, digest, facts in zip(REPORTS, made.line, made.sha256, made.facts, strict=False):
        expected = json.loads(parse(path).to_json())
        expected["source"]["name"] = str(path)
        assert json.loads(line) == expected
        assert digest == sha256(path.read_bytes()).hexdigest()
        assert facts == len(expected["facts"])
    assert json.loads(made.line[4])["error"]["code"] == "RP-READ-001"


def test_bytes_and_names_may_be_in_the_frame() -> None:
    frames = [pandas.DataFrame({"content": [path.read_bytes()], "name": [f"库/{path.name}"]}) for path in REPORTS[:2]]
    made = list(FrameParser(seconds=60).over(frames))
    assert [json.loads(frame.line[0])["source"]["name"] for frame in made] == [
        f"库/{path.name}" for path in REPORTS[:2]
    ]


def test_a_frame_that_says_nothing_of_documents_is_an_error() -> None:
    with FrameParser() as parser, pytest.raises(KeyError, match="path"):
        parser(pandas.DataFrame({"file": ["x.txt"]}))
