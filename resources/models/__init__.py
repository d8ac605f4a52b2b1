"""The tables of the library: one `Resource` for what all kinds share, one table a kind for what is its own."""

from resources.models.collections import Collection, CollectionItem
from resources.models.desk import Autosave, FieldGuidance, Revision
from resources.models.editorial import (
    STEPS,
    TRUSTED_STEPS,
    WAITING,
    PostingRight,
    Right,
    RightAppeal,
    Submission,
    SubmissionMessage,
    Transition,
)
from resources.models.facts import Indicator, IndicatorValue, TreatyRatification
from resources.models.intake import Import, ImportRow
from resources.models.keeping import Bookmark, SavedSearch, SearchAnchor, SearchMatch, SearchPattern
from resources.models.kinds import (
    KIND_MODELS,
    BlogPost,
    CountryProfile,
    Database,
    Event,
    Job,
    LegalFramework,
    Multimedia,
    News,
    ProgrammeProfile,
    Publication,
)
from resources.models.links import LinkCheck, LinkHost
from resources.models.provenance import SourceRecord
from resources.models.resource import (
    Contributor,
    Kind,
    Resource,
    ResourceFile,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
    Work,
)
from resources.models.tagging import TaggingJob, TaggingRow
from resources.models.usage import COUNTS, ItemUsage, UsageLog

__all__ = [
    "COUNTS",
    "KIND_MODELS",
    "STEPS",
    "TRUSTED_STEPS",
    "WAITING",
    "Autosave",
    "BlogPost",
    "Bookmark",
    "Collection",
    "CollectionItem",
    "Contributor",
    "CountryProfile",
    "Database",
    "Event",
    "FieldGuidance",
    "Import",
    "ImportRow",
    "Indicator",
    "IndicatorValue",
    "ItemUsage",
    "Job",
    "Kind",
    "LegalFramework",
    "LinkCheck",
    "LinkHost",
    "Multimedia",
    "News",
    "PostingRight",
    "ProgrammeProfile",
    "Publication",
    "Resource",
    "ResourceFile",
    "ResourceIdentifier",
    "ResourceOrganisation",
    "ResourceTopic",
    "Revision",
    "Right",
    "RightAppeal",
    "SavedSearch",
    "SearchAnchor",
    "SearchMatch",
    "SearchPattern",
    "SourceRecord",
    "Status",
    "Submission",
    "SubmissionMessage",
    "TaggingJob",
    "TaggingRow",
    "Transition",
    "TreatyRatification",
    "UsageLog",
    "Work",
]
