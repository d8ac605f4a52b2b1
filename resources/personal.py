"""What the library keeps about a member."""

from kit.personal import Fate, personal

personal("resources.Resource", "submitted_by", Fate.KEPT, because="The library keeps what was given to it.")
personal("resources.Revision", "by", Fate.KEPT, because="The history of a record says that it was changed.")
personal("resources.Autosave", "member", Fate.ERASED)
personal("resources.TaggingJob", "by", Fate.KEPT, because="What was changed in bulk can be undone.")
personal("resources.Bookmark", "member", Fate.ERASED)
personal("resources.SavedSearch", "member", Fate.ERASED)
personal("resources.Transition", "actor", Fate.KEPT, because="The log says by whom each step was taken.")
personal("resources.Submission", "claimed_by", Fate.CLEARED)
personal(
    "resources.SubmissionMessage", "author", Fate.KEPT, because="The other side of the thread was written to."
)
personal("resources.PostingRight", "member", Fate.ERASED)
personal(
    "resources.PostingRight", "set_by", Fate.KEPT, because="A right says who gave it.", is_exported=False
)
personal("resources.RightAppeal", "member", Fate.ERASED)
personal(
    "resources.RightAppeal",
    "answered_by",
    Fate.KEPT,
    because="An answer says who gave it.",
    is_exported=False,
)
personal("resources.Import", "by", Fate.KEPT, because="An import can be undone, and says who brought it in.")
