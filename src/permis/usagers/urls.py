"""The driver's routes. Whose file it is comes from the session: no address designates one."""

from django.urls import path

from permis.usagers.views import (
    aide,
    consultations,
    coordonnees,
    courriers,
    documents,
    electronique,
    emporter,
    historique,
    partages,
    permis,
    releve,
    supposer,
    venir,
)

app_name = "usagers"

urlpatterns = [
    path("mon-permis", permis.mon_permis, name="mon_permis"),
    path("mon-permis/historique", historique.historique, name="historique"),
    path("mon-permis/historique.csv", emporter.historique_csv, name="historique_csv"),
    path("mon-permis/dossier.json", emporter.dossier_json, name="dossier_json"),
    path("mon-permis/releve-integral", releve.releve_integral, name="releve_integral"),
    path("mon-permis/a-venir", venir.a_venir, name="a_venir"),
    path("mon-permis/et-si", supposer.et_si, name="et_si"),
    path("mon-permis/courriers", courriers.courriers, name="courriers"),
    path("mon-permis/courriers/electronique", electronique.electronique, name="electronique"),
    path("mon-permis/courriers/<uuid:courrier_id>", courriers.courrier, name="courrier"),
    path("mon-permis/courriers/<uuid:courrier_id>/pdf", courriers.courrier_pdf, name="courrier_pdf"),
    path("mon-permis/documents", documents.documents, name="documents"),
    path("mon-permis/documents/demander", documents.demander_document, name="demander_document"),
    path("mon-permis/documents/<uuid:document_id>.pdf", documents.document_pdf, name="document_pdf"),
    path("mon-permis/documents/<uuid:document_id>/annuler", documents.annuler_document, name="annuler_document"),
    path("mon-permis/partages", partages.partages, name="partages"),
    path("mon-permis/partages/<uuid:partage_id>/annuler", partages.annuler_partage, name="annuler_partage"),
    path("mon-permis/consultations", consultations.consultations, name="consultations"),
    path("mon-permis/coordonnees", coordonnees.coordonnees, name="coordonnees"),
    path("mon-permis/aide", aide.aide, name="aide"),
]
