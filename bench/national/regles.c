/* The main rules of the points licence in plain C: a yardstick for the kernel of `national`, never shipped.
 *
 *     cc -O2 -o regles regles.c && ./regles FOLDER DAY ROUNDS
 *
 * FOLDER holds the columns of a file of licences as raw arrays (bench/national/lire.py writes them); DAY is the day of
 * the answer, counted from 1 January 1970. One thread. Each round answers for the whole file, from memory to memory,
 * first the balance and what comes next, then every movement; one line a round says how many seconds each took. The
 * answers of the last round are left in FOLDER.
 *
 * Here: establishment, cap of simultaneous offences, probation with its yearly gains and its end, six months, two or
 * three years with the memory of the class, ten years, courses, nil balance and the letter that ends the licence; the
 * regimes of before 2011, and the default answer to every open question. Not here: reasons, wordings, letters, what
 * has no effect, corrections; a licence that has anything else (exchange, foreign licence, second licence, training,
 * annulment, several réalités) is set aside (`hors`). The numbers of the law are written here a second time, which the
 * kernel does not do.
 */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ABSENT INT32_MIN
#define JAMAIS INT32_MAX
#define MAXIMUM 128 /* facts of one kind in a licence; more is set aside */

enum { DELIVRANCE, FORMATION, INFRACTION, REALITE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION };
enum { CAPITAL_INITIAL, MAJORATION, FIN_PROBATOIRE, RETRAIT_, SIX_MOIS, DIX_ANS, INTEGRALE, STAGE_, INVALIDATION };
enum { RANG_MAJORATION = 1, RANG_FIN, RANG_INTEGRALE, RANG_SIX_MOIS, RANG_DIX_ANS, RANG_RETRAIT, RANG_STAGE, RANG_LETTRE };
enum { SANS_PERMIS, VALIDE, NUL_NON_NOTIFIE, INVALIDE };
enum { AAC = 1, ECHANGE = 4, CONTRAVENTION_4 = 3, ANNULATION_JUDICIAIRE = 3, TITRE_EXECUTOIRE = 3, RECOMMANDE = 2 };
enum { LETTRE_48SI = 4, LETTRE_48S = 5, RETOUR = 1, HORS_CODE = 2, VEHICULE_SANS_PERMIS = 4 };

/* Days of the regimes, counted from 1 January 1970. */
enum {
    J_1992_07_01 = 8217, J_1992_12_01 = 8370, J_2003_06_13 = 12216, J_2004_03_01 = 12478, J_2007_01_01 = 13514,
    J_2007_12_31 = 13878, J_2011_01_01 = 14975, J_2011_03_16 = 15049
};

typedef struct {
    int32_t commise, realite, effet, six_mois, dix_ans;
    int16_t fait, heure, realite_heure, ensemble, terme;
    int8_t nominal, points, grave, rendu, du; /* du: the motif of a return due by the day the points go, or -1 */
} Retrait;

typedef struct { int32_t echeance; int16_t depart, mois; } Terme;
typedef struct { int32_t debut, fin; int16_t fait; int8_t cas; } Stage;
typedef struct { int32_t date; int8_t rang; int16_t objet; } Evenement;

typedef struct {
    int32_t date, jour_1, jour_2;
    int16_t solde_algebrique, fait, valeur;
    int8_t variation, solde, plafond, validite, motif;
} Mouvement;

typedef struct {
    int32_t n, faits;
    int32_t *debuts, *date, *connu_le, *seconde_date, *decide_le;
    int16_t *heure, *seconde_heure, *ensemble;
    int8_t *type, *nature, *valeur, *mode, *marques;
} Lot;

typedef struct {
    int8_t *solde, *plafond, *validite, *prochaine_variation, *prochain_motif, *hors;
    int16_t *solde_algebrique;
    int32_t *prochain_le, *debuts_mouvements;
    Mouvement *mouvements; /* NULL where only the balance is asked for */
} Reponse;

typedef struct {
    int32_t le, dernier_stage;
    int16_t solde, plafond, delivrance;
    int8_t validite, fini;
    Mouvement *suite; /* where the next movement is written, NULL where none is */
    Mouvement etat, prochain;
    int32_t debut, probation_fin;
    int nr, nt, ns, ne, aac;
    Retrait retraits[MAXIMUM];
    Terme termes[MAXIMUM];
    Stage stages[MAXIMUM];
    Evenement evenements[6 * MAXIMUM];
} Vie;

