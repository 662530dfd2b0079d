"""Rules on the settings, and on what stops a build."""

from contextlib import nullcontext
from pathlib import Path

from coproduction import environment, pipeline
from coproduction.findings import Finding

from cases import Case, built

SETTINGS = {"mkdocs.yml": "site_url: https://garden.org.uk/\n"}


def beside_another(site: Path) -> list[Finding]:
    """What ``build.py`` finds, while another one runs if the site has a file that says so."""
    (site / ".build").mkdir(exist_ok=True)
    with environment.alone(site / ".build" / "built.lock") if (site / "beside").exists() else nullcontext():
        return built(site)


CASES = [
    Case("nobodys-address", "mkdocs.yml", "garden.org.uk", "garden.example", given=SETTINGS, seen_by=pipeline.release_findings),
    Case("nobodys-address", "mkdocs.yml", "site_url:", "site_name:", at="", given=SETTINGS, seen_by=pipeline.release_findings),
    Case("settings-missing", "mkdocs.yml", "", "", gone=True),
    Case("settings-unreadable", "mkdocs.yml", "use_directory_urls: true", "? [a, list]\n: true", at=""),
    Case("yaml-shortcut", "mkdocs.yml", "extra:", "extra: &a\n  more: *a"),
    Case("yaml-shortcut", "mkdocs.yml", "strict: true", "strict: !!python/name:os.system"),
    Case("yaml-shortcut", "mkdocs.yml", "nav:\n", "nav: &n\n  - *n\n"),
    Case("key-twice", "mkdocs.yml", "strict: true", "strict: true\nstrict: false", at="strict: false"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: https://code.example/edit/main/"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_line: ""', "edit_line: 'https://code.example/{path}#L{number}'"),
    Case("site-url-wrong", "mkdocs.yml", "https://garden.org.uk/", '"https://[::1"', given=SETTINGS),
    Case("site-url-wrong", "mkdocs.yml", "https://garden.org.uk/", "garden.org.uk", given=SETTINGS),
    Case("build-running", "beside", "", "A build runs as long as this file is here.", at="", found_in="built", seen_by=beside_another),
    Case("build-stopped", "scripts/macros.py", "def define_env(env):", "def define_env(env:", seen_by=built),
    Case("engine-warns", "docs/taking-part.md", "You can say no.", "You can [say no][1].\n\n[1]: nothing.md", at="", seen_by=built),
    Case("engine-warns", "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: maybe", at="", seen_by=built),
]  # fmt: skip
