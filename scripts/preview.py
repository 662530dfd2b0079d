"""Show the site on this machine, and show each change a moment after you save it. Stop it with Ctrl-C."""

import argparse
import sys

from coproduction import environment


def main():
    """Read the command line and serve until Ctrl-C; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=port_number, default=8000, help="the first port to try (8000)")
    parser.add_argument("--open", action="store_true", help="open the site in your browser")
    arguments = parser.parse_args()
    environment.enter("requirements.txt")
    from coproduction import serving

    return serving.preview(environment.ROOT, arguments.port, open_browser=arguments.open)


def port_number(word):
    """Read a port; raise ValueError, which argparse tells the person, when it cannot be one."""
    port = int(word)
    if not 0 < port < 65536:
        raise ValueError
    return port


if __name__ == "__main__":
    sys.exit(environment.run(main))
