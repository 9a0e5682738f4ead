"""The pages of sign-in, sign-out, one's sessions and one's reconciliation."""

from django.urls import path

from permis.identites.views import code, connexion, demande, sessions

app_name = "identites"

urlpatterns = [
    path("connexion", connexion.connexion, name="connexion"),
    path("connexion/code", code.code, name="code"),
    path("connexion/code/epreuve", code.epreuve, name="epreuve"),
    path("deconnexion", connexion.deconnexion, name="deconnexion"),
    path("deconnexion/faite", connexion.faite, name="faite"),
    path("mon-compte/sessions", sessions.sessions, name="sessions"),
    path("mon-compte/sessions/<uuid:session_id>/fermer", sessions.fermer, name="fermer_session"),
    path("mon-compte/sessions/tout-fermer", sessions.tout_fermer, name="tout_fermer"),
    path("mon-compte/demande", demande.demande, name="demande"),
]
