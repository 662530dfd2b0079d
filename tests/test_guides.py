"""What README.md and CONTRIBUTING.md say of the project is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from coproduction import settings
from coproduction.model import Change, Record, Suggestion
from test_model import made
from tiny import write

# How a file says that nobody owns this copy.
UNOWNED = re.compile(
    r"no one owns|nobody has (been named|promised)|no organisation stands|not settled who|no money yet|not been published"
    r"|copy (of the site )?(has no inbox|yet\.)|whoever keeps a copy|nobody is paid for",
    re.I,
)
# Where they go by the settings, and by what an owner has agreed to.
BY_SETTINGS = {f"scripts/coproduction/templates/{name}.html" for name in ("door", "review_kit", "statement", "ways_now")}
BY_SETTINGS |= {"overrides/partials/cp-end.html"}


def list_of_unowned(readme: str) -> dict[str, list[str]]:
    """The files that have such words by hand, as README.md lists them, each with what it quotes of it."""
    part = readme.partition("## Before you publish")[2].partition("\n## ")[0].partition("| file |")[2].partition("\n\n")[0]
    return {file: re.findall("“(.*?)”", said) for file, said in re.findall(r"^ *\| `(.*?)` \| (.*) \|$", part, re.MULTILINE)}


def files(root: Path) -> Iterator[tuple[str, str]]:
    """Each file with words for readers and contributors, and its words in one line."""
    parts = ("*.md", "docs/**/*.md", "docs/data/*.yml", "overrides/**/*.html", "scripts/coproduction/templates/*", ".github/**/*.yml")
    for path in sorted(path for pattern in parts for path in root.glob(pattern)):
        yield path.relative_to(root).as_posix(), " ".join(path.read_text(encoding="utf-8").replace("**", "").split())


def saying_so(root: Path) -> set[str]:
    return {file for file, text in files(root) if UNOWNED.search(text)} - BY_SETTINGS - {"README.md"}


def test_every_file_that_says_that_nobody_owns_this_copy_is_listed_for_its_owner(root: Path) -> None:
    listed = list_of_unowned((root / "README.md").read_text(encoding="utf-8"))
    missing = {file for file in saying_so(root) if not any(file == each or (each.endswith("/") and file.startswith(each)) for each in listed)}
    assert missing == set() and len(listed) > 5


def test_a_page_that_begins_to_say_so_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, {"docs/beds/dig.md": "This copy of the site has no\ninbox yet.", "docs/plant.md": "We have an inbox.", "overrides/partials/cp-end.html": "no inbox"})
    assert saying_so(tmp_path) == {"docs/beds/dig.md"}


def test_what_an_owner_is_to_change_stands_where_the_list_says(root: Path) -> None:
    if not settings.before_launch(root).startswith(f"Before launch, set in {settings.SETTINGS}: site_url"):
        pytest.skip("The site has an owner, who changes these words one by one.")
    texts = dict(files(root))
    for file, quoted in list_of_unowned((root / "README.md").read_text(encoding="utf-8")).items():
        found = [text for name, text in texts.items() if name == file or (file.endswith("/") and name.startswith(file))]
        assert found and quoted, file
        for words in quoted:
            assert any(words.casefold() in text.casefold() for text in found), f"{file}: {words}"


def test_the_guide_names_every_room_and_no_other(root: Path) -> None:
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The rooms")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)`", guide, re.MULTILINE)
    assert sorted(named) == sorted(path.stem for path in (root / "scripts" / "coproduction").glob("*.py") if path.stem != "__init__")


def test_the_guide_shows_a_change_that_can_exist_and_explains_each_of_its_keys(root: Path) -> None:
    part = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## What happens to your change")[2].partition("\n## ")[0]
    (shown,) = yaml.safe_load(re.search(r"```yaml\n(.*?)```", part, re.DOTALL)[1])
    assert made(Change, **{**shown, "suggested": Suggestion(**shown["suggested"])}).last_changed <= made(Change, "change-today").reviewed
    told = set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))
    of_its_own = (set(Change.model_fields) | set(Suggestion.model_fields)) - set(Record.model_fields)
    assert told == of_its_own - {"name", "at", "locked"}  # what every record has, what says itself, and what the check writes
