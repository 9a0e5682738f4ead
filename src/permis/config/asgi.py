"""Entry of an ASGI server. Production is the default: forgetting a variable must never open a development site."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "permis.config.settings.prod")
application = get_asgi_application()
