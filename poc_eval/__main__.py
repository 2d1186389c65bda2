"""``python -m poc_eval`` is ``poc-eval``."""

import sys

from poc_eval.cli import main

if __name__ == "__main__":
    sys.exit(main())
