"""The addresses of the site."""

from django.urls import path

from probatum.site import answering, auditing, views
from probatum.site.api.routes import api
from probatum.site.board import accounts, articles, policy_page, queue, reviewing, signing, writing
from probatum.site.keys.page import keys

urlpatterns = [
    path("", views.home, name="home"),
    path("ask", answering.ask, name="ask"),
    path("search", views.search, name="search"),
    path("sources/", views.sources, name="sources"),
    path("sources/<path:edition>", views.source, name="source"),
    path("audit/", auditing.audited, name="audit"),
    path("articles/", articles.articles, name="articles"),
    path("articles/new", writing.new, name="article-new"),
    path("articles/<slug:slug>/edit", writing.edit, name="article-edit"),
    path("articles/<slug:slug>/edit/<slug:claim>", writing.edit_claim, name="article-edit-claim"),
    path("articles/<slug:slug>", articles.article, name="article"),
    path("articles/<slug:slug>.<str:form>", articles.export, name="article-export"),
    path("articles/<slug:slug>/versions/<int:number>", articles.version, name="article-version"),
    path(
        "articles/<slug:slug>/versions/<int:number>/since/<int:earlier>",
        articles.changed,
        name="article-changes",
    ),
    path("review/", queue.queue, name="review-queue"),
    path("review/<slug:slug>/<int:number>", reviewing.review, name="review"),
    path(
        "review/<slug:slug>/<int:number>/claims/<slug:claim>",
        reviewing.decide,
        name="review-claim",
    ),
    path("review/<slug:slug>/<int:number>/sign", signing.sign, name="review-sign"),
    path("editorial-policy", policy_page.editorial_policy, name="editorial-policy"),
    path("login", accounts.SignIn.as_view(), name="login"),
    path("logout", accounts.SignOut.as_view(), name="logout"),
    path("account/", accounts.Account.as_view(), name="account"),
    path("account/keys", keys, name="account-keys"),
    path("about", views.about, name="about"),
    path("api/", api.urls),
    path("healthz", views.healthz, name="healthz"),
]
handler400 = "probatum.site.views.bad_request"
handler403 = "probatum.site.views.forbidden"
handler404 = "probatum.site.views.not_found"
handler500 = "probatum.site.views.server_error"