/* Dates: days since 1970 to year, month, day and back (proleptic Gregorian calendar, eras of 400 years). */

static int32_t day_of(int32_t annee, int32_t mois, int32_t jour) {
    annee -= mois <= 2;
    int32_t ere = annee / 400, an = annee - ere * 400;
    int32_t rang = (153 * (mois + (mois > 2 ? -3 : 9)) + 2) / 5 + jour - 1;
    return ere * 146097 + an * 365 + an / 4 - an / 100 + rang - 719468;
}

static int32_t add_months(int32_t depuis, int32_t mois) {
    static const int8_t longueurs[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t z = depuis + 719468, ere = z / 146097, reste = z - ere * 146097;
    int32_t an = (reste - reste / 1460 + reste / 36524 - reste / 146096) / 365;
    int32_t rang = reste - (365 * an + an / 4 - an / 100), m = (5 * rang + 2) / 153;
    int32_t jour = rang - (153 * m + 2) / 5 + 1, total = (ere * 400 + an + (m >= 10)) * 12 + (m + 2) % 12 + mois;
    int32_t annee = total / 12, nouveau = total % 12;
    int32_t dernier = longueurs[nouveau] + (nouveau == 1 && annee % 4 == 0 && (annee % 100 || annee % 400 == 0));
    return day_of(annee, nouveau + 1, jour < dernier ? jour : dernier);
}

/* What is known: one licence read off the columns; 0 when it holds what this program does not do. */

static int read_infraction(Vie *v, const Lot *l, int32_t f, int16_t rang, int32_t connu_le) {
    int32_t commise = l->date[f], realite = l->seconde_date[f], decide = l->decide_le[f];
    if (l->marques[f] & VEHICULE_SANS_PERMIS || !l->valeur[f] || commise < J_1992_07_01) return 1;
    if (realite == ABSENT || realite > connu_le || realite < J_1992_07_01) return 1;
    if (l->mode[f] == TITRE_EXECUTOIRE && realite < J_2003_06_13) return 1;
    if (decide != ABSENT && decide > connu_le) return 1;
    if (v->nr == MAXIMUM) return 0;
    Retrait *r = &v->retraits[v->nr++];
    memset(r, 0, sizeof *r);
    r->commise = commise, r->realite = realite, r->fait = rang;
    r->effet = decide != ABSENT && decide > realite ? decide : realite;
    r->heure = l->heure[f], r->realite_heure = l->seconde_heure[f], r->ensemble = l->ensemble[f];
    r->nominal = r->points = l->valeur[f];
    r->grave = l->nature[f] >= CONTRAVENTION_4;
    r->dix_ans = l->nature[f] <= CONTRAVENTION_4 && !(l->marques[f] & HORS_CODE) ? 0 : JAMAIS;
    r->terme = -1, r->du = -1;
    return 1;
}

static int read_licence(Vie *v, const Lot *l, int32_t debut, int32_t fin, int32_t connu_le) {
    v->nr = v->nt = v->ns = v->ne = v->aac = 0;
    v->debut = JAMAIS;
    int32_t obtention = JAMAIS;
    int aac_posterieure = 0;
    for (int32_t f = debut; f < fin; f++) {
        int32_t su = l->connu_le[f] != ABSENT ? l->connu_le[f]
                     : l->type[f] == STAGE    ? l->seconde_date[f]
                                              : l->date[f];
        switch (l->type[f]) {
        case DELIVRANCE:
            if (l->marques[f] & RETOUR || l->nature[f] >= ECHANGE) return 0;
            if (su > connu_le || !l->valeur[f]) break;
            if (l->date[f] < obtention) {
                aac_posterieure |= obtention != JAMAIS && v->aac;
                obtention = l->date[f], v->aac = l->nature[f] == AAC, v->delivrance = (int16_t)(f - debut);
            } else aac_posterieure |= l->nature[f] == AAC;
            break;
        case INFRACTION:
            if (su <= connu_le && !read_infraction(v, l, f, (int16_t)(f - debut), connu_le)) return 0;
            break;
        case STAGE:
            if (su > connu_le) break;
            if (v->ns == MAXIMUM) return 0;
            v->stages[v->ns++] = (Stage){l->date[f], l->seconde_date[f], (int16_t)(f - debut), l->nature[f]};
            break;
        case NOTIFICATION:
        case REMISE: break;
        case MESURE:
            if (l->nature[f] == ANNULATION_JUDICIAIRE) return 0;
            break;
        default: return 0;
        }
    }
    if (obtention != JAMAIS) v->debut = obtention > J_1992_07_01 ? obtention : J_1992_07_01;
    return !aac_posterieure;
}

/* In order of réalité, then the heaviest, then the name; capped by set; only those of this licence are kept. */

static int comes_before(const Retrait *a, const Retrait *b) {
    if (a->realite != b->realite) return a->realite < b->realite;
    if (a->nominal != b->nominal) return a->nominal > b->nominal;
    return a->fait < b->fait;
}

static void order_and_cap(Vie *v) {
    for (int i = 1; i < v->nr; i++) {
        Retrait r = v->retraits[i];
        int j = i;
        for (; j && comes_before(&r, &v->retraits[j - 1]); j--) v->retraits[j] = v->retraits[j - 1];
        v->retraits[j] = r;
    }
    for (int i = 0; i < v->nr; i++) {
        int ensemble = v->retraits[i].ensemble, reste = v->retraits[i].commise < J_1992_12_01 ? 4 : 8;
        if (ensemble <= 0) continue;
        for (int j = i; j < v->nr; j++)
            if (v->retraits[j].ensemble == ensemble && v->retraits[j].nominal > reste) reste = v->retraits[j].nominal;
        for (int j = i; j < v->nr; j++) {
            Retrait *r = &v->retraits[j];
            if (r->ensemble != ensemble) continue;
            r->points = r->nominal < reste ? r->nominal : (int8_t)reste;
            reste -= r->points;
            r->ensemble = -1;
        }
    }
    int gardes = 0;
    for (int i = 0; i < v->nr; i++)
        if (v->retraits[i].points && v->retraits[i].commise >= v->debut) v->retraits[gardes++] = v->retraits[i];
    v->nr = gardes;
}

/* Points that come back. */

static int blocks(const Retrait *r, const Retrait *depart, int32_t echeance) {
    if (r->commise < depart->realite || r->commise > echeance || r == depart) return 0;
    if (r->commise != depart->realite) return 1;
    return r->heure >= 0 && depart->realite_heure >= 0 && r->heure > depart->realite_heure;
}

static void schedule_full(Vie *v) {
    int premier = 0, grave = 0;
    for (int i = 0; i < v->nr; i++) {
        Retrait *depart = &v->retraits[i];
        grave |= depart->grave;
        int16_t mois = grave || depart->realite < J_2011_01_01 ? 36 : 24;
        int32_t echeance = add_months(depart->realite, mois);
        if (echeance < v->probation_fin) echeance = v->probation_fin;
        int defait = 0;
        for (int j = i + 1; j < v->nr && !defait; j++)
            defait = v->retraits[j].realite < echeance || blocks(&v->retraits[j], depart, echeance);
        if (defait) continue;
        for (; premier <= i; premier++) v->retraits[premier].terme = (int16_t)v->nt;
        v->termes[v->nt++] = (Terme){echeance, (int16_t)i, mois};
        grave = 0;
    }
}

static void schedule_returns(Vie *v, Retrait *r) {
    r->six_mois = JAMAIS;
    if (r->nominal == 1 && r->points == 1 && r->realite >= J_2007_01_01) {
        int32_t echeance = add_months(r->realite, r->realite < J_2011_01_01 ? 12 : 6);
        int bloque = 0;
        for (int j = 0; j < v->nr && !bloque; j++) bloque = blocks(&v->retraits[j], r, echeance);
        if (!bloque) r->six_mois = echeance;
    }
    if (r->dix_ans != JAMAIS) r->dix_ans = add_months(r->realite, 120);
}

/* Events, in order of day and rank; those of one day and rank as they were added. */

static void add(Vie *v, int32_t date, int rang, int objet) {
    int i = v->ne++;
    for (; i && (v->evenements[i - 1].date > date || (v->evenements[i - 1].date == date && v->evenements[i - 1].rang > rang)); i--)
        v->evenements[i] = v->evenements[i - 1];
    v->evenements[i] = (Evenement){date, (int8_t)rang, (int16_t)objet};
}

static int is_clean(const Vie *v, int32_t echeance) {
    for (int i = 0; i < v->nr; i++)
        if (v->retraits[i].commise <= echeance) return 0;
    return 1;
}

static void schedule_retrait(Vie *v, int i) {
    Retrait *r = &v->retraits[i];
    schedule_returns(v, r);
    add(v, r->effet, RANG_RETRAIT, i);
    int32_t integrale = r->terme >= 0 ? v->termes[r->terme].echeance : JAMAIS, premier = integrale;
    if (integrale <= r->effet) r->du = INTEGRALE;
    if (r->six_mois > r->effet) {
        if (r->six_mois != JAMAIS) add(v, r->six_mois, RANG_SIX_MOIS, i);
    } else if (r->du < 0 || r->six_mois < premier) r->du = SIX_MOIS, premier = r->six_mois;
    if (r->dix_ans > r->effet) {
        if (r->dix_ans != JAMAIS) add(v, r->dix_ans, RANG_DIX_ANS, i);
    } else if (r->du < 0 || r->dix_ans < premier) r->du = DIX_ANS;
}

static void schedule(Vie *v, const Lot *l, int32_t debut, int32_t fin, int32_t connu_le) {
    if (v->debut < J_1992_12_01) add(v, J_1992_12_01, RANG_MAJORATION, 0);
    if (v->probation_fin != ABSENT) {
        for (int an = 1; an <= 2 && v->debut >= J_2007_12_31; an++) {
            int32_t jour = add_months(v->debut, 12 * an);
            if (jour < v->probation_fin && is_clean(v, jour)) add(v, jour, RANG_MAJORATION, 1);
        }
        add(v, v->probation_fin, RANG_FIN, 0);
    }
    schedule_full(v);
    for (int i = 0; i < v->nt; i++) add(v, v->termes[i].echeance, RANG_INTEGRALE, i);
    for (int i = 0; i < v->nr; i++) schedule_retrait(v, i);
    for (int i = 1; i < v->ns; i++) {
        Stage s = v->stages[i];
        int j = i;
        for (; j && (v->stages[j - 1].fin > s.fin || (v->stages[j - 1].fin == s.fin && v->stages[j - 1].debut > s.debut)); j--)
            v->stages[j] = v->stages[j - 1];
        v->stages[j] = s;
    }
    for (int i = 0; i < v->ns; i++)
        if (v->stages[i].debut >= v->debut) add(v, v->stages[i].fin + 1, RANG_STAGE, i);
    for (int32_t f = debut; f < fin; f++) {
        if (l->type[f] != NOTIFICATION || l->date[f] == ABSENT || l->date[f] < v->debut) continue;
        if (l->nature[f] != LETTRE_48SI && l->nature[f] != LETTRE_48S) continue;
        int32_t su = l->connu_le[f] != ABSENT ? l->connu_le[f] : l->date[f];
        if (su > connu_le || (l->valeur[f] && l->valeur[f] != RECOMMANDE)) continue;
        if (v->ne < 6 * MAXIMUM) add(v, l->date[f], RANG_LETTRE, f - debut);
    }
}

/* The account. */

static void post(Vie *v, int32_t jour, int variation, int motif, int fait, int32_t jour_1, int32_t jour_2, int valeur) {
    if (v->validite == VALIDE && v->solde <= 0) v->validite = NUL_NON_NOTIFIE;
    else if (v->validite == NUL_NON_NOTIFIE && v->solde > 0) v->validite = VALIDE;
    int8_t visible = v->validite == INVALIDE || v->solde < 0 ? 0 : (int8_t)v->solde;
    Mouvement m = {jour, jour_1, jour_2, v->solde, (int16_t)fait, (int16_t)valeur, (int8_t)variation,
                   visible, (int8_t)v->plafond, v->validite, (int8_t)motif};
    if (jour <= v->le) v->etat = m;
    else if (v->prochain.date == ABSENT) v->prochain = m, v->fini |= !v->suite;
    if (v->suite) *v->suite++ = m;
}

static int credit(Vie *v, int points) {
    int gain = points < v->plafond - v->solde ? points : v->plafond - v->solde;
    v->solde += (int16_t)gain;
    return gain;
}

static void give_back(Vie *v, Retrait *r, int motif, int32_t jour) {
    if (r->rendu) return;
    r->rendu = 1;
    int gain = credit(v, r->points);
    int32_t echeance = motif == SIX_MOIS ? r->six_mois : motif == DIX_ANS ? r->dix_ans : v->termes[r->terme].echeance;
    if (gain) post(v, jour, gain, motif, r->fait, r->realite, echeance, 0);
}

static void reconstitute(Vie *v, int rang) {
    const Terme *t = &v->termes[rang];
    const Retrait *depart = &v->retraits[t->depart];
    int dehors = 0;
    for (int i = 0; i < v->nr; i++) {
        Retrait *r = &v->retraits[i];
        if (r->effet >= t->echeance || r->rendu) continue;
        if (r->terme == rang) r->rendu = 1;
        else dehors += r->points;
    }
    int gain = v->plafond - dehors - v->solde;
    if (gain < 0) gain = 0;
    v->solde += (int16_t)gain;
    post(v, t->echeance, gain, INTEGRALE, depart->fait, depart->realite, t->echeance, t->mois);
}

static void take_course(Vie *v, const Stage *s) {
    if (s->cas > 2) return;
    int recent = s->debut >= J_2011_03_16;
    if (v->dernier_stage != ABSENT && s->debut <= add_months(v->dernier_stage, recent ? 12 : 24)) return;
    if (s->fin > v->dernier_stage) v->dernier_stage = s->fin;
    int limite = recent || v->plafond < 11 ? v->plafond : 11, cible = v->solde + 4 < limite ? v->solde + 4 : limite;
    int gain = cible - v->solde;
    if (gain <= 0) return;
    v->solde += (int16_t)gain;
    post(v, s->fin + 1, gain, STAGE_, s->fait, s->debut, s->fin, 0);
}

static void happen(Vie *v, Evenement e) {
    Retrait *r = &v->retraits[e.objet];
    int gain;
    switch (e.rang) {
    case RANG_MAJORATION:
        gain = !e.objet ? 12 - v->plafond : v->aac ? 3 : 2;
        v->plafond = v->plafond + gain < 12 ? (int16_t)(v->plafond + gain) : 12;
        if (e.objet) gain = credit(v, gain);
        else v->solde += (int16_t)gain;
        post(v, e.date, gain, MAJORATION, v->delivrance, v->debut, v->probation_fin, 0);
        break;
    case RANG_FIN:
        gain = is_clean(v, e.date) ? 12 - v->solde : 0;
        v->plafond = 12, v->solde += (int16_t)gain;
        post(v, e.date, gain, FIN_PROBATOIRE, v->delivrance, v->debut, e.date, 0);
        break;
    case RANG_INTEGRALE: reconstitute(v, e.objet); break;
    case RANG_SIX_MOIS: give_back(v, r, SIX_MOIS, e.date); break;
    case RANG_DIX_ANS: give_back(v, r, DIX_ANS, e.date); break;
    case RANG_RETRAIT:
        v->solde -= r->points;
        post(v, e.date, -r->points, RETRAIT_, r->fait, r->realite, r->effet, r->nominal);
        if (r->du >= 0) give_back(v, r, r->du, e.date);
        break;
    case RANG_STAGE: take_course(v, &v->stages[e.objet]); break;
    case RANG_LETTRE:
        if (v->solde > 0) break;
        v->validite = INVALIDE, v->fini = 1;
        post(v, e.date, 0, INVALIDATION, e.objet, e.date, ABSENT, 0);
    }
}

static void answer(Vie *v, const Lot *l, int32_t rang, int32_t le) {
    int32_t debut = l->debuts[rang], fin = l->debuts[rang + 1];
    v->le = le, v->dernier_stage = ABSENT, v->fini = 0;
    memset(&v->etat, 0, sizeof v->etat);
    v->prochain.date = ABSENT, v->prochain.variation = 0, v->prochain.motif = -1;
    if (!read_licence(v, l, debut, fin, le)) {
        v->etat.validite = -1;
        return;
    }
    if (v->debut == JAMAIS) return;
    if (v->nr) order_and_cap(v);
    v->probation_fin = v->debut < J_2004_03_01 ? ABSENT : add_months(v->debut, v->aac ? 24 : 36);
    schedule(v, l, debut, fin, le);
    v->validite = VALIDE;
    v->solde = v->plafond = v->probation_fin != ABSENT || v->debut < J_1992_12_01 ? 6 : 12;
    post(v, v->debut, v->solde, CAPITAL_INITIAL, v->delivrance, v->debut, v->probation_fin, 0);
    for (int i = 0; i < v->ne && !v->fini; i++) happen(v, v->evenements[i]);
}

static void answer_all(Vie *v, const Lot *l, Reponse *r, int32_t le) {
    v->suite = r->mouvements;
    for (int32_t i = 0; i < l->n; i++) {
        answer(v, l, i, le);
        r->solde[i] = v->etat.solde, r->solde_algebrique[i] = v->etat.solde_algebrique;
        r->plafond[i] = v->etat.plafond, r->validite[i] = v->etat.validite, r->hors[i] = v->etat.validite < 0;
        r->prochain_le[i] = v->prochain.date, r->prochaine_variation[i] = v->prochain.variation;
        r->prochain_motif[i] = v->prochain.motif;
        if (v->suite) r->debuts_mouvements[i + 1] = (int32_t)(v->suite - r->mouvements);
    }
}

/* Files and clocks. */

static void *load(const char *dossier, const char *nom, size_t taille, int32_t *nombre) {
    char chemin[4096];
    snprintf(chemin, sizeof chemin, "%s/%s.bin", dossier, nom);
    FILE *f = fopen(chemin, "rb");
    if (!f || fseek(f, 0, SEEK_END)) { perror(chemin); exit(1); }
    size_t octets = (size_t)ftell(f);
    void *valeurs = malloc(octets + 1);
    rewind(f);
    if (!valeurs || fread(valeurs, 1, octets, f) != octets) { perror(chemin); exit(1); }
    fclose(f);
    *nombre = (int32_t)(octets / taille);
    return valeurs;
}

static void save(const char *dossier, const char *nom, const void *valeurs, size_t octets) {
    char chemin[4096];
    snprintf(chemin, sizeof chemin, "%s/reponse_%s.bin", dossier, nom);
    FILE *f = fopen(chemin, "wb");
    if (!f || fwrite(valeurs, 1, octets, f) != octets || fclose(f)) { perror(chemin); exit(1); }
}

static void *room(size_t nombre, size_t taille) {
    void *place = malloc((nombre + 1) * taille);
    if (!place) { perror("malloc"); exit(1); }
    return memset(place, 0, (nombre + 1) * taille); /* every page is there before the clock starts */
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc != 4) { fprintf(stderr, "usage: regles FOLDER DAY ROUNDS\n"); return 2; }
    const char *d = argv[1];
    int32_t le = atoi(argv[2]), faits, n, lus;
    Lot l = {0};
    l.debuts = load(d, "debuts", 4, &n), l.n = n - 1;
    l.type = load(d, "type", 1, &faits), l.faits = faits;
    l.date = load(d, "date", 4, &lus), l.connu_le = load(d, "connu_le", 4, &lus);
    l.seconde_date = load(d, "seconde_date", 4, &lus), l.decide_le = load(d, "decide_le", 4, &lus);
    l.nature = load(d, "nature", 1, &lus), l.valeur = load(d, "valeur", 1, &lus), l.mode = load(d, "mode", 1, &lus);
    l.marques = load(d, "marques", 1, &lus), l.heure = load(d, "heure", 2, &lus);
    l.seconde_heure = load(d, "seconde_heure", 2, &lus), l.ensemble = load(d, "ensemble", 2, &lus);
    if (lus != faits) { fprintf(stderr, "the columns are not of one length\n"); return 2; }
    size_t places = (size_t)l.n;
    Reponse r = {room(places, 1), room(places, 1), room(places, 1), room(places, 1), room(places, 1), room(places, 1),
                 room(places, 2), room(places, 4), room(places, 4), NULL};
    Mouvement *journal = room(3 * (size_t)l.faits + 4 * places, sizeof(Mouvement));
    Vie *v = room(1, sizeof(Vie));
    for (int tour = 0; tour < atoi(argv[3]); tour++) {
        double t0 = seconds();
        r.mouvements = NULL, answer_all(v, &l, &r, le);
        double t1 = seconds();
        r.mouvements = journal, answer_all(v, &l, &r, le);
        printf("%.6f %.6f\n", t1 - t0, seconds() - t1);
    }
    save(d, "solde", r.solde, places), save(d, "solde_algebrique", r.solde_algebrique, 2 * places);
    save(d, "plafond", r.plafond, places), save(d, "validite", r.validite, places), save(d, "hors", r.hors, places);
    save(d, "prochain_le", r.prochain_le, 4 * places);
    save(d, "prochaine_variation", r.prochaine_variation, places);
    save(d, "prochain_motif", r.prochain_motif, places);
    save(d, "debuts_mouvements", r.debuts_mouvements, 4 * (places + 1));
    save(d, "mouvements", journal, sizeof(Mouvement) * (size_t)(r.debuts_mouvements[places]));
    return 0;
}
