"""A build that is killed leaves the last good site whole, at whatever moment that happens.

Between the two renamings of the swap there is an instant without a site: no system that we know of can exchange two
folders in one step everywhere. The next build, a good one or not, brings the last good site back.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from coproduction import pipeline
from coproduction.findings import report
from test_mutations import snapshot
from tiny import change, tiny_site

MOMENTS = 20
# Builds once and says how often it touched a file, and at which of these times it renamed a folder. Then builds again and
# again, each time in a process of its own that is killed when it is about to touch the n-th file.
_KILLED = """
import importlib, os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from coproduction import pipeline, serving
for module in serving.LOADED_BEFOREHAND:
    importlib.import_module(module)
project, *sites = sys.argv[2:]

def build(into, moment):
    touched, renamed = 0, []
    def hear(event, arguments):
        nonlocal touched
        if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir") and str(into.parent) in str(arguments[0]):
            touched += 1
            if event == "os.rename":
                renamed.append(touched)
            if touched == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hear)
    found = pipeline.build(Path(project), into)
    assert not found, found
    return touched, *renamed

def in_a_process_of_its_own(into, moment):
    child = os.fork()
    if not child:
        print(*build(into, moment), flush=True)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

for site in map(Path, sites):
    print("ended with", in_a_process_of_its_own(site, int(site.parent.name)), flush=True)
"""


def builds(root: Path, project: Path, sites: list[Path]) -> list[str]:
    """What the builds of these sites said and ended with, each killed at the moment that its folder is named for; 0 is never."""
    command = [sys.executable, "-c", _KILLED, root / "scripts", project, *sites]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600"}
    done = subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def drawn(touched: int, renamed: list[int]) -> list[int]:
    """Twenty moments of a build: all those about its swap, and one from each equal stretch of the rest, drawn by the seed."""
    about_the_swap = sorted({moment for at in renamed for moment in (at - 1, at, at + 1)})
    stretches = MOMENTS - len(about_the_swap)
    others = [moment for moment in range(1, touched + 1) if moment not in about_the_swap]
    ends = [len(others) * stretch // stretches for stretch in range(stretches + 1)]
    chance = random.Random(os.environ["COPRODUCTION_SEED"])
    return about_the_swap + [chance.choice(others[begin:end]) for begin, end in zip(ends, ends[1:])]


@pytest.mark.long
@pytest.mark.skipif(
    not hasattr(signal, "SIGKILL") or not hasattr(os, "fork"), reason="this system cannot kill a build at a chosen moment"
)
def test_a_build_that_is_killed_at_any_moment_leaves_the_last_good_site_whole(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    project, old, new = tiny_site(tmp_path / "project"), tmp_path / "old", tmp_path / "0" / "site"
    assert pipeline.build(project, old) == []
    change(project / "docs" / "taking-part.md", "You can say no.", "You can always say no.")
    shutil.copytree(old, new)  # so that there is something to swap, and to take away
    said, ended = builds(root, project, [new])
    touched, *renamed = map(int, said.split())
    assert ended == "ended with 0" and touched > 500 and len(renamed) == 2
    old_site, new_site = snapshot(old), snapshot(new)
    assert old_site != new_site

    moments = drawn(touched, renamed)
    assert len(set(moments)) == MOMENTS and set(renamed) < set(moments)
    sites = [Path(shutil.copytree(old, tmp_path / str(moment) / "site")) for moment in moments]
    assert builds(root, project, sites) == [f"ended with {-signal.SIGKILL}"] * MOMENTS
    change(project / "docs" / "taking-part.md", "You can always say no.", "[No](nothing.md)")
    assert [moment for moment, site in zip(moments, sites) if not site.exists()], "none was killed between the two renamings"
    for moment, site in zip(moments, sites):
        was_there = site.exists()
        assert report(pipeline.build(project, site)) != report([]), "this build should have found the link that leads nowhere"
        assert snapshot(site) in ((old_site, new_site) if was_there else (old_site,)), f"killed at {moment} of {touched}"

    change(project / "docs" / "taking-part.md", "[No](nothing.md)", "You can always say no.")
    assert pipeline.build(project, sites[0]) == []
    assert snapshot(sites[0]) == new_site
    assert [path.name for path in (sites[0].parent / ".build").iterdir()] == ["site.lock"]  # which nobody holds any more
