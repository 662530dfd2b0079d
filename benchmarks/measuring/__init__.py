"""What the benchmarks share. It lets them import the package in ``scripts`` and what the tests have of hosts and queries."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "benchmarks"
WORK = ROOT / ".build" / "benchmarks"
REQUIREMENTS = ("requirements.txt", "tests/requirements.txt", "benchmarks/requirements.txt")

for folder in (ROOT / "tests" / "search", ROOT / "tests", ROOT / "scripts"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
