"""The page where one picks a person, in both languages."""

from django.urls import path

from permis.demonstration.views import autorisation

app_name = "demonstration_pages"

urlpatterns = [
    path("<slug:nom>/interaction/<uuid:ident>", autorisation.choix, name="choix"),
]
