"""The addresses of the site."""

from django.urls import path

from probatum.site import answering, auditing, language, metrics, views
from probatum.site.accounts import openid, second_factor
from probatum.site.api.routes import api
from probatum.site.board import (
    accounts,
    articles,
    assigning,
    exports,
    feeds,
    listing,
    policy_page,
    queue,
    reviewing,
    signing,
    statistics,
    topics,
    trail,
    writing,
)
from probatum.site.keys.page import keys

urlpatterns = [
    path("", views.home, name="home"),
    path("ask", answering.ask, name="ask"),
    path("search", views.search, name="search"),
    path("sources/", views.sources, name="sources"),
    path("sources/<path:edition>", views.source, name="source"),
    path("audit/", auditing.audited, name="audit"),
    path("articles/", listing.articles, name="articles"),
    path("articles/new", writing.new, name="article-new"),
    path("articles/<slug:slug>/edit", writing.edit, name="article-edit"),
    path("articles/<slug:slug>/edit/<slug:claim>", writing.edit_claim, name="article-edit-claim"),
    path("articles/<slug:slug>", articles.article, name="article"),
    path("articles/<slug:slug>.<str:form>", exports.export, name="article-export"),
    path(
        "articles/<slug:slug>/versions/<int:number>.<str:form>",
        exports.export_version,
        name="article-version-export",
    ),
    path("articles/<slug:slug>/versions/<int:number>", articles.version, name="article-version"),
    path(
        "articles/<slug:slug>/versions/<int:number>/since/<int:earlier>",
        articles.changed,
        name="article-changes",
    ),
    path("topics/", topics.topics, name="topics"),
    path("topics/<str:id>", topics.topic, name="topic"),
    path("feeds/articles.atom", feeds.atom, name="articles-feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("review/", queue.queue, name="review-queue"),
    path("review/<slug:slug>/<int:number>", reviewing.review, name="review"),
    path(
        "review/<slug:slug>/<int:number>/claims/<slug:claim>",
        reviewing.decide,
        name="review-claim",
    ),
    path("review/<slug:slug>/<int:number>/sign", signing.sign, name="review-sign"),
    path("review/<slug:slug>/<int:number>/assign", assigning.assign, name="review-assign"),
    path("review/statistics", statistics.statistics, name="review-statistics"),
    path("review/trail.jsonl", trail.trail, name="review-trail"),
    path("editorial-policy", policy_page.editorial_policy, name="editorial-policy"),
    # The names are those that django-allauth looks for.
    path("login", accounts.SignIn.as_view(), name="account_login"),
    path("login/code", second_factor.Code.as_view(), name="mfa_authenticate"),
    path("login/again", second_factor.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("login/again/code", second_factor.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("login/organisation", openid.begin, name="openid-begin"),
    path("login/organisation/callback", openid.callback, name="openid-callback"),
    path("logout", accounts.SignOut.as_view(), name="logout"),
    path("account/", accounts.Account.as_view(), name="account"),
    path("account/keys", keys, name="account-keys"),
    path("account/second-factor", second_factor.SecondFactor.as_view(), name="mfa_index"),
    path("account/second-factor/add", second_factor.Add.as_view(), name="mfa_activate_totp"),
    path(
        "account/second-factor/remove",
        second_factor.Remove.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/codes",
        second_factor.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("about", views.about, name="about"),
    path("language", language.choose, name="language"),
    path("api/", api.urls),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", views.healthz, name="healthz"),
]
handler400 = "probatum.site.views.bad_request"
handler403 = "probatum.site.views.forbidden"
handler404 = "probatum.site.views.not_found"
handler429 = "probatum.site.views.too_often"
handler500 = "probatum.site.views.server_error"
