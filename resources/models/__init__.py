"""The tables of the library: one `Resource` for what all kinds share, one table a kind for what is its own."""

from resources.models.collections import Collection, CollectionItem
from resources.models.desk import Autosave, FieldGuidance, Revision
from resources.models.facts import Indicator, IndicatorValue, TreatyRatification
from resources.models.intake import Import, ImportRow
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
    "Autosave",
    "BlogPost",
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
    "ProgrammeProfile",
    "Publication",
    "Resource",
    "ResourceFile",
    "ResourceIdentifier",
    "ResourceOrganisation",
    "ResourceTopic",
    "Revision",
    "SourceRecord",
    "Status",
    "TaggingJob",
    "TaggingRow",
    "TreatyRatification",
    "UsageLog",
    "Work",
]
