"""Controlled vocabularies. They are loaded from files in `vocabularies/data`, never typed in by hand."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAME_LANGUAGES = ("en", "fr", "es", "pt", "ar")


class Named(models.Model):
    """A name in the five languages of the portal; English stands in where another is missing."""

    name_en = models.CharField(_("name (English)"), max_length=255)
    name_fr = models.CharField(_("name (French)"), max_length=255, blank=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=255, blank=True)
    name_pt = models.CharField(_("name (Portuguese)"), max_length=255, blank=True)
    name_ar = models.CharField(_("name (Arabic)"), max_length=255, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.name_in(get_language() or "en")

    def name_in(self, language):
        return getattr(self, f"name_{language[:2]}", "") or self.name_en


class Language(Named):
    """A language of a document or of a person, by its ISO 639-1 code (639-3 where there is no shorter one)."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    endonym = models.CharField(_("own name"), max_length=100, blank=True)
    is_rtl = models.BooleanField(_("right to left"), default=False)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["name_en"]


class Region(Named):
    """A region of the World Bank (`wb`) or of the UN's M49 standard (`m49`, in levels)."""

    class Scheme(models.TextChoices):
        WORLD_BANK = "wb", _("World Bank")
        M49 = "m49", _("UN M49")

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    scheme = models.CharField(_("scheme"), max_length=3, choices=Scheme.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name_en"]


class IncomeGroup(models.TextChoices):
    """The World Bank's income groups, poorest first."""

    LOW = "LIC", _("Low income")
    LOWER_MIDDLE = "LMC", _("Lower middle income")
    UPPER_MIDDLE = "UMC", _("Upper middle income")
    HIGH = "HIC", _("High income")


class Country(Named):
    """A country or territory of ISO 3166-1. `name_*` is the UN's name where the UN has one."""

    iso3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, primary_key=True)
    iso2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, unique=True)
    m49 = models.CharField(_("M49"), max_length=3, unique=True)
    cldr_names = models.JSONField(_("names in the CLDR"), default=dict, blank=True)
    wb_region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="wb_countries"
    )
    m49_region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="m49_countries"
    )
    income_group = models.CharField(
        _("income group"), max_length=3, choices=IncomeGroup.choices, blank=True, db_index=True
    )
    lending_category = models.CharField(_("lending category"), max_length=20, blank=True)
    is_g20 = models.BooleanField(_("G20"), default=False)
    is_ldc = models.BooleanField(_("least developed country"), default=False)
    is_lldc = models.BooleanField(_("landlocked developing country"), default=False)
    is_sids = models.BooleanField(_("small island developing state"), default=False)
    is_independent = models.BooleanField(_("independent"), default=False)
    population = models.BigIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("population year"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    capital = models.CharField(_("capital"), max_length=100, blank=True)
    capital_time_zone = models.CharField(_("time zone of the capital"), max_length=50, blank=True)
    time_zones = models.JSONField(_("time zones"), default=list, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    languages = models.ManyToManyField(Language, blank=True, related_name="countries")

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name_en"]

    def get_absolute_url(self):
        return reverse("country", args=[self.iso3.lower()])


class IncomeClass(models.Model):
    """The income group a country had in a year of the World Bank's classification."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="income_classes")
    year = models.PositiveSmallIntegerField(_("year"))
    group = models.CharField(_("group"), max_length=3, choices=IncomeGroup.choices)

    class Meta:
        verbose_name = _("income class")
        verbose_name_plural = _("income classes")
        constraints = [models.UniqueConstraint(fields=["country", "year"], name="one_income_class_a_year")]

    def __str__(self):
        return f"{self.country_id} {self.year} {self.group}"


class CountryAlias(models.Model):
    """Another way to write a country's name ("Ivory Coast"), kept folded: lower case, no accents, single spaces."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("text"), max_length=150)
    folded = models.CharField(_("folded"), max_length=150, unique=True)

    class Meta:
        verbose_name = _("country alias")
        verbose_name_plural = _("country aliases")

    def __str__(self):
        return f"{self.text} → {self.country_id}"


class Topic(Named):
    """A topic; the tree has two levels."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)
    description_es = models.TextField(_("description (Spanish)"), blank=True)
    description_pt = models.TextField(_("description (Portuguese)"), blank=True)
    description_ar = models.TextField(_("description (Arabic)"), blank=True)
    categories = models.JSONField(
        _("categories"),
        default=list,
        blank=True,
        help_text=_("Codes of the World Bank's social protection and jobs categories."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "code"]

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class TopicLabel(models.Model):
    """Another word for a topic in one language.

    Search widens queries with synonyms and acronyms. A narrower term only tells that a text is about the topic.
    """

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("synonym")
        ACRONYM = "acronym", _("acronym")
        NARROWER = "narrower", _("narrower term")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=3)
    text = models.CharField(_("text"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = _("topic label")
        verbose_name_plural = _("topic labels")
        constraints = [models.UniqueConstraint(fields=["topic", "language", "text"], name="topic_label_once")]

    def __str__(self):
        return self.text


class OrganisationType(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    INTERNATIONAL = "international", _("International organisation")
    DEVELOPMENT_BANK = "development_bank", _("Development bank")
    DONOR = "donor", _("Donor or development agency")
    RESEARCH = "research", _("Research institute or university")
    NGO = "ngo", _("Non-governmental organisation")
    PUBLISHER = "publisher", _("Publisher")
    PRIVATE = "private", _("Private sector")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """An organisation that publishes, funds or runs something."""

    name = models.CharField(_("name"), max_length=255)
    folded_name = models.CharField(_("folded name"), max_length=255, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    type = models.CharField(
        _("type"), max_length=20, choices=OrganisationType.choices, default=OrganisationType.OTHER
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    website = models.URLField(_("website"), blank=True, max_length=500)
    aliases = models.JSONField(_("aliases"), default=list, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self):
        return self.name
