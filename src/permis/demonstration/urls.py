"""The protocol of the demonstration providers, under `/demonstration/`: without language, as the real ones."""

from django.urls import path

from permis.demonstration.views import autorisation, echanges, sortie

app_name = "demonstration"

urlpatterns = [
    path("<slug:nom>/api/v2/.well-known/openid-configuration", echanges.decouverte, name="decouverte"),
    path("<slug:nom>/api/v2/jwks", echanges.cles, name="cles"),
    path("<slug:nom>/api/v2/authorize", autorisation.autorisation, name="autorisation"),
    path("<slug:nom>/api/v2/token", echanges.jeton, name="jeton"),
    path("<slug:nom>/api/v2/userinfo", echanges.identite, name="identite"),
    path("<slug:nom>/api/v2/session/end", sortie.fin_de_session, name="fin_de_session"),
]
