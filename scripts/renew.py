"""Pin the packages again, after a version in requirements.txt was changed.

Writes requirements.txt, and those of the tests and the benchmarks. The first part of each file, what we ask for
and why, is yours to edit; the hashes and the second part are worked out anew by uv, which must be
installed (python3 -m pip install uv) and needs the internet. With --newer it takes the newest version of each package
that begins with the same number, and lists, as Markdown, what changed. Then mend the table in README.md, and test.
"""

import argparse
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


def newer(pins):
    """Return what to ask for when any version will do that begins with the same number: ``mkdocs>=1.6.1,<2``."""
    asked = []
    for pin in pins:
        name, _, version = pin.partition("==")
        asked.append(f"{name}>={version},<{int(version.split('.')[0]) + 1}")
    return asked


def raised(text, resolved):
    """Return a requirements file whose first part asks for the versions that uv chose."""
    first, mark, rest = text.partition(PULLED_IN)
    chosen = {plain_name(found[1]): found[0].partition("==")[2] for found in PIN.finditer(resolved)}
    first = PIN.sub(lambda pin: f"{pin[1]}=={chosen[plain_name(pin[1])]}", first)
    return f"{first}{mark}{rest}"


def changed(before, after):
    """Return each pin of the first part that changed, as a list in Markdown."""
    old, new = asked_for(before), asked_for(after)
    return "".join(f"- {old[name]} → {pin.partition('==')[2]}\n" for name, pin in new.items() if old[name] != pin)


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


def renew(to_newer=False):
    """Write all three files again; return what changed in their first parts."""
    told, pinned = "", set()
    for folder in ("", "tests", "benchmarks"):
        file = ROOT / folder / "requirements.txt"
        constraint = ROOT / "requirements.txt" if folder else None
        before = text = file.read_text(encoding="utf-8")
        if to_newer:
            text = raised(text, resolve(newer(asked_for(text).values()), constraint))
        text = rewritten(text, resolve(asked_for(text).values(), constraint), pinned)
        file.write_text(text, encoding="utf-8")
        told += changed(before, text)
        pinned = pinned or {plain_name(found[1]) for found in PIN.finditer(text)}
    return told


def main():
    """Read the command line and renew; return 0, or 1 with a plain message."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newer", action="store_true", help="take newer versions, and list them")
    try:
        print(renew(parser.parse_args().newer), end="")
    except FileNotFoundError:
        print("Renewing needs uv, which is not here. Install it: python3 -m pip install uv", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError:
        print("uv found no set of packages that fits. Its own words stand above. Nothing was lost.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
