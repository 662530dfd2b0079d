"""Ten first contributions, made in a fresh copy of the project; what people read is kept word for word."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from coproduction import wording
from rehearsals import REHEARSALS, Put, Rehearsal, Step, fresh, made, masked, shortened

pytestmark = pytest.mark.long
PAGE = Path("docs") / "help-improve" / "rehearsals.md"

each_rehearsal = pytest.mark.parametrize("rehearsal", REHEARSALS, ids=[one.id for one in REHEARSALS])


def kept(page: str) -> dict[str, str]:
    """The transcripts of the page, by the id of their heading."""
    parts = re.split(r"^(?=## .* \{: #[\w-]+ \}$)", page, flags=re.MULTILINE)[1:]
    return {re.search(r"#([\w-]+) \}", part)[1]: part.strip() + "\n" for part in parts}


@each_rehearsal
def test_each_contribution_is_told_what_the_page_says(rehearsal: Rehearsal, root: Path, tmp_path: Path) -> None:
    transcript, ends = made(rehearsal, fresh(root, tmp_path / "project", rehearsal.given))
    for step, status in ends:
        assert status == step.ends, transcript
    assert "Traceback" not in transcript and str(tmp_path) not in transcript
    page = (root / PAGE).read_text(encoding="utf-8")
    if os.environ.get("WRITE_TRANSCRIPTS"):
        written = kept(page) | {rehearsal.id: transcript if rehearsal is REHEARSALS[0] else shortened(transcript)}
        whole = [written[one.id] for one in REHEARSALS if one.id in written]
        page = page.partition("\n## ")[0].rstrip() + "\n\n" + "\n".join(whole)
        (root / PAGE).write_text(page, encoding="utf-8", newline="\n")
    assert masked(kept(page)[rehearsal.id]) == masked(transcript), (
        f"{PAGE.as_posix()} says something else. If the new words are right, run:\n"
        "    WRITE_TRANSCRIPTS=1 python3 scripts/test.py tests/test_rehearsals.py"
    )


def test_there_are_ten_and_the_page_keeps_no_other(root: Path) -> None:
    assert len(REHEARSALS) == 10
    assert list(kept((root / PAGE).read_text(encoding="utf-8"))) == [one.id for one in REHEARSALS]


def test_each_ends_well_and_what_goes_wrong_on_the_way_is_put_right() -> None:
    assert all(one.steps[-1].ends == 0 for one in REHEARSALS)
    assert sum(step.ends for one in REHEARSALS for step in one.steps) >= 7


def test_a_word_that_changed_is_noticed_and_a_number_is_not() -> None:
    said = "## A {: #a }\n\n  line 7: The key 'use' is missing.\n  5.1      6    120     0 of 12     docs/ladder.md\n"
    assert masked(said) == masked(said.replace("7", "19").replace("5.1", "4.9").replace("120", "98"))
    assert masked(said) != masked(said.replace("missing", "gone"))
    assert masked(f"{said}Checking: done in 2.4 s\n") == masked(said)


def test_what_is_changed_must_stand_there_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one one", encoding="utf-8")
    with pytest.raises(AssertionError, match="stands 2 times in a.md"):
        Put("a.md", old="one", new="two").make(tmp_path)
    step = Step("Once.", (Put("a.md", old="one one", new="two"),), "python3 scripts/check.py", 0)
    step.does[0].make(tmp_path)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "two"


def test_what_is_said_between_is_short() -> None:
    assert all(len(wording.words(step.says)) <= wording.LONG_SENTENCE for one in REHEARSALS for step in one.steps)
