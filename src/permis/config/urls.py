"""The routes of the site: each surface under its prefix, French without prefix, English under `/en/`."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from permis.config import sante

handler500 = "permis.config.panne.server_error"

urlpatterns = [
    path("healthz", sante.alive),
    path("readyz", sante.ready),
    path("api/", include("permis.api.urls")),  # for machines: no language
    path("", include("permis.identites.adresses_oidc")),  # registered at the providers: no language in them
    *i18n_patterns(
        path("", include("permis.public.urls")),
        path("", include("permis.identites.adresses")),
        path("agents/", include("permis.agents.urls")),
        path("", include("permis.usagers.urls")),
        prefix_default_language=False,
    ),
]

if apps.is_installed("permis.demonstration"):  # development and tests only
    urlpatterns += [path("demonstration/", include("permis.demonstration.urls"))]
    urlpatterns += i18n_patterns(
        path("demonstration/", include("permis.demonstration.pages")), prefix_default_language=False
    )
