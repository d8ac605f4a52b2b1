"""One table a kind, for what is its own. Each row's key is its resource."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Kind, Resource
from vocabularies.models import Country


class Detail(models.Model):
    """The part of a resource that only its kind has."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="%(class)s"
    )

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.resource_id)


class Publication(Detail):
    class Type(models.TextChoices):
        WORKING_PAPER = "working_paper", _("Working paper")
        REPORT = "report", _("Report")
        POLICY_BRIEF = "policy_brief", _("Policy brief")
        JOURNAL_ARTICLE = "journal_article", _("Journal article")
        BOOK = "book", _("Book")
        BOOK_CHAPTER = "book_chapter", _("Book chapter")
        THESIS = "thesis", _("Thesis")
        UN_DOCUMENT = "un_document", _("UN document")
        WEB_PAGE = "web_page", _("Web page")
        PRESENTATION = "presentation", _("Presentation")
        EVALUATION = "evaluation", _("Evaluation")
        MANUAL = "manual", _("Manual or toolkit")
        DATASET = "dataset", _("Data set")
        OTHER = "other", _("Publication")

    type = models.CharField(_("type"), max_length=16, choices=Type.choices, default=Type.OTHER)
    container = models.CharField(_("journal, series or book"), max_length=300, blank=True)
    volume = models.CharField(_("volume"), max_length=30, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    pages = models.CharField(_("pages"), max_length=30, blank=True)
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    is_peer_reviewed = models.BooleanField(_("peer reviewed"), null=True, blank=True)

    class Meta:
        verbose_name = _("publication")


class News(Detail):
    place = models.CharField(_("place"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("news")


class Event(Detail):
    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    starts_on = models.DateField(_("starts on"), null=True, blank=True, db_index=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(_("online address"), max_length=500, blank=True)
    participants = models.CharField(_("participants"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="event_ends_after_its_start"
            ),
        ]


class Job(Detail):
    employer = models.CharField(_("employer"), max_length=255, blank=True)
    place = models.CharField(_("duty station"), max_length=200, blank=True)
    is_remote = models.BooleanField(_("remote"), default=False)
    contract = models.CharField(_("contract"), max_length=100, blank=True)
    experience = models.CharField(_("experience"), max_length=100, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("job")


class ProgrammeProfile(Detail):
    """A programme. Money is in the currency named, coverage in the unit named; each figure has its year and source."""

    class Type(models.TextChoices):
        SOCIAL_ASSISTANCE = "social_assistance", _("Social assistance")
        SOCIAL_INSURANCE = "social_insurance", _("Social insurance")
        LABOUR_MARKET = "labour_market", _("Labour market programme")
        OTHER = "other", _("Programme")

    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OTHER)
    local_name = models.CharField(_("local name"), max_length=400, blank=True)
    sub_type = models.CharField(_("benefit type"), max_length=200, blank=True)
    is_emergency_measure = models.BooleanField(_("emergency measure"), default=False)
    target_group = models.CharField(_("target group"), max_length=400, blank=True)
    targeting = models.CharField(_("targeting"), max_length=400, blank=True)
    benefit = models.CharField(_("benefit"), max_length=400, blank=True)
    benefit_amount = models.DecimalField(
        _("benefit amount"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    benefit_currency = models.CharField(_("currency"), max_length=3, blank=True)
    payment_frequency = models.CharField(_("payment frequency"), max_length=100, blank=True)
    delivery = models.CharField(_("delivery"), max_length=300, blank=True)
    coverage = models.DecimalField(_("coverage"), max_digits=18, decimal_places=4, null=True, blank=True)
    coverage_unit = models.CharField(_("coverage unit"), max_length=60, blank=True)
    coverage_year = models.PositiveSmallIntegerField(_("coverage year"), null=True, blank=True)
    coverage_source = models.CharField(_("coverage source"), max_length=300, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=20, decimal_places=2, null=True, blank=True)
    cost_unit = models.CharField(_("cost unit"), max_length=60, blank=True)
    cost_year = models.PositiveSmallIntegerField(_("cost year"), null=True, blank=True)
    cost_source = models.CharField(_("cost source"), max_length=300, blank=True)
    agency = models.CharField(_("agency"), max_length=500, blank=True)
    legal_basis = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="programmes_based_on"
    )
    started_year = models.PositiveSmallIntegerField(_("start"), null=True, blank=True)
    ended_year = models.PositiveSmallIntegerField(_("end"), null=True, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True, help_text=_("A list of addresses."))

    class Meta:
        verbose_name = _("programme profile")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_year=None) | Q(started_year=None) | Q(ended_year__gte=F("started_year")),
                name="programme_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(coverage=None) | Q(coverage__gte=0), name="programme_coverage_not_negative"
            ),
        ]


class CountryProfile(Detail):
    """The profile of one country; figures, programmes, laws and ratifications come from their own tables."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="profile")
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("country profile")


class LegalFramework(Detail):
    class Instrument(models.TextChoices):
        CONSTITUTION = "constitution", _("Constitution")
        ACT = "act", _("Act or law")
        DECREE = "decree", _("Decree or regulation")
        POLICY = "policy", _("Policy")
        STRATEGY = "strategy", _("Strategy or plan")
        AGREEMENT = "agreement", _("International agreement")
        OTHER = "other", _("Legal instrument")

    class Force(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        AMENDED = "amended", _("Amended")
        REPEALED = "repealed", _("Repealed")
        UNKNOWN = "unknown", _("Status not known")

    instrument = models.CharField(
        _("instrument"), max_length=14, choices=Instrument.choices, default=Instrument.OTHER
    )
    number = models.CharField(_("number"), max_length=100, blank=True)
    gazette = models.CharField(_("gazette"), max_length=200, blank=True)
    force = models.CharField(_("status"), max_length=10, choices=Force.choices, default=Force.UNKNOWN)
    adopted_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    in_force_on = models.DateField(_("in force on"), null=True, blank=True)
    amends = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="amended_by"
    )
    repeals = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="repealed_by"
    )
    branch = models.CharField(_("branch"), max_length=100, blank=True)
    scheme_type = models.CharField(_("type of scheme"), max_length=200, blank=True)
    coverage_share = models.DecimalField(
        # xgettext:no-python-format
        _("coverage, % of the labour force"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    references = models.CharField(_("references"), max_length=500, blank=True)
    title_is_description = models.BooleanField(
        _("the source gives no title"),
        default=False,
        help_text=_("The title was made of the branch, the country and the year."),
    )

    class Meta:
        verbose_name = _("legal and policy framework")
        constraints = [
            models.CheckConstraint(
                condition=Q(coverage_share=None) | Q(coverage_share__gte=0, coverage_share__lte=100),
                name="law_coverage_is_a_share",
            ),
        ]


class BlogPost(Detail):
    series = models.CharField(_("series"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("blog post")


class Multimedia(Detail):
    class Type(models.TextChoices):
        VIDEO = "video", _("Video")
        PODCAST = "podcast", _("Podcast")
        AUDIO = "audio", _("Audio")
        INFOGRAPHIC = "infographic", _("Infographic")

    type = models.CharField(_("type"), max_length=12, choices=Type.choices, default=Type.VIDEO)
    duration_seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    enclosure_url = models.URLField(_("media file"), max_length=1000, blank=True)
    enclosure_type = models.CharField(_("media type"), max_length=100, blank=True)
    enclosure_size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)

    class Meta:
        verbose_name = _("multimedia")


class Database(Detail):
    class Access(models.TextChoices):
        OPEN = "open", _("Open")
        REGISTRATION = "registration", _("Free with registration")
        RESTRICTED = "restricted", _("Restricted")

    owner = models.CharField(_("owner"), max_length=255, blank=True)
    coverage = models.CharField(_("coverage"), max_length=300, blank=True)
    access = models.CharField(_("access"), max_length=14, choices=Access.choices, default=Access.OPEN)
    formats = models.CharField(_("formats"), max_length=200, blank=True)
    update_frequency = models.CharField(_("updated"), max_length=100, blank=True)
    period = models.CharField(_("period"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("database")


KIND_MODELS = {
    Kind.PUBLICATION: Publication,
    Kind.NEWS: News,
    Kind.EVENT: Event,
    Kind.JOB: Job,
    Kind.PROGRAMME: ProgrammeProfile,
    Kind.COUNTRY: CountryProfile,
    Kind.LAW: LegalFramework,
    Kind.BLOG: BlogPost,
    Kind.MULTIMEDIA: Multimedia,
    Kind.DATABASE: Database,
}
