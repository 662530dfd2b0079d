"""Rules on the settings."""

from coproduction import settings
from tiny import ADDRESS, ROOT, switches, with_settings

from cases import Case, built

SHAPES = f"custom_dir: '{(ROOT / 'overrides').as_posix()}'"
SITE_URL = f"site_url: {ADDRESS}"
OWNED = {"mkdocs.yml": with_settings(switches(), "https://garden.org.uk/")}

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
    Case("word-unknown", "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false"),
    Case("word-unknown", "mkdocs.yml", "strict: true", "strict: false"),
    Case("word-unknown", "mkdocs.yml", "font: false", "font: true"),
    Case("word-unknown", "mkdocs.yml", "module_name: scripts/macros", "module_name: scripts/macro"),
    Case("word-unknown", "mkdocs.yml", "on_undefined: strict", "on_undefined: keep"),
    Case("key-unknown", "mkdocs.yml", "      on_undefined: strict\n", "      on_undefined: strict\n      include_dir: /etc\n", at="include_dir"),
    Case("not-a-block", "mkdocs.yml", "plugins:\n", "plugins:\n  - search\n", at="- search"),
    Case("extension-unknown", "mkdocs.yml", "  - def_list", "  - def_lists"),
    Case("extension-unknown", "mkdocs.yml", "  - tables\n", "  - tables\n  - pymdownx.snippets:\n      base_path: [/etc]\n", at="snippets"),
    Case("shapes-elsewhere", "mkdocs.yml", SHAPES, "custom_dir: docs"),
    Case("site-name-too-long", "mkdocs.yml", "site_name: Co-production", "site_name: Co-production in all of the county"),
    Case("not-a-list", "mkdocs.yml", "nav:\n", "nav: all\nalso:\n", at="nav:"),
    Case("not-a-block", "mkdocs.yml", "extra:\n", "extra: none\nalso:\n", at="extra:"),
    Case("not-yaml", "mkdocs.yml", "strict: true", "strict: [true"),
    Case("hash-in-text", "mkdocs.yml", "site_name: Co-production", "site_name: Our #1 garden"),
    Case("yaml-shortcut", "mkdocs.yml", "extra:", "extra: &a\n  more: *a"),
    Case("yaml-shortcut", "mkdocs.yml", "strict: true", "strict: !!python/name:os.system"),
    Case("yaml-shortcut", "mkdocs.yml", "nav:\n", "nav: &n\n  - *n\n"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: https://code.example/edit/main/"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_line: ""', "edit_line: 'https://code.example/{path}#L{number}'"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: code.example/edit/{path}"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_page: ""', "edit_page: https:///edit/{path}"),
    Case("edit-address-wrong", "mkdocs.yml", 'edit_line: ""', "edit_line: javascript:alert('{path}')"),
    Case("edit-address-wrong", "mkdocs.yml", 'forms: ""', "forms: /issues/new?template={form}"),
    Case("site-url-wrong", "mkdocs.yml", SITE_URL, 'site_url: "https://[::1"'),
    Case("site-url-wrong", "mkdocs.yml", SITE_URL, "site_url: garden.org.uk"),
    Case("nobodys-address", "mkdocs.yml", "garden.org.uk", "garden.example", given=OWNED, seen_by=settings.release_findings),
    Case("nobodys-address", "mkdocs.yml", "site_url:", "#", at="", given=OWNED, seen_by=settings.release_findings),
    Case("engine-refuses-settings", "mkdocs.yml", "anchorlink_class: cp-anchor", "anchorlink_class: 42", at="", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "  - def_list\n", "  - def_list: {}\n    x: 1\n", at="markdown_extensions:", seen_by=built),
    Case("engine-refuses-settings", "mkdocs.yml", "anchorlink: true", "anchorlink: maybe", at="- toc:", seen_by=built),
]  # fmt: skip
