"""Entry of a WSGI server. Production is the default: forgetting a variable must never open a development site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "permis.config.settings.prod")
application = get_wsgi_application()
