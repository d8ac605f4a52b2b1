"""The library's pages."""

from resources.views.citation import citation, citation_file, library_export
from resources.views.collection_desk import (
    collection_desk,
    collection_edit,
    collection_item_comment,
    collection_item_place,
    collection_item_removal,
    collection_items,
    collection_new,
    collection_publication,
    collection_removal,
    collection_withdrawal,
)
from resources.views.collections import collection, collection_feed, collection_list
from resources.views.comparison import comparison
from resources.views.desk import desk, desk_autosave, desk_autosave_removal, desk_edit, desk_new
from resources.views.desk_guidance import desk_guidance
from resources.views.desk_steps import (
    desk_file_removal,
    desk_files,
    desk_history,
    desk_publication,
    desk_revision,
    desk_withdrawal,
)
from resources.views.intake import (
    import_again,
    import_approval,
    import_columns,
    import_end,
    import_harvest,
    import_job,
    import_new,
    import_report,
    import_resumption,
    import_undo,
    imports,
)
from resources.views.keeping import (
    bookmark,
    bookmark_list,
    bookmark_removal,
    saved_search_edit,
    saved_search_list,
    saved_search_new,
    saved_search_removal,
    saved_search_stop,
)
from resources.views.library import library, library_feed, library_suggestions
from resources.views.links import link, link_check, links
from resources.views.oai import oai
from resources.views.podcast import podcast
from resources.views.resource import resource, resource_file, resource_file_page, resource_linkset
from resources.views.tagging import tagging, tagging_end, tagging_job
from resources.views.usage import usage, usage_item, usage_report

__all__ = [
    "bookmark",
    "bookmark_list",
    "bookmark_removal",
    "citation",
    "citation_file",
    "collection",
    "collection_desk",
    "collection_edit",
    "collection_feed",
    "collection_item_comment",
    "collection_item_place",
    "collection_item_removal",
    "collection_items",
    "collection_list",
    "collection_new",
    "collection_publication",
    "collection_removal",
    "collection_withdrawal",
    "comparison",
    "desk",
    "desk_autosave",
    "desk_autosave_removal",
    "desk_edit",
    "desk_file_removal",
    "desk_files",
    "desk_guidance",
    "desk_history",
    "desk_new",
    "desk_publication",
    "desk_revision",
    "desk_withdrawal",
    "import_again",
    "import_approval",
    "import_columns",
    "import_end",
    "import_harvest",
    "import_job",
    "import_new",
    "import_report",
    "import_resumption",
    "import_undo",
    "imports",
    "library",
    "library_export",
    "library_feed",
    "library_suggestions",
    "link",
    "link_check",
    "links",
    "oai",
    "podcast",
    "resource",
    "resource_file",
    "resource_file_page",
    "resource_linkset",
    "saved_search_edit",
    "saved_search_list",
    "saved_search_new",
    "saved_search_removal",
    "saved_search_stop",
    "tagging",
    "tagging_end",
    "tagging_job",
    "usage",
    "usage_item",
    "usage_report",
]
