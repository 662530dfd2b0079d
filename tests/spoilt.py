"""Ways to spoil a file that people write: what they may type, paste or lose by accident, and what they may try on purpose.

Each is a :data:`Way`: it takes the bytes of a good file and a source of chance, and returns the bytes of a spoilt one.
Besides there are names that a file cannot have (:data:`NAMES`), and links and folders where a file should be (:data:`LINKS`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Way = Callable[[bytes, random.Random], bytes]

# Words that must never come to life on a page, lead out of the project or turn into something else.
PAYLOADS = (
    *("<script>alert(1)</script>", "</script><script src=//evil.example/x.js></script>", "<svg/onload=alert(1)>"),
    *('"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "<iframe src=https://evil.example/></iframe>"),
    *("</section></main><h1>Ours now</h1>", "<style>body{display:none}</style>", "<base href=https://evil.example/>"),
    *("<meta http-equiv=refresh content=0;url=https://evil.example/>", "<form action=https://evil.example/><input name=who>"),
    *("<a href=javascript:alert(1)>read on</a>", "[read on](javascript:alert(1))", "[read on](java&#115;cript:alert(1))"),
    *("![x](https://evil.example/seen.png)", "[x]: javascript:alert(1)", "<javascript:alert(1)>", "{: onclick=alert(1) }"),
    *("<!-- lost", "-->", "]]>", "<?php", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "&amp; & &nosuch;"),
    *("{{ 7*7 }}", "{{ config.extra }}", "{% include 'mkdocs.yml' %}", "{# gone #}", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    *("{{ ladder() }}", "{{", "}}", "${7*7} #{7*7} <%= 7*7 %>", "%s %n %(x)s {0} {x!r}", "$(reboot) `reboot` ; reboot"),
    *("\u202etfel ot thgir", "zero\u200bwidth\u200djoiner", "\ufeffmark", "soft\u00adhyphen", "a\u00a0hard space"),
    *("e\u0301\u0323 combining" + "\u0301" * 60, "\U0001f9d1\u200d\U0001f9bc", "\x07bell", "\x1b[2J", "\u2028line\u2029paragraph"),
    *("../../../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd", "javascript:alert(1)"),
    *("data:text/html,<script>alert(1)</script>", "//evil.example/", "http://[::1", 'https://evil.example/" onclick="alert(1)'),
    *("word-../../../escape", "WORD-SPADE", "word-spåde", "word-nothing-of-this-name", "word-spade", "ladder-co-production"),
    *("yes", "No", "on", "~", "null", "true", "2026-11-22", "2026-02-31", "22/11/2026", "2026-11", "0001-01-01", "9999-12-31"),
    *("0x1F", "012", "1:30", "1_000", "1e400", ".nan", "-.inf", "9" * 5000, "x" * 20_000, "x y " * 300),
    *("* * *", "    four spaces", "# Heading", "## Heading {: #main }", "| a | b |", "```", "!!! note", "> told", "[TOC]"),
    *("<area href=javascript:alert(1)>", "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>", "<plaintext>"),
    *("<svg><a><set attributeName=href to=javascript:alert(1) />x</a></svg>", "<table background=https://evil.example/x.png>"),
    *("<button formaction=https://evil.example/>x</button>", "<a href=words.md ping=https://evil.example/>x</a>", "<textarea>"),
    *("<div hidden>", "{: hidden }", "[read on](words.md){: href=https://evil.example/ }", "<video poster=//evil.example/x.png>"),
    *("~~~ see this\n<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>\n~~~", "Title\n-----", "##Title", "<details>"),
    *("\u2066turned\u2069", "no\ufffecharacter", "word-" + "a" * 1_900, "[a](" * 475, "![" * 950, "<code " * 330, "a " * 900),
    *("\\", '"', "''", ":", "- ", "? ", "@at", "the #1 garden", "a: b", "", " ", "…", "?", "[name]", "TODO"),
)


# -------------------------------------------------------------------- places in a file

_PAIR = re.compile(rb"(?P<before>[ ]*(?:- )?(?:[a-z_]+: +)?)(?P<value>\S.*)")


def _lines(text: bytes) -> list[bytes]:
    return text.split(b"\n")


def _some(text: bytes, chance: random.Random, fits: Callable[[bytes], object] = bool) -> int:
    """The number of a line that fits, or of any where none does."""
    lines = _lines(text)
    return chance.choice([number for number, line in enumerate(lines) if fits(line)] or range(len(lines)))


def _instead(text: bytes, number: int, *lines: bytes) -> bytes:
    whole = _lines(text)
    return b"\n".join([*whole[:number], *lines, *whole[number + 1 :]])


def _for_a_value(write: Callable[[random.Random], str]) -> Way:
    """Something else where a value stood."""

    def way(text: bytes, chance: random.Random) -> bytes:
        number = _some(text, chance, re.compile(rb"\s*(- )?[a-z_]+: +\S|\s*- ").match)
        match = _PAIR.fullmatch(_lines(text)[number])
        before = match["before"] if match else b""
        return _instead(text, number, before + write(chance).encode("utf-8", "surrogatepass"))

    return way


def _payload(write: Callable[[str], str]) -> Way:
    return _for_a_value(lambda chance: write(chance.choice(PAYLOADS)))


def _exactly(words: str) -> Way:
    return _for_a_value(lambda _: words)


def _among(words: bytes) -> Way:
    """These bytes anywhere."""

    def way(text: bytes, chance: random.Random) -> bytes:
        at = chance.randrange(len(text) + 1)
        return text[:at] + words + text[at:]

    return way


def _as_a_line(write: Callable[[random.Random], str]) -> Way:
    """A line of its own between two others."""

    def way(text: bytes, chance: random.Random) -> bytes:
        lines = _lines(text)
        lines.insert(chance.randrange(len(lines) + 1), write(chance).encode())
        return b"\n".join(lines)

    return way


def _double_quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\x07", "\\a").replace("\x1b", "\\e") + '"'


def _single_quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _line_twice(text: bytes, chance: random.Random) -> bytes:
    number = _some(text, chance)
    return _instead(text, number, *[_lines(text)[number]] * 2)


def _line_lost(text: bytes, chance: random.Random) -> bytes:
    return _instead(text, _some(text, chance))


def _lines_swapped(text: bytes, chance: random.Random) -> bytes:
    lines = _lines(text)
    at = chance.randrange(len(lines) - 1)
    return _instead(_instead(text, at, lines[at + 1]), at + 1, lines[at])


def _line_moved(text: bytes, chance: random.Random) -> bytes:
    number = _some(text, chance)
    line = _lines(text)[number]
    return _instead(text, number, chance.choice([b" " + line, b"\t" + line, line.lstrip(), b"        " + line]))


def _key_misspelt(text: bytes, chance: random.Random) -> bytes:
    number = _some(text, chance, re.compile(rb"[\s-]*\w\w+:").match)
    return _instead(text, number, re.sub(rb"(\w)(\w)", rb"\2\1", _lines(text)[number], count=1))


def _word_for_another(text: bytes, chance: random.Random) -> bytes:
    words = re.findall(rb"[\w-]+", text)
    return text.replace(chance.choice(words), chance.choice(words), 1)


def _id_for_another(text: bytes, chance: random.Random) -> bytes:
    """A reference to nothing, to something else or to itself; an id that is used twice."""
    ids = re.findall(rb"\b[a-z]+(?:-[a-z]+)+\b", text) or [b"word-spade"]
    old, new = chance.choice(ids), chance.choice([*ids, b"word-nobody-knows"])
    at = chance.choice([match.start() for match in re.finditer(re.escape(old), text)] or [0])
    return text[:at] + new + text[at + len(old) :]


def _cut_off(text: bytes, chance: random.Random) -> bytes:
    return text[: chance.randrange(len(text))]


def _one_bit(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ (1 << chance.randrange(8))]) + text[at + 1 :]


def _noise(text: bytes, chance: random.Random) -> bytes:
    return _among(chance.randbytes(chance.randrange(1, 30)))(text, chance)


# Names under which a good page or data file may be put beside the others, inside docs/ or below it.
NAMES = (
    *("README.md", "models/README.md", "readme.md", "Index.md", "INDEX.md", "models/Index.md", "x.MD", "x.markdown", "x.txt"),
    *(".hidden.md", ".hidden/x.md", "what/data/x.md", "data/x.md", "templates/x.md", "assets/x.md", "r/x.md", "tell/x.md", "404.md"),
    *("a b.md", "a#b.md", "a?b.md", "a%41b.md", "a&b.md", "a'b.md", 'a"b.md', "a<b>c.md", "{{ x }}.md", "[x](y).md", "café.md"),
    *("a\x1b[2J.md", "a\nb.md", "a\u202eb.md", "a\u200bb.md", "-x.md", "~x.md", "x.md.md", ".md", "x..md", "$(x).md", "a\\b.md"),
    *("x" * 200 + ".md", "/".join("abcdefgh") + "/x.md", "con.md", "robots.txt", "sitemap.xml", "search.html", "evil.HTML"),
    *("evil.xhtml", "evil.svg", "evil.js", "what/data/evil.js", "assets/evil.js", "assets/easy/evil.html", "data/x.yaml", "data/X.YML", "data/words.yml"),
    *("data/.x.yml", "data/a\x1b[2J.yml", "data/schemas/x.json", "data/words/x.yml", "data/words/x.txt", "data/deep/x.yml", "x.yml"),
)
# What may stand at one of these names in place of a file: None for a folder, else where a link leads.
LINKS: dict[str, str | None] = {
    "a folder with the name of a page": None,
    "a link to itself": "loop.md",
    "a link to nothing": "nothing-of-this-name.md",
    "a link to a page": "words.md",
    "a link to the folder above": "..",
    "a link to a page of another project": "{outside}/secret.md",
    "a link to another project": "{outside}",
    "a link to a file of the system": "/etc/passwd",
}
LINKED = ("loop.md", "assets/loop.svg", "assets/easy/loop.svg", "data/loop.yml", "data/words/loop.txt", "practice/loop.md", "loop")

# Ways after which a file still says what it said.
HARMLESS: dict[str, Way] = {
    "a byte-order mark": lambda text, _: b"\xef\xbb\xbf" + text,
    "lines that end as on Windows": lambda text, _: text.replace(b"\n", b"\r\n"),
    "no line break at the end": lambda text, _: text.rstrip(b"\n"),
    "empty lines at the end": lambda text, _: text + b"\n\n\n",
}
WAYS: dict[str, Way] = HARMLESS | {
    "a payload in double quotes": _payload(_double_quoted),
    "a payload in single quotes": _payload(_single_quoted),
    "a bare payload": _payload(str),
    "a payload as a block": _payload(lambda words: "|\n            " + words),
    "a payload in a list": _payload(lambda words: f"[{_double_quoted(words)}]"),
    "a payload as a line": _as_a_line(lambda chance: chance.choice(PAYLOADS)),
    "a payload as a key": _as_a_line(lambda chance: f"    {_double_quoted(chance.choice(PAYLOADS))}: x"),
    "UTF-16": lambda text, _: text.decode().encode("utf-16"),
    "letters of an old encoding": _among("café ’".encode("cp1252")),
    "a nought byte": _among(b"\0"),
    "half a letter": _among(b"\xc3"),
    "a lone surrogate": _among(b"\xed\xa0\x80"),
    "a form feed": _among(b"\f"),
    "a tab": _among(b"\t"),
    "a mark in the middle": _among(b"\xef\xbb\xbf"),
    "noise": _noise,
    "one bit": _one_bit,
    "the end cut off": _cut_off,
    "nothing at all": lambda *_: b"",
    "only spaces": lambda *_: b"  \n \n",
    "line ends of long ago": lambda text, _: text.replace(b"\n", b"\r"),
    "a line twice": _line_twice,
    "a line lost": _line_lost,
    "two lines swapped": _lines_swapped,
    "a line moved sideways": _line_moved,
    "a misspelt key": _key_misspelt,
    "one word for another": _word_for_another,
    "one id for another": _id_for_another,
    "an unknown key": _as_a_line(lambda _: "    surprise: Me"),
    "a doubled key": _as_a_line(lambda _: "    id: word-spade"),
    "an anchor": _exactly("&anchor Words"),
    "an alias": _exactly("*anchor"),
    "a merge": _as_a_line(lambda _: "    <<: *anchor"),
    "a tag that runs code": _exactly('!!python/object/apply:os.system ["touch ran"]'),
    "a tag that opens a file": _exactly("!!python/object/apply:builtins.open [/etc/passwd]"),
    "a tag of the engine": _exactly("!ENV HOME"),
    "an include": _exactly("!include /etc/passwd"),
    "a set": _exactly("!!set {a, b}"),
    "bytes": _exactly("!!binary aGVsbG8="),
    "laughter": _exactly("[&a [x, x, x], &b [*a, *a, *a], &c [*b, *b, *b], [*c, *c, *c]]"),
    "deep nesting": _exactly("[" * 300 + "]" * 300),
    "deep nesting of keys": _exactly("{a: " * 100 + "1" + "}" * 100),
    "a nesting that never ends": _exactly("[" * 20_000),
    "a second document": _as_a_line(lambda _: "---\nrecords: []"),
    "a directive": lambda text, _: b"%YAML 9.9\n---\n" + text,
    "a key that is a list": _as_a_line(lambda _: "    ? [a, b]\n    : c"),
    "an enormous file": lambda text, _: text + b"# " + b"x" * 1_100_000,
    "very many lines": lambda text, _: text + b"\n## more\n" * 5_000,
    "a very long line": lambda text, chance: text + b" " + chance.choice([b"[", b"<", b"a ", b"`", b"* "]) * 20_000,
    "a quote that never closes": _exactly('"never closed'),
    "a number for a name": _exactly("42"),
    "a list for a word": _exactly("[one, two]"),
    "a block for a word": _exactly("{one: two}"),
    "nothing for a word": _exactly(""),
}
