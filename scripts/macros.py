"""The adapter between the package and the macros plugin. It registers; it does not think.

The engine may call :func:`define_env` many times and in any order.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from coproduction import dates, pages, reading
from coproduction.addresses import way_between_files, way_on_the_site
from coproduction.linked_data import About
from coproduction.tables import Around, Tables, printed


def define_env(env):
    """Give every macro of :class:`Tables` to the pages."""
    root = Path(env.project_dir)
    library = reading.read(root / "docs" / "data")
    today, metas = dates.told(), pages.metas(root)
    due = [tuple(of(library, metas, today)) if today else () for of in (dates.late, dates.soon)]
    given = env.conf["extra"]
    there = (bool(given.get(setting)) for setting in ("forms", "edit_page"))
    around = Around(today, given.get("email", ""), pages.harder(root), *due, *there)
    edit_line, site_url = given.get("edit_line", ""), env.conf.get("site_url") or ""

    def page_and_way():
        # mkdocs knows a page's file. Its successor knows a path, and turns links between files into addresses.
        if hasattr(env.page, "path"):
            return env.page.path, way_between_files
        return env.page.file.src_uri, way_on_the_site

    def register(name):
        def macro(*ids):
            page, way = page_and_way()
            about = About(env.page.meta.get("title", ""), env.page.meta.get("description", ""))
            return printed(library, page, name, ids, edit_line, site_url, way, about, around)

        env.macro(macro, name)

    for name in Tables.MACROS:
        register(name)
