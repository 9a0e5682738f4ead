"""The routes of the site: each surface under its prefix, French without prefix, English under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("permis.public.urls")),
    prefix_default_language=False,
)
