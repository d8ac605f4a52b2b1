"""What the library keeps about a member."""

from kit.personal import Fate, personal

personal("resources.Resource", "submitted_by", Fate.KEPT, because="The library keeps what was given to it.")
personal("resources.Revision", "by", Fate.KEPT, because="The history of a record says that it was changed.")
personal("resources.Autosave", "member", Fate.ERASED)
personal("resources.TaggingJob", "by", Fate.KEPT, because="What was changed in bulk can be undone.")
