"""Rules on what stops a build."""

from contextlib import nullcontext
from pathlib import Path

from coproduction import environment
from coproduction.findings import Finding

from cases import Case, built


def beside_another(site: Path) -> list[Finding]:
    """What ``build.py`` finds, while another one runs if the site has a file that says so."""
    (site / ".build").mkdir(exist_ok=True)
    with environment.alone(site / ".build" / "built.lock") if (site / "beside").exists() else nullcontext():
        return built(site)


CASES = [
    Case("build-running", "beside", "", "A build runs as long as this file is here.", at="", found_in="built", seen_by=beside_another),
    Case("build-stopped", "scripts/macros.py", "def define_env(env):", "def define_env(env:", seen_by=built),
    Case("engine-warns", "docs/taking-part.md", "You can say no.", "You can [say no][1].\n\n[1]: nothing.md", at="", seen_by=built),
]  # fmt: skip
