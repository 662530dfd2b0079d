"""Rules on the settings."""

from coproduction import settings
from tiny import switches

from cases import Case, built

ADDRESS = "site_url: https://co-production.example/"
OWNED = {"mkdocs.yml": switches().replace(ADDRESS, "site_url: https://garden.org.uk/")}

CASES = [
    Case("settings-missing", "mkdocs.yml", "", "", gone=True),
    Case("key-missing", "mkdocs.yml", "site_name: Co-production\n", "", at="site_description"),
    Case("key-missing", "mkdocs.yml", "  anchors: warn\n", "", at="validation:"),
    Case("key-unknown", "mkdocs.yml", "email:", "emial:"),
    Case("key-unknown", "mkdocs.yml", "strict: true", "strict: true\nhooks:\n  - run.py", at="hooks:"),
    Case("key-twice", "mkdocs.yml", "strict: true", "strict: true\nstrict: false", at="strict: false"),
    Case("key-not-a-word", "mkdocs.yml", "use_directory_urls: true", "? [a, list]\n: true", at="? [a"),
    Case("word-unknown", "mkdocs.yml", "name: material", "name: materiel"),
    Case("word-unknown", "mkdocs.yml", "anchors: warn", "anchors: ignore"),
    Case("value-empty", "mkdocs.yml", 'email: ""', "email:"),
    Case("value-unreal", "mkdocs.yml", "site_name: Co-production", "site_name: !ENV HOME"),
    Case("not-text", "mkdocs.yml", "site_name: Co-production", "site_name: !ENV [HOME, x]"),
    Case("not-yes-or-no", "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: maybe"),
    Case("not-a-list", "mkdocs.yml", "nav:\n", "nav: all\nalso:\n", at="nav:"),
    Case("not-a-block", "mkdocs.yml", "extra:\n", "extra: none\nalso:\n", at="extra:"),
    Case("not-yaml", "mkdocs.yml", "strict: true", "strict: [true"),
    Case("hash-in-text", "mkdocs.yml", "site_name: Co-production", "site_name: Our #1 garden"),
    Case("yaml-shortcut", "mkdocs.yml", "extra:", "extra: &a\n  more: *a"),
    Case("yaml-shortcut", "mkdocs.yml", "strict: true", "strict: !!python/name:os.system"),
    Case("yaml-shortcut", "mkdocs.yml", "nav:\n", "nav: &n\n  - *n\n"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: https://code.example/edit/main/"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_line: ""', "edit_line: 'https://code.example/{path}#L{number}'"),
    Case("site-url-wrong", "mkdocs.yml", ADDRESS, 'site_url: "https://[::1"'),
    Case("site-url-wrong", "mkdocs.yml", ADDRESS, "site_url: garden.org.uk"),
    Case("nobodys-address", "mkdocs.yml", "garden.org.uk", "garden.example", given=OWNED, seen_by=settings.release_findings),
    Case("nobodys-address", "mkdocs.yml", "site_url:", "#", at="", given=OWNED, seen_by=settings.release_findings),
    Case("engine-refuses-settings", "mkdocs.yml", "module_name: scripts/macros", "module_name: scripts/macro", at="", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "on_undefined: strict", "on_undefined: stern", at="", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "anchorlink_class: cp-anchor", "anchorlink_class: 42", at="", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "  - def_list", "  - def_lists", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "anchorlink: true", "anchorlink: maybe", at="- toc:", seen_by=built),
]  # fmt: skip
