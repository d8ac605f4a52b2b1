from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.notification_list, name="notification_list"),
    path("reading/", views.notification_readings, name="notification_readings"),
    path("<int:pk>/reading/", views.notification_reading, name="notification_reading"),
    path("settings/", views.notification_settings, name="notification_settings"),
    path("settings/pause/", views.notification_pause, name="notification_pause"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
