"""What this room keeps about a member."""

from kit.personal import Fate, personal

personal("notifications.Preference", "member", Fate.ERASED)
personal("notifications.Choice", "member", Fate.ERASED)
personal("notifications.Notification", "member", Fate.ERASED)
personal("notifications.Mail", "member", Fate.ERASED)
