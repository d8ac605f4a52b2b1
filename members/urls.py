from django.contrib.auth import views as auth_views
from django.urls import path

from members import views

urlpatterns = [
    path("sign-in/", auth_views.LoginView.as_view(template_name="members/sign_in.html"), name="sign_in"),
    path("sign-out/", auth_views.LogoutView.as_view(), name="sign_out"),
    path("account/tokens/", views.token_list, name="token_list"),
    path("account/tokens/<int:pk>/revocation/", views.token_revocation, name="token_revocation"),
]
