"""The same letter for WeasyPrint: same words, fonts, figures, seal and running foot, as PDF/UA-1 with its tags.

What only ours has (PDF/A-3a at the same time, the attached data, the scope of header cells) is left out: the letter of
WeasyPrint has less to do.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

from permis.courriers.codes import draw_2ddoc
from permis.courriers.polices import DOSSIER

FEUILLE = f"""
@font-face {{ font-family: Atkinson; src: url(file://{DOSSIER}/AtkinsonHyperlegibleNext_400Regular.ttf) }}
@font-face {{ font-family: Atkinson; font-weight: bold;
  src: url(file://{DOSSIER}/AtkinsonHyperlegibleNext_700Bold.ttf) }}
@page {{ size: A4; margin: 26mm 22mm 18mm 24mm;
  @bottom-left {{ content: "Spécimen sans valeur"; font: 9pt Atkinson; color: #53584f }}
  @bottom-right {{ content: "Page " counter(page) " sur " counter(pages); font: 9pt Atkinson; color: #53584f }} }}
body {{ font: 11pt/1.3 Atkinson; color: #1c1f1b; margin: 0 }} p, ul {{ margin: 2.5mm 0 }}
.tete {{ position: relative; height: 67mm }}
.tete > * {{ position: absolute }}
.marque {{ top: -15mm; color: #0c5c4c; font-weight: bold; font-size: 13pt }}
.marque svg {{ width: 10mm; vertical-align: middle }}
.sceau {{ top: 14mm }} .sceau svg {{ width: 22mm }}
.numero {{ top: 14mm; left: 26mm; font-size: 8.5pt }} .adresse {{ left: 77mm; top: 28mm; font-size: 10pt }}
.filigrane {{ position: fixed; top: 110mm; left: 10mm; font-size: 96pt; color: #f0f0f0; transform: rotate(-54deg);
  z-index: -1 }}
h1 {{ font-size: 18pt; margin: 0 }} h2 {{ font-size: 12.5pt; color: #0c5c4c; margin: 4mm 0 2mm }}
table {{ width: 100%; border-collapse: collapse; font-size: 9.5pt }}
th, td {{ text-align: left; vertical-align: top; padding: 1.7mm; border-bottom: .5pt solid #c9c5b8 }}
.chiffres {{ display: flex; gap: 4mm }}
.chiffres div {{ flex: 1; background: #e9f2ee; border-top: 1.6pt solid #0c5c4c; padding: 3mm }}
.chiffres b {{ font-size: 24pt; display: block }}
.recours {{ background: #f5f3ec; border-left: 2.5pt solid #53584f; padding: 4mm 5mm; font-size: 10pt }}
.recours h2 {{ margin-top: 0 }} ul {{ padding-left: 4mm }}
.mentions {{ font-size: 9pt; color: #53584f; border-top: .5pt solid #c9c5b8 }}
"""
RONDS = "".join(
    f'<circle cx="{16 + 11 * x}" cy="{16 + 11 * y}" r="2.5"/>' for x in (-1, 0, 1) for y in (-1, -0.3, 0.3, 1)
)
MARQUE = f'<svg viewBox="0 0 32 32" fill="#0c5c4c">{RONDS}</svg>'

Bloc = dict[str, Any]


def write_html(contenu: dict[str, Any], sceau: str, adresse: Sequence[str]) -> str:
    """The whole page of a letter in French."""
    textes = contenu["textes"]["fr"]
    corps = "".join(BLOCS[bloc["type"]](bloc) for bloc in textes["blocs"])
    mentions = "".join(f"<p>{say(mention)}</p>" for mention in textes["mentions"])
    return f"""<!DOCTYPE html><html lang="fr"><head><title>{say(textes["titre"])}</title></head><body>
<div class="filigrane">SPÉCIMEN</div>
<div class="tete"><div class="marque">{MARQUE} Permis de conduire</div>
<div class="sceau">{draw_2ddoc(sceau).svg}</div>
<p class="numero">Courrier {say(contenu["reference"])}<br>Numéro <b>{say(contenu["numero"])}</b></p>
<p class="adresse">{"<br>".join(map(say, adresse))}</p></div>
<h1>{say(textes["titre"])}</h1><p><b>Objet : {say(textes["objet"])}</b></p>
<p>Titulaire : <b>{say(contenu["destinataire"]["nom_complet"])}</b></p>
{corps}<div class="mentions">{mentions}</div></body></html>"""


def say(texte: str) -> str:
    return html.escape(texte)


def title(bloc: Bloc) -> str:
    return f"<h2>{say(bloc['titre'])}</h2>" if bloc.get("titre") else ""


def write_chiffres(bloc: Bloc) -> str:
    cases = "".join(f"<div>{say(nom)}<b>{say(valeur)}</b></div>" for nom, valeur in bloc["lignes"])
    return f'{title(bloc)}<div class="chiffres">{cases}</div>'


def write_tableau(bloc: Bloc) -> str:
    tete = "".join(f'<th scope="col">{say(colonne)}</th>' for colonne in bloc["colonnes"])
    lignes = "".join(f"<tr>{''.join(f'<td>{say(case)}</td>' for case in ligne)}</tr>" for ligne in bloc["lignes"])
    return f"{title(bloc)}<table><thead><tr>{tete}</tr></thead><tbody>{lignes}</tbody></table>"


def write_liste(bloc: Bloc) -> str:
    elements = "".join(f"<li>{say(element)}</li>" for element in bloc["elements"])
    return f'<div class="{bloc.get("role", "")}">{title(bloc)}<ul>{elements}</ul></div>'


BLOCS: dict[str, Callable[[Bloc], str]] = {
    "paragraphe": lambda bloc: f"<p>{say(bloc['texte'])}</p>",
    "titre": lambda bloc: f"<h2>{say(bloc['texte'])}</h2>",
    "chiffres": write_chiffres,
    "tableau": write_tableau,
    "liste": write_liste,
}
