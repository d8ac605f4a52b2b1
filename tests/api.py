"""Asks the API as a program does; every answer is checked against the API's own description."""

import json
from functools import cache

from django.urls import reverse
from jsonschema import Draft202012Validator

from members import actions as member_actions
from portal.views.developers import description

PROBLEM = "application/problem+json"


def token_for(member, scope="write"):
    """The header that lets a program act for a member."""
    number = member.api_tokens.count()
    _row, token = member_actions.create_token(member, name=f"{scope} {number}", scope=scope, days=30)
    return {"Authorization": f"Bearer {token}"}


def call(client, method, name, *, args=(), body=None, headers=None, member=None, **params):
    """The answer to a call; its body, where it is JSON, stands in `answer.data`."""
    headers = {**(token_for(member) if member else {}), **(headers or {})}
    address = reverse(name, args=args)
    if method == "get":
        answer = client.get(address, params, headers=headers)
    else:
        answer = getattr(client, method)(
            address, json.dumps(body or {}), content_type="application/json", headers=headers
        )
    answer.data = json.loads(answer.content) if answer.content else None
    if answer.status_code >= 400:
        assert answer["Content-Type"] == PROBLEM
        assert_fits(answer.data, "Problem")
    return answer


def document():
    return json.loads(description.__wrapped__())


@cache
def problem_validator():
    return make_validator("Problem")


def make_validator(schema):
    """For one schema of the description; those of resources name the codes that the vocabularies hold by now."""
    whole = document()
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": whole["components"]})


def assert_fits(data, schema):
    """The data are what the description of the API says."""
    validator = problem_validator() if schema == "Problem" else make_validator(schema)
    errors = [f"{list(error.absolute_path)}: {error.message[:300]}" for error in validator.iter_errors(data)]
    assert not errors, errors


def pointers(answer):
    """Where a problem says that something is wrong."""
    return [error.get("parameter") or error["pointer"] for error in answer.data["errors"]]
