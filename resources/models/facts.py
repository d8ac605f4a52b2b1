"""Figures and ratifications a country profile shows. Each row names its source and year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.models import Country, Named


class Indicator(Named):
    code = models.SlugField(_("code"), max_length=60, primary_key=True)
    unit = models.CharField(_("unit"), max_length=60)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)
    group = models.CharField(_("group"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    higher_is_better = models.BooleanField(_("higher is better"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "code"]


class IndicatorValue(models.Model):
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="indicator_values")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(fields=["country", "indicator", "year"], name="one_value_a_year")
        ]
        indexes = [models.Index(fields=["indicator", "year"], name="value_of_indicator")]

    def __str__(self):
        return f"{self.country_id} {self.indicator_id} {self.year}"


class TreatyRatification(models.Model):
    class State(models.TextChoices):
        PARTY = "party", _("State party")
        SIGNATORY = "signatory", _("Signatory")
        NONE = "none", _("No action")

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="ratifications")
    treaty_code = models.CharField(_("code"), max_length=12)
    treaty = models.CharField(_("treaty"), max_length=250)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("ratification")
        verbose_name_plural = _("ratifications")
        ordering = ["treaty_code"]
        constraints = [models.UniqueConstraint(fields=["country", "treaty_code"], name="one_state_a_treaty")]

    def __str__(self):
        return f"{self.country_id} {self.treaty_code} {self.state}"
