#!/usr/bin/env python
"""Django's command line for this site; `script/manage` runs it in the site's own environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barometer_site.settings.local")
    execute_from_command_line(sys.argv)
