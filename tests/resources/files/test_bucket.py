"""Files in a bucket: a real S3 server, which lives in this process and speaks over the loopback interface."""

from io import StringIO
from urllib.request import urlopen

import boto3
import pytest
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from moto.server import ThreadedMotoServer

from portal.management.commands.prepare import Command
from portal.settings import file_storage
from resources import actions, tasks
from resources.models import ResourceFile
from search.find import find
from tests import make
from tests.resources.files.pdfs import pdf_with, upload

READING = ResourceFile.Reading
CONTENT = pdf_with("The flibbertigibbet index of coverage", pages=3)


class Server:
    """The server, and what it holds, seen past the portal."""

    def __init__(self):
        self.process = ThreadedMotoServer("127.0.0.1", 0)
        self.process.start()
        self.address = f"127.0.0.1:{self.process.get_host_and_port()[1]}"
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://{self.address}",
            aws_access_key_id="key",
            aws_secret_access_key="se/cret",
            region_name="us-east-1",
            config=Config(retries={"max_attempts": 0}),
        )
        # What one server held the next still has: they share this process.
        urlopen(f"http://{self.address}/moto-api/reset", data=b"").close()
        self.client.create_bucket(Bucket="portal")

    def keys(self):
        return [entry["Key"] for entry in self.client.list_objects_v2(Bucket="portal").get("Contents", [])]

    def stop(self):
        self.process.stop()


@pytest.fixture
def server(settings, tmp_path):
    """A server with an empty bucket, and the portal that keeps its files there."""
    server = Server()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "default": file_storage(f"s3://key:se%2Fcret@{server.address}/portal/uploads?region=us-east-1&tls=0")
    }
    yield server
    server.stop()


@pytest.mark.django_db(transaction=True)
def test_a_pdf_in_the_bucket_is_read_and_found_by_its_words(server, index, settings):
    resource = make.resource(title="A report")

    file = actions.add_file(resource, upload(CONTENT))

    file.refresh_from_db()
    index.refresh()
    assert (file.reading, file.pages) == (READING.READ, 3)
    assert [int(hit.pk) for hit in find("flibbertigibbet").hits] == [resource.pk]
    assert sorted(server.keys()) == sorted(
        f"uploads/{name}" for name in (file.file.name, file.thumbnail.name)
    )
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.django_db
def test_the_portal_sends_the_file_itself_whole_and_in_ranges(server, client):
    resource = make.resource()
    file = actions.add_file(resource, upload(CONTENT))
    address = f"{resource.get_absolute_url()}files/{file.pk}/"

    whole = client.get(address)
    rest = client.get(address, headers={"range": "bytes=100-"})
    middle = client.get(address, headers={"range": "bytes=100-199"})
    outside = client.get(address, headers={"range": f"bytes={len(CONTENT)}-"})

    assert (whole.status_code, whole.getvalue()) == (200, CONTENT)
    assert whole["Content-Length"] == str(len(CONTENT))
    assert (rest.status_code, rest.getvalue()) == (206, CONTENT[100:])
    assert (middle.status_code, middle.getvalue()) == (206, CONTENT[100:200])
    assert middle["Content-Range"] == f"bytes 100-199/{len(CONTENT)}"
    assert outside.status_code == 416


@pytest.mark.django_db
def test_of_a_range_no_more_leaves_the_bucket(server):
    file = actions.add_file(make.resource(), upload(CONTENT))

    part = default_storage.open_part(file.file.name, 10, 19)

    assert part.read(10_000) == CONTENT[10:20]


@pytest.mark.django_db
def test_a_file_of_a_draft_is_sent_to_staff_only(server, client, carla):
    resource = make.resource(status="draft")
    file = actions.add_file(resource, upload(CONTENT))
    address = f"{resource.get_absolute_url()}files/{file.pk}/"

    stranger = client.get(address)
    client.force_login(carla)
    staff = client.get(address)

    assert stranger.status_code == 404
    assert staff.getvalue() == CONTENT


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_leaves_the_bucket(server):
    file = actions.add_file(make.resource(), upload(CONTENT))
    kept = server.keys()

    actions.remove_file(file)

    assert len(kept) == 2
    assert server.keys() == []


