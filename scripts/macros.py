"""The adapter between the package and the macros plugin. It registers; it does not think.

The engine may call :func:`define_env` many times and in any order.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from coproduction import reading
from coproduction.tables import Tables, printed


def define_env(env):
    """Give every macro of :class:`Tables` to the pages."""
    library = reading.read(Path(env.project_dir) / "docs" / "data")
    edit_line = env.conf["extra"].get("edit_line", "")

    def page():
        # mkdocs knows a page's file, its successor a path.
        return env.page.path if hasattr(env.page, "path") else env.page.file.src_uri

    def register(name):
        env.macro(lambda *ids: printed(library, page(), edit_line, name, ids), name)

    for name in Tables.MACROS:
        register(name)
