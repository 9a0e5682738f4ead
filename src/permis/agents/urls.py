"""The pages of the agents, under `/agents/`. The permission of each stands on its view."""

from django.urls import path

from permis.agents.views import accueil, code, courriers, dossiers, habilitations, questions, rapprochements

app_name = "agents"

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("questions", questions.questions, name="questions"),
    path("questions/<uuid:une_question_id>", questions.question, name="question"),
    path("questions/<uuid:une_question_id>/clore", questions.clore, name="clore"),
    path("rapprochements", rapprochements.rapprochements, name="rapprochements"),
    path("rapprochements/<uuid:rapprochement_id>", rapprochements.rapprochement, name="rapprochement"),
    path("dossiers", dossiers.recherche, name="recherche"),
    path("dossiers/<uuid:dossier_id>", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:dossier_id>/code", code.code, name="code"),
    path("dossiers/<uuid:dossier_id>/courriers", courriers.courriers, name="courriers"),
    path("dossiers/<uuid:dossier_id>/recepisse", courriers.recepisse, name="recepisse"),
    path("dossiers/<uuid:dossier_id>/recepisse.pdf", courriers.recepisse_pdf, name="recepisse_pdf"),
    path("courriers", courriers.surveillance, name="surveillance"),
    path("habilitations", habilitations.habilitations, name="habilitations"),
    path("habilitations/nouvelle", habilitations.nouvelle, name="nouvelle"),
    path("habilitations/<uuid:agent_id>", habilitations.habilitation, name="habilitation"),
    path("reliaisons/<uuid:rapprochement_agent_id>", habilitations.relier, name="relier"),
]
