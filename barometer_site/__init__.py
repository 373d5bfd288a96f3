"""The site that holds both halves."""

import os

# Before anything loads numpy: threads of its linear algebra only get in each other's way beside other processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
