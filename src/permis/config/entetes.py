"""What HTTP wants of an answer and Django does not do itself: a few headers, and nothing else for a HEAD."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

# Everything a page could ask of the device, refused: the site needs none of it.
PERMISSIONS_POLICY: Final = ", ".join(
    f"{capacite}=()"
    for capacite in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


class TeteSeule:
    """Answer a HEAD with the headers of the GET alone: Django leaves that to the server, gunicorn logs a warning."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class Entetes:
    """Refuse device capabilities on every answer; forbid any cache to keep the answer to what a person typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.method == "POST":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
