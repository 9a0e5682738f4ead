"""Type an offence and read the balance: with scripts, without, and with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.parcours.navigateur import _jour_fixe, ajouter_feu_rouge, commencer, solde  # noqa: F401


def test_une_infraction_et_le_solde(page: Page) -> None:
    commencer(page)
    assert solde(page) == "12"
    ajouter_feu_rouge(page)
    assert solde(page) == "8"
    expect(page.locator(".solde-pourquoi")).to_contain_text("Retrait de 4 points")
    expect(page.locator(".venir")).to_contain_text("2 avril 2029")


def test_sans_javascript(navigateur: Browser, adresse: str) -> None:
    page = navigateur.new_context(base_url=adresse, java_script_enabled=False).new_page()
    commencer(page)
    ajouter_feu_rouge(page, script=False)
    assert solde(page) == "8"
    page.get_by_role("button", name="Modifier", exact=False).nth(1).click()
    expect(page.get_by_role("radio", name="feu rouge")).to_be_checked()
    expect(page.get_by_label("Depuis quel jour")).to_have_value("2026-04-02")
    page.get_by_role("button", name="Annuler").click()
    page.get_by_role("button", name="Retirer", exact=False).nth(1).click()
    assert solde(page) == "12"
    page.context.close()


def test_au_clavier_seul(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    tabuler(page, "champ-date")
    page.keyboard.type("06012015")
    tabuler(page, "Voir mes points")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos points, et pourquoi")
    tabuler(page, "Une infraction")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Une infraction")
    tabuler(page, "champ-commise_le")
    page.keyboard.type("03102026")
    tabuler(page, "champ-q")
    page.keyboard.type("feu rouge")
    page.get_by_text("1 infraction trouvée").wait_for()
    tabuler(page, "bareme-1")
    page.keyboard.press("Space")
    tabuler(page, "champ-etablie_le")
    page.keyboard.type("04022026")
    tabuler(page, "Ajouter au dossier")
    page.keyboard.press("Enter")
    expect(page.locator(".grand-nombre")).to_have_text("8")


def tabuler(page: Page, cible: str) -> None:
    """Press Tab until the focus reaches an element, by its identifier or its text; the focus must always show."""
    for _ in range(80):
        page.keyboard.press("Tab")
        nom, contour = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.id || e.textContent.trim(), e === document.body ? 'page' : s.outlineStyle] }"
        )
        assert contour != "none", f"the focus does not show on {nom}"
        if nom == cible:
            return
    raise AssertionError(f"Tab never reaches {cible}")


def test_une_faute_prend_le_focus(contexte: BrowserContext) -> None:
    page = contexte.new_page()
    page.goto("/")
    page.get_by_role("button", name="Voir mes points").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Indiquez cette date", exact=False).click()
    expect(page.get_by_label("Date d’obtention")).to_be_focused()


def test_supposer_cote_a_cote(page: Page) -> None:
    commencer(page)
    ajouter_feu_rouge(page)
    page.get_by_role("form", name="Je suis un stage").get_by_label("Premier jour").fill("2026-12-05")
    page.get_by_role("button", name="Supposer ce stage").click()
    expect(page.locator(".comparaison")).to_contain_text("7 décembre 2026")
    page.get_by_role("button", name="Supposer cette infraction").click()
    expect(page.locator(".suppositions li")).to_have_count(2)
    page.get_by_role("button", name="Oublier", exact=False).first.click()
    expect(page.locator(".suppositions li")).to_have_count(1)
    assert solde(page) == "8"


def test_entree_sans_javascript(navigateur: Browser, adresse: str) -> None:
    """Each small form has its own button, which Enter presses; in the search of the barème, Enter searches."""
    page = navigateur.new_context(base_url=adresse, java_script_enabled=False).new_page()
    commencer(page)
    page.get_by_role("button", name="Une infraction").click()
    page.get_by_label("Jour de l’infraction").fill("2026-03-10")
    page.get_by_label("Quelle infraction").fill("feu rouge")
    page.get_by_label("Quelle infraction").press("Enter")
    page.get_by_role("radio", name="feu rouge").check()
    page.get_by_label("Depuis quel jour").fill("2026-04-02")
    page.get_by_label("Depuis quel jour").press("Enter")
    assert solde(page) == "8"
    page.get_by_role("form", name="Je commets une infraction").get_by_label("Le (obligatoire)", exact=True).press(
        "Enter"
    )
    expect(page.locator(".suppositions li")).to_have_count(1)
    expect(page.locator(".suppositions")).to_contain_text("Une infraction le")
    page.context.close()


def test_entree_apres_une_recherche_vivante_enregistre(page: Page) -> None:
    commencer(page)
    page.get_by_role("button", name="Une infraction").click()
    page.get_by_label("Jour de l’infraction").fill("2026-03-10")
    page.get_by_label("Quelle infraction").press_sequentially("feu rouge")
    page.get_by_role("radio", name="feu rouge").check()
    page.get_by_label("Depuis quel jour").fill("2026-04-02")
    page.get_by_label("Depuis quel jour").press("Enter")
    expect(page.locator(".grand-nombre")).to_have_text("8")


def test_un_jour_impossible_reste_lisible(contexte: BrowserContext) -> None:
    """What is no day is shown as it was typed, and the summary takes the focus; the picker would show nothing."""
    page = contexte.new_page()
    commencer(page)
    page.locator("#le").evaluate("champ => { champ.type = 'text'; champ.value = '31/02/2026' }")
    page.get_by_role("button", name="Voir ce jour").click()
    expect(page.locator("#le")).to_have_value("31/02/2026")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Indiquez une date", exact=False).click()
    expect(page.locator("#le")).to_be_focused()
