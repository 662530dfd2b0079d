"""Pin the packages again, after a version in requirements.txt was changed.

Writes requirements.txt, and those of the tests and the benchmarks. The first part of each file, what we ask for
and why, is yours to edit; the hashes and the second part are worked out anew by uv, which must be
installed (python3 -m pip install uv) and needs the internet.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11.5"
PULLED_IN = "# --- What those ask for"
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==\S+", re.MULTILINE)


def plain_name(name):
    """Return the name of a package as an index spells it: ``PyYAML`` becomes ``pyyaml``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(text):
    """Return the pins of the first part of a file, by plain name: ``{"pyyaml": "PyYAML==6.0.3"}``."""
    first_part = text.partition(PULLED_IN)[0]
    return {plain_name(found[1]): found[0] for found in PIN.finditer(first_part)}


def blocks(resolved):
    """Split uv's answer into one block of lines for each package, by plain name."""
    starts = [found.start() for found in PIN.finditer(resolved)] + [len(resolved)]
    parts = [resolved[start:end].rstrip() for start, end in zip(starts, starts[1:])]
    return {plain_name(PIN.match(part)[1]): part for part in parts}


def rewritten(text, resolved, elsewhere=()):
    """Return a requirements file with fresh hashes and a fresh second part.

    ``text`` is the file as it was, ``resolved`` uv's answer for its first part, and ``elsewhere``
    the plain names of packages that another file pins already.
    """
    fresh = blocks(resolved)
    asked = asked_for(text)
    lines = []
    for line in text.partition(PULLED_IN)[0].splitlines():
        pin = PIN.match(line)
        if pin:
            lines.append(without_via(fresh[plain_name(pin[1])], asked[plain_name(pin[1])]))
        elif not line.lstrip().startswith("--hash="):
            lines.append(line)
    rest = [part for name, part in fresh.items() if name not in asked and name not in elsewhere]
    return "\n".join([*lines, PULLED_IN, "", *(without_constraint(part) for part in rest), ""])


def without_via(block, pin):
    """Return one package's block with our spelling of its name, and without the list of who asks for it."""
    return PIN.sub(pin, block.partition("\n    # via")[0], count=1)


def without_constraint(block):
    """Return one package's block without the names of files among those who ask for it."""
    return re.sub(r"\n    #   -[cr] \S+", "", block)


def resolve(pins, constraint=None):
    """Ask uv for the exact versions and hashes of everything that ``pins`` need, for every platform."""
    command = ["uv", "pip", "compile", "-", "--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
    command += ["--no-header", "--no-emit-index-url", "--quiet", "--no-python-downloads"]
    if constraint:
        command += ["--constraint", str(constraint)]
    done = subprocess.run(command, input="\n".join(pins), stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    return done.stdout


def renew():
    """Write all three files again."""
    site = ROOT / "requirements.txt"
    site_text = site.read_text(encoding="utf-8")
    site_text = rewritten(site_text, resolve(asked_for(site_text).values()))
    site.write_text(site_text, encoding="utf-8")
    pinned = {plain_name(found[1]) for found in PIN.finditer(site_text)}
    for folder in ("tests", "benchmarks"):
        more = ROOT / folder / "requirements.txt"
        text = more.read_text(encoding="utf-8")
        more.write_text(rewritten(text, resolve(asked_for(text).values(), site), pinned), encoding="utf-8")


def main():
    """Read the command line and renew; return 0, or 1 with a plain message."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    try:
        renew()
    except FileNotFoundError:
        print("Renewing needs uv, which is not here. Install it: python3 -m pip install uv", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError:
        print("uv found no set of packages that fits. Its own words stand above. Nothing was lost.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
