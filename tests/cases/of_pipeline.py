"""Rules on the settings, and on what stops a build."""

from coproduction import pipeline

from cases import Case, built

SETTINGS = {"mkdocs.yml": "site_url: https://garden.org.uk/\n"}

CASES = [
    Case("nobodys-address", "mkdocs.yml", "garden.org.uk", "garden.example", given=SETTINGS, seen_by=pipeline.release_findings),
    Case("nobodys-address", "mkdocs.yml", "site_url:", "site_name:", at="", given=SETTINGS, seen_by=pipeline.release_findings),
    Case("settings-missing", "mkdocs.yml", "", "", gone=True),
    Case("settings-unreadable", "mkdocs.yml", "use_directory_urls: true", "? [a, list]\n: true", at=""),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: https://code.example/edit/main/"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_line: ""', "edit_line: 'https://code.example/{path}#L{number}'"),
    Case("build-stopped", "scripts/macros.py", "def define_env(env):", "def define_env(env:", seen_by=built),
    Case("engine-warns", "docs/taking-part.md", "You can say no.", "You can [say no][1].\n\n[1]: nothing.md", at="", seen_by=built),
    Case("engine-warns", "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: maybe", at="", seen_by=built),
]  # fmt: skip
