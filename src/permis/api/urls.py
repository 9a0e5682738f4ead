"""The routes for machines, under `/api/`, without language. What is asked travels in the body, never in an address."""

from django.urls import path, re_path

from permis.api.views import partages, problemes

app_name = "api"

urlpatterns = [
    path("v1/partages/verifier", partages.verifier, name="verifier_un_partage"),
    path("v1/problemes/<slug:genre>", problemes.probleme, name="probleme"),
    re_path("", problemes.introuvable, name="introuvable"),
]
