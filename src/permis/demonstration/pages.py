"""The pages of the demonstration, in both languages: who the people are, and where one picks a person."""

from django.urls import path

from permis.demonstration.views import autorisation, gens

app_name = "demonstration_pages"

urlpatterns = [
    path("", gens.gens, name="gens"),
    path("<slug:nom>/interaction/<uuid:ident>", autorisation.choix, name="choix"),
]
