"""Reading a resource's page in tests."""

import json
import re


def page_of(client, resource, **extra):
    response = client.get(resource.get_absolute_url(), **extra)
    assert response.status_code == 200
    return response.content.decode()


def facts_of(html):
    """The terms and values of the page's description lists, without tags."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.S)
    return {term: re.sub(r"<[^>]+>", "", value) for term, value in pairs}


def json_ld_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
