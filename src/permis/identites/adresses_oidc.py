"""The addresses that a deployer registers at FranceConnect and ProConnect: without a language, for ever."""

from django.urls import path

from permis.identites.views import depart, retour

app_name = "oidc"

urlpatterns = [
    path("connexion/franceconnect", depart.franceconnect, name="franceconnect"),
    path("connexion/franceconnect/retour", retour.franceconnect, name="franceconnect_retour"),
    path("connexion/proconnect", depart.proconnect, name="proconnect"),
    path("connexion/proconnect/retour", retour.proconnect, name="proconnect_retour"),
    path("deconnexion/franceconnect/retour", retour.franceconnect_sortie, name="franceconnect_sortie"),
    path("deconnexion/proconnect/retour", retour.proconnect_sortie, name="proconnect_sortie"),
]
