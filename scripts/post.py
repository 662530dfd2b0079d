"""Say at the code host what a scheduled job or a pull request found, once, and keep it up to date.

    post.py issue TITLE FILE     one standing issue: opened or mended with what FILE holds, closed when FILE is empty
    post.py comment COMMIT FILE [--preview ADDRESS]
                                 one comment on the pull request whose last commit this is: written, or mended when it is there

Asks through gh, the code host's own program, which is on its machines. FILE is only ever text: nothing in it is run.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

MOST = 60_000  # characters: the code host takes 65,536
MARK = "<!-- what this change does -->"
NO_WORDS = "This change touches no words now."
WHENCE = "_Written by a script, from the proposal itself. It can be wrong: please look at the change too._"


def gh(*words, told=None):
    """Run gh with these words, and with ``told`` as what it reads; return what it says."""
    return subprocess.run(["gh", *words], input=told, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True).stdout


def harmless(text):
    """Return ``text`` as a comment may show it: nobody is called by name, nothing is hidden, and no picture is loaded.

    A link shows its address, whether that stands beside its words or further down.
    """
    text = re.sub(r"](?=[(:])", "]\u200b", text.replace("![", "!\u200b["))
    text = re.sub(r"<(?=[/?!\w])", "<\u200b", text)
    return re.sub(r"@(?=\w)", "@\u200b", text)[:MOST]


def fitting(text):
    """Return the whole lines of ``text`` that the code host can take, and say when there are more."""
    if len(text) <= MOST:
        return text
    kept = text[:MOST].rpartition("\n")[0]
    return f"{kept}\n\nThere is more. It did not fit in here."


def issue(title, text):
    """Open, mend or close the standing issue; what a person wrote under the same title is let be."""
    wanted = ["--state", "open", "--search", f'in:title "{title}"', "--json", "number,title,author"]
    found = json.loads(gh("issue", "list", *wanted))
    numbers = [str(each["number"]) for each in found if each["title"] == title and each["author"].get("is_bot")]
    if text and numbers:
        gh("issue", "edit", numbers[0], "--body-file", "-", told=fitting(text))
    elif text:
        gh("issue", "create", "--title", title, "--body-file", "-", told=fitting(text))
    elif numbers:
        gh("issue", "close", numbers[0], "--comment", "Nothing is left of it.")


def comment(commit, text, preview=""):
    """Write the one comment on the pull request that ends in ``commit``, or mend it; a request that has moved on is let be."""
    seen = f"\n\nTo see it: [open this run]({preview}), and download “site-to-open” at its foot." if preview else ""
    open_now = json.loads(gh("pr", "list", "--state", "open", "--limit", "500", "--json", "number,headRefOid"))
    for number in [each["number"] for each in open_now if each["headRefOid"] == commit]:
        comments = "repos/{owner}/{repo}/issues"
        pages = json.loads(gh("api", "--paginate", "--slurp", f"{comments}/{number}/comments?per_page=100"))
        ours = [each["id"] for page in pages for each in page if each["user"]["type"] == "Bot" and each["body"].startswith(MARK)]
        if not text and not ours:
            continue
        where = ["--method", "PATCH", f"{comments}/comments/{ours[0]}"] if ours else [f"{comments}/{number}/comments"]
        gh("api", *where, "--input", "-", told=json.dumps({"body": f"{MARK}\n{harmless(text) or NO_WORDS}{seen}\n\n{WHENCE}"}))


def main():
    """Read the command line and post; return 0, or 1 with a plain message."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["issue", "comment"])
    parser.add_argument("where", help="the title of the issue, or the last commit of the pull request")
    parser.add_argument("file", type=Path, help="the file that holds the text")
    parser.add_argument("--preview", default="", help="where the site as it would be can be downloaded")
    arguments = parser.parse_args()
    try:
        text = arguments.file.read_text(encoding="utf-8", errors="replace").strip()
        if arguments.what == "issue":
            issue(arguments.where, text)
        else:
            comment(arguments.where, text, arguments.preview)
    except FileNotFoundError as error:
        missing = error.filename if error.filename != "gh" else "gh, the code host's own program"
        print(f"This needs {missing}, which is not here.", file=sys.stderr)
        return 1
    except (subprocess.CalledProcessError, ValueError) as error:
        print(f"The code host did not take it: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
