"""Files in a bucket of an S3-compatible server. Imported only where STORAGE_URL names one."""

from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from kit.storage import StorageUnavailable

GONE = {"404", "NoSuchKey", "NotFound"}
OF_OURS = Config(
    connect_timeout=4,
    read_timeout=20,
    retries={"max_attempts": 2, "mode": "standard"},
    # Checksums that only Amazon knows make other servers refuse the upload.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):
    """The storage of a bucket: its objects are private, never overwritten, and read in parts.

    Whatever goes wrong is an OSError: FileNotFoundError where the object is gone, StorageUnavailable for the rest.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.client_config = self.client_config.merge(OF_OURS)

    def get_default_settings(self):
        megabyte = 1024 * 1024
        return super().get_default_settings() | {"file_overwrite": False, "max_memory_size": megabyte}

    @property
    def bucket(self):
        """The bucket over this thread's connection: what boto3 makes is not to be shared by threads."""
        return self.connection.Bucket(self.bucket_name)

    def open_part(self, name, first, last):
        """The bytes from `first` to `last` of an object, while they arrive: something to read and to close."""
        with trouble(name):
            answer = self.bucket.Object(self._normalize_name(name)).get(Range=f"bytes={first}-{last}")
        return Arriving(answer["Body"], name)

    def _open(self, name, mode="rb"):
        with trouble(name):
            return super()._open(name, mode)

    def _save(self, name, content):
        with trouble(name):
            return super()._save(name, content)

    def delete(self, name):
        with trouble(name):
            super().delete(name)

    def exists(self, name):
        with trouble(name):
            return super().exists(name)

    def size(self, name):
        with trouble(name):
            return super().size(name)


class Arriving:
    """The body of an answer, read as it arrives; a connection that breaks is an OSError."""

    def __init__(self, body, name):
        self.body, self.name = body, name

    def read(self, size):
        with trouble(self.name):
            return self.body.read(size)

    def close(self):
        self.body.close()


@contextmanager
def trouble(name):
    """Turn what boto3 raises into an OSError that holds neither address nor key of the storage."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in GONE:
            raise FileNotFoundError(name) from error
        raise StorageUnavailable(f"the storage answered {code or 'with an error'} for {name}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageUnavailable(f"the storage does not answer: {type(error).__name__} for {name}") from error
