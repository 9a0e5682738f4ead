"""What is kept of the people who ask: accounts, identities lent by a provider, codes, sessions, agents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from permis.identites.roles import Genre, Moyen
from permis.registre.models import DOMAINE_NEPH
from permis.registre.scelles import LigneScellee

EMPREINTE: Final = 64  # characters of a SHA-256 in hexadecimal
TAILLE_INDEX: Final = 80
DOMAINE_COURRIEL: Final = "agent.courriel"


class GestionComptes(BaseUserManager["Compte"]):
    """Accounts are opened by the use cases of this room; none is typed at a prompt."""


class Compte(AbstractBaseUser):
    """Whoever has signed in at least once. It holds nothing of the person: no name, no password, no e-mail."""

    password = None  # type: ignore[assignment]
    last_login = None
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genre = models.CharField(max_length=6, choices=Genre)
    ouvert_at = models.DateTimeField()
    ferme_at = models.DateTimeField(null=True)

    objects: ClassVar[GestionComptes] = GestionComptes()
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["genre"]

    class Meta:
        db_table = "identites_compte"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="compte_genre", condition=Q(genre__in=Genre.values)),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.pk}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.ferme_at is None


class IdentiteFederee(LigneScellee):
    """The link (issuer, sub) to an account. What the provider said is sealed: it serves when `sub` changes."""

    COLONNES_SCELLEES: ClassVar = ("pivot",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="identites", null=True)
    issuer = models.CharField(max_length=255)
    sub = models.CharField(max_length=255)
    pivot = models.BinaryField()
    liee_at = models.DateTimeField()
    remplacee_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identites_identite_federee"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="identite_issuer_sub", fields=["issuer", "sub"]),
        ]

    def __str__(self) -> str:
        return f"identité {self.pk}"


class Preuve(models.TextChoices):
    """How an account came to its licence file."""

    PIVOT = "pivot"
    PIVOT_ET_NEPH = "pivot_et_neph"
    CODE = "code"
    AGENT = "agent"


class Rattachement(models.Model):
    """An account and its licence file: one file for an account, one account for a file."""

    compte = models.OneToOneField(Compte, on_delete=models.PROTECT, related_name="rattachement")
    dossier = models.UUIDField(unique=True)
    preuve = models.CharField(max_length=13, choices=Preuve)
    rattache_at = models.DateTimeField()

    class Meta:
        db_table = "identites_rattachement"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="rattachement_preuve", condition=Q(preuve__in=Preuve.values)),
        ]

    def __str__(self) -> str:
        return f"{self.compte_id} – {self.dossier}"


class Etat(models.TextChoices):
    """Where a reconciliation stands."""

    NEPH_DEMANDE = "neph_demande"
    OUVERT = "ouvert"
    A_CONFIRMER = "a_confirmer"  # an agent proposed a file; another one confirms
    RATTACHE = "rattache"
    REFUSE = "refuse"


EN_COURS: Final = (Etat.OUVERT, Etat.NEPH_DEMANDE, Etat.A_CONFIRMER)


class Cause(models.TextChoices):
    """Why no link could be made at once."""

    AUCUN = "aucun"
    PLUSIEURS = "plusieurs"
    SOUPLE = "souple"
    SUB_CHANGE = "sub_change"
    ECARTE = "ecarte"  # an agent had refused the file that the identity now finds strictly
    AGENT_CHANGE = "agent_change"


class Rapprochement(models.Model):
    """A reconciliation that a machine must not decide alone: the person gives the NEPH, or an agent decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identite = models.ForeignKey(IdentiteFederee, on_delete=models.PROTECT, related_name="rapprochements")
    etat = models.CharField(max_length=12, choices=Etat)
    cause = models.CharField(max_length=12, choices=Cause)
    candidats: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    ouvert_at = models.DateTimeField()
    decide_at = models.DateTimeField(null=True)
    decide_par = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, related_name="decisions")
    dossier = models.UUIDField(null=True)
    essais = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "identites_rapprochement"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="rapprochement_etat", condition=Q(etat__in=Etat.values)),
            models.CheckConstraint(name="rapprochement_cause", condition=Q(cause__in=Cause.values)),
            models.CheckConstraint(
                name="rapprochement_decide",
                condition=Q(etat__in=[Etat.RATTACHE, Etat.REFUSE], decide_at__isnull=False)
                | Q(etat__in=EN_COURS, decide_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="rapprochement_un_en_cours",
                fields=["identite"],
                condition=Q(etat__in=EN_COURS),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the person quotes when he writes or calls."""
        return f"R-{self.id.hex[:8].upper()}"


class NatureDecision(models.TextChoices):
    """What an agent decides of a case."""

    PROPOSER = "proposer"
    RATTACHER = "rattacher"
    REFUSER = "refuser"
    DEMANDER_NEPH = "demander_neph"


class Decision(LigneScellee):
    """One decision of an agent on a case, with its reason, sealed: a case may know several before it ends."""

    COLONNES_SCELLEES: ClassVar = ("motif",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rapprochement = models.ForeignKey(Rapprochement, on_delete=models.PROTECT, related_name="decisions")
    nature = models.CharField(max_length=13, choices=NatureDecision)
    dossier = models.UUIDField(null=True)
    motif = models.BinaryField()
    decidee_par = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="+")
    decidee_at = models.DateTimeField()

    class Meta:
        db_table = "identites_decision"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="decision_nature", condition=Q(nature__in=NatureDecision.values)),
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.rapprochement_id}"


class CodeConfidentiel(models.Model):
    """A code that an agent issued for a file after an identity check. Only its argon2 digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    empreinte = models.CharField(max_length=255)
    emis_at = models.DateTimeField()
    emis_par = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="codes_emis")
    expire_at = models.DateTimeField()
    retire_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identites_code_confidentiel"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="code_un_en_vigueur", fields=["dossier"], condition=Q(retire_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Piece(models.TextChoices):
    """What a person showed to prove who he is."""

    CARTE_IDENTITE = "carte_identite"
    PASSEPORT = "passeport"
    TITRE_SEJOUR = "titre_sejour"


class Lieu(models.TextChoices):
    """Where an agent checked it."""

    GUICHET = "guichet"
    FRANCE_SERVICES = "france_services"
    CONSULAT = "consulat"


class ControleIdentite(models.Model):
    """The identity check behind a code: which document, where. No number, no copy of it is kept."""

    code = models.OneToOneField(CodeConfidentiel, on_delete=models.PROTECT, primary_key=True, related_name="controle")
    piece = models.CharField(max_length=14, choices=Piece)
    lieu = models.CharField(max_length=15, choices=Lieu)

    class Meta:
        db_table = "identites_controle_identite"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="controle_piece", condition=Q(piece__in=Piece.values)),
            models.CheckConstraint(name="controle_lieu", condition=Q(lieu__in=Lieu.values)),
        ]

    def __str__(self) -> str:
        return f"contrôle {self.pk}"


