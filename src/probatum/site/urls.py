"""The addresses of the site."""

from django.urls import path

from probatum.site import auditing, views
from probatum.site.api.routes import api

urlpatterns = [
    path("", views.home, name="home"),
    path("ask", views.ask, name="ask"),
    path("search", views.search, name="search"),
    path("sources/", views.sources, name="sources"),
    path("sources/<path:edition>", views.source, name="source"),
    path("audit/", auditing.audited, name="audit"),
    path("about", views.about, name="about"),
    path("api/", api.urls),
    path("healthz", views.healthz, name="healthz"),
]
handler400 = "probatum.site.views.bad_request"
handler403 = "probatum.site.views.forbidden"
handler404 = "probatum.site.views.not_found"
handler500 = "probatum.site.views.server_error"
