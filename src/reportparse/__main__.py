"""``python -m reportparse``."""

import sys

from reportparse.cli import main

sys.exit(main())