class EssaiCode(models.Model):
    """Failures on one NEPH, known or not, by its blind index: what delays and locks the next tries."""

    index = models.CharField(max_length=TAILLE_INDEX, primary_key=True)
    echecs = models.PositiveIntegerField(default=0)
    dernier_at = models.DateTimeField(db_index=True)
    bloque_jusqu_a = models.DateTimeField(null=True)

    class Meta:
        db_table = "identites_essai_code"

    def __str__(self) -> str:
        return f"{self.echecs} échecs"


class PreuveUtilisee(models.Model):
    """A proof of work already spent: none serves twice."""

    empreinte = models.CharField(max_length=EMPREINTE, primary_key=True)
    expire_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identites_preuve_utilisee"

    def __str__(self) -> str:
        return self.empreinte[:8]


class Fournisseur(models.TextChoices):
    FRANCECONNECT = "franceconnect"
    PROCONNECT = "proconnect"


class Trajet(models.TextChoices):
    """A journey to a provider and back."""

    ALLER = "connexion"
    SORTIE = "deconnexion"


class DemandeConnexion(models.Model):
    """One journey to a provider: one use, ten minutes, bound to the browser that set out; digests only."""

    etat = models.CharField(max_length=EMPREINTE, primary_key=True)
    nonce = models.CharField(max_length=EMPREINTE)
    navigateur = models.CharField(max_length=EMPREINTE)
    fournisseur = models.CharField(max_length=13, choices=Fournisseur)
    trajet = models.CharField(max_length=11, choices=Trajet)
    suite = models.CharField(max_length=500, blank=True)
    langue = models.CharField(max_length=5)
    expire_at = models.DateTimeField(db_index=True)
    utilisee_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identites_demande_connexion"

    def __str__(self) -> str:
        return f"{self.trajet} {self.fournisseur}"


class SessionOuverte(LigneScellee):
    """A session of an account, as its owner can see and close it."""

    COLONNES_SCELLEES: ClassVar = ("id_token",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="sessions")
    moyen = models.CharField(max_length=13, choices=Moyen)
    ouverte_at = models.DateTimeField()
    vue_at = models.DateTimeField()
    fermee_at = models.DateTimeField(null=True)
    appareil = models.CharField(max_length=60, blank=True)
    id_token = models.BinaryField(null=True)

    class Meta:
        db_table = "identites_session_ouverte"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="session_moyen", condition=Q(moyen__in=Moyen.values)),
            models.CheckConstraint(
                name="session_fermee_sans_jeton", condition=Q(fermee_at__isnull=True) | Q(id_token__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"


class Agent(LigneScellee):
    """An agent of the State: service, roles, and which file is his own. Nothing of it comes from the provider.

    `courriel` seals the e-mail and the SIRET by which an administrator knows him; `neph`, the number of his own file;
    `nom`, the name that ProConnect last gave: nobody decides on a case that may be his own.
    """

    COLONNES_SCELLEES: ClassVar = ("courriel", "neph", "nom")

    compte = models.OneToOneField(Compte, on_delete=models.PROTECT, primary_key=True, related_name="agent")
    service = models.CharField(max_length=200)
    roles: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    courriel = models.BinaryField()
    courriel_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    sans_permis = models.BooleanField(default=False)
    neph = models.BinaryField(null=True)
    neph_index = models.CharField(max_length=TAILLE_INDEX, blank=True)
    nom = models.BinaryField(null=True)
    actif = models.BooleanField(default=True)
    habilite_at = models.DateTimeField()
    habilite_par = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, related_name="habilitations")
    inscrit_par = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, related_name="inscriptions")

    class Meta:
        db_table = "identites_agent"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="agent_un_permis_ou_aucun", condition=Q(sans_permis=False) | Q(neph=None)),
        ]

    def __str__(self) -> str:
        return f"agent {self.pk}"

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """Found by e-mail and SIRET; his own NEPH is indexed as a file's is, so that the two can be compared."""
        index = {"courriel_index": (DOMAINE_COURRIEL, ouverts["courriel"] or "")}
        return index | ({"neph_index": (DOMAINE_NEPH, ouverts["neph"])} if ouverts["neph"] else {})