@pytest.mark.django_db
def test_two_files_of_one_name_stand_beside_each_other(server):
    first = actions.add_file(make.resource(), upload(CONTENT))
    second = actions.add_file(make.resource(), upload(pdf_with("another text")))

    assert first.file.name != second.file.name
    assert len(server.keys()) == 2
    assert first.file.open().read() == CONTENT


@pytest.mark.django_db
def test_an_object_that_is_gone_is_a_missing_file(server, client):
    resource = make.resource()
    file = actions.add_file(resource, upload(CONTENT))
    server.client.delete_object(Bucket="portal", Key=f"uploads/{file.file.name}")

    tasks.read_files()
    answer = client.get(f"{resource.get_absolute_url()}files/{file.pk}/")

    file.refresh_from_db()
    assert answer.status_code == 404
    assert (file.reading, file.reading_reason) == (READING.BROKEN, "The file is missing from the storage.")


@pytest.mark.django_db(transaction=True)
def test_with_the_bucket_away_nothing_is_lost_and_everybody_is_told(server, client, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    resource = make.resource()
    file = actions.add_file(resource, upload(CONTENT))
    ResourceFile.objects.update(reading=READING.WAITING, attempts=0)
    server.stop()

    with pytest.raises(ValidationError) as refused:
        actions.add_file(resource, upload(pdf_with("too late")))
    answer = client.get(f"{resource.get_absolute_url()}files/{file.pk}/")
    count = tasks.read_files()

    file.refresh_from_db()
    assert refused.value.code == "storage"
    assert answer.status_code == 503
    assert (count, file.reading, file.attempts) == (0, READING.WAITING, 0)
    assert resource.files.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_can_be_removed_while_the_bucket_is_away(server, caplog):
    resource = make.resource()
    file = actions.add_file(resource, upload(CONTENT))
    server.stop()

    actions.remove_file(file)

    assert resource.files.count() == 0
    assert f"{file.file.name} stays in the storage" in caplog.text


def test_the_preparation_tries_the_bucket_and_leaves_nothing_there(server, settings):
    settings.STORAGE_URL = "set"
    said = StringIO()

    Command(stdout=said).try_storage()

    assert said.getvalue().startswith("→ Try the storage of files\n  done in")
    assert server.keys() == []


def test_the_preparation_stops_at_a_bucket_that_is_not_there(server, settings):
    settings.STORAGE_URL = "set"
    server.client.delete_bucket(Bucket="portal")

    with pytest.raises(CommandError) as stopped:
        Command(stdout=StringIO()).try_storage()

    assert str(stopped.value).startswith("Try the storage of files: ")
    assert "cret" not in str(stopped.value)


def test_an_address_names_server_bucket_and_folder():
    storage = file_storage("s3://AK%2BIA:a%2Fb%40c@s3.example.org:9000/portal/a/b?region=eu-west-1")

    assert storage == {
        "BACKEND": "kit.bucket.Bucket",
        "OPTIONS": {
            "access_key": "AK+IA",
            "secret_key": "a/b@c",
            "endpoint_url": "https://s3.example.org:9000",
            "bucket_name": "portal",
            "location": "a/b",
            "region_name": "eu-west-1",
            "addressing_style": "path",
        },
    }


def test_without_a_key_the_surroundings_give_one_and_amazon_has_its_own_style():
    options = file_storage("s3://s3.eu-west-1.amazonaws.com/portal")["OPTIONS"]

    assert (options["access_key"], options["secret_key"]) == (None, None)
    assert options["addressing_style"] == "virtual"


@pytest.mark.parametrize(
    "address",
    [
        "https://key:geheim@s3.example.org/portal",
        "s3://key:geheim@s3.example.org",
        "s3://key:geheim@s3.example.org/",
        "s3://key@s3.example.org/geheim",
        "s3:///portal?geheim=1",
        "s3://key:geheim@s3.example.org/portal?acl=public-read",
        "s3://key:geheim@s3.example.org/portal?tls=no",
        "s3://key:geheim@s3.example.org/portal?style=other",
        "s3://key:geheim@s3.example.org/portal?region",
        "s3://key:geheim@s3.example.org:99999/portal",
        "s3://key:ge/heim@s3.example.org/portal",
        "geheim",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_it(address):
    with pytest.raises(ImproperlyConfigured) as refused:
        file_storage(address)

    assert "STORAGE_URL" in str(refused.value)
    assert "geheim" not in str(refused.value)
