"""What a command says, and where: results to standard output, notes and faults to standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from poc_eval.hidden import HIDDEN, for_terminal

if TYPE_CHECKING:
    from poc_eval.errors import Fault
    from poc_eval.i18n import Language, Message, Translatable

PROGRAM = "poc-eval"


class Terminal:
    """The two streams of one call, in one language.

    A reader who goes away (``poc-eval rubrics | head -1``) ends the output, not the work.
    """

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        for stream in (sys.stdout, sys.stderr):
            _make_safe(stream)

    def say(self, text: Translatable | str) -> None:
        """Print one line of the result."""
        put(sys.stdout, text if isinstance(text, str) else text.text(self.lang))

    def document(self, value: object) -> None:
        """Print the one JSON document of a call with ``--json``."""
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        said = json.dumps(value, ensure_ascii=encoding != "utf8", indent=2)
        put(sys.stdout, HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", said))

    def note(self, message: Message) -> None:
        """Print how it is going, or what else to know."""
        put(sys.stderr, message.text(self.lang))

    def faults(self, *faults: Fault) -> None:
        """Print ``poc-eval: FILE:LINE: what is wrong; what to do``, one line a fault."""
        for fault in faults:
            put(sys.stderr, f"{PROGRAM}: {fault.text(self.lang)}")


def put(stream: TextIO, text: str) -> None:
    """Print ``text`` with nothing in it that a terminal obeys; where the reader has gone, print no more."""
    try:
        stream.write(f"{for_terminal(text)}\n")
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _make_safe(stream: TextIO) -> None:
    """See to it that no character stops the program: UTF-8 on Windows, an escape elsewhere."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if sys.platform == "win32":
        reconfigure(encoding="utf-8", errors="backslashreplace")
    else:
        reconfigure(errors="backslashreplace")
