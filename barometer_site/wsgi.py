"""The entrance for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barometer_site.settings.local")
application = get_wsgi_application()
