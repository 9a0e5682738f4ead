"""The public routes. What a person typed travels in the body of a POST, never in an address."""

from django.urls import path

from permis.public.views import (
    accueil,
    autorite,
    bareme,
    calcul,
    dossier,
    exemples,
    lettre,
    partage,
    textes,
    verification,
)

app_name = "public"

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("calcul", calcul.calcul, name="calcul"),
    path("dossier", dossier.telecharger, name="dossier"),
    path("exemples/<slug:slug>", exemples.exemple, name="exemple"),
    path("bareme", bareme.bareme, name="bareme"),
    path("bareme/resultats", bareme.resultats, name="resultats"),
    path("lettre", lettre.lettre, name="lettre"),
    path("lettre/reponse", lettre.lettre_verifiee, name="lettre_verifiee"),
    path("partage", partage.partage, name="partage"),
    path("partage/reponse", partage.partage_verifie, name="partage_verifie"),
    path("partage/droits/<slug:jeton>", partage.partage_droits, name="partage_droits"),
    path("verifier", verification.verifier, name="verifier"),
    path("verifier/numero", verification.verifier_numero, name="verifier_numero"),
    path("verifier/sceau", verification.verifier_sceau, name="verifier_sceau"),
    path("verifier/fichier", verification.verifier_fichier, name="verifier_fichier"),
    path("v", verification.verifier_secret, name="verifier_secret"),
    path("la-loi", textes.la_loi, name="la_loi"),
    path(".well-known/permis-autorite.pem", autorite.certificats, name="autorite"),
    path("mentions", textes.mentions, name="mentions"),
    path("accessibilite", textes.accessibilite, name="accessibilite"),
]
