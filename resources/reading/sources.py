"""Where a record came from, with the attribution its source asks for: (name, address) by the code of the collection."""

from django.utils.translation import gettext_lazy as _

SOURCES = {
    "nberwp": (
        "nberwp, a catalogue of NBER working papers (B. Davies, CC0)",
        "https://github.com/bldavies/nberwp",
    ),
    "idb": (
        "Publications of the Inter-American Development Bank (MIT)",
        "https://github.com/ebfactorysas/dashboard-project",
    ),
    "gwip": (
        "Global Work-Injury Policy Dataset (N. Breznau, CC0)",
        "https://github.com/nbreznau/gwip_long_user",
    ),
    "lac_covid": (
        "Cash transfers and COVID-19 in Latin America and the Caribbean (P. Cobos Alcalá, CC BY 4.0)",
        "https://github.com/pCobosAlcala/CashTransfers_COVID19",
    ),
    "lac_precovid": (
        "Cash transfers and COVID-19 in Latin America and the Caribbean (P. Cobos Alcalá, CC BY 4.0)",
        "https://github.com/pCobosAlcala/CashTransfers_COVID19",
    ),
    "lac_ctp": (
        "Using Policy Capacities During the Pandemic, data set (CC BY 4.0)",
        "https://github.com/pCobosAlcala/research",
    ),
    "pcap_ctp": (
        "Using Policy Capacities During the Pandemic, data set (CC BY 4.0)",
        "https://github.com/pCobosAlcala/research",
    ),
    "spj_covid": (
        "Social Protection and Jobs Responses to COVID-19, working copy of May 2021 (World Bank)",
        "",
    ),
    "wb_projects": ("World Bank projects (CC BY 4.0)", "https://projects.worldbank.org/"),
    "wb_documents": ("World Bank Documents & Reports", "https://documents.worldbank.org/"),
    "escwa": (
        "Documents of the United Nations ESCWA",
        "https://github.com/dag-hammarskjold-library/escwa-import",
    ),
    "grad_ftr": ("Studies of graduation programmes (OM_QEX)", "https://github.com/lsempe77/OM_QEX"),
    "countries": ("UN OCHA, World Bank (CC BY 4.0), GeoNames (CC BY 4.0) and Unicode CLDR", ""),
    "brief": ("References of a T20 policy brief on knowledge sharing for social protection, August 2023", ""),
    "samples": (_("Written for this portal"), ""),
    "om_qex": ("Studies of graduation programmes (OM_QEX)", "https://github.com/lsempe77/OM_QEX"),
}


def source_of(code):
    """(name, address) of a collection; a code nobody knows is its own name, an import without a name has none."""
    kind, _colon, rest = code.partition(":")
    if kind == "import":
        return "", ""
    if kind == "harvest":
        return rest.partition(" ")[0], ""
    return SOURCES.get(code, (code, ""))
