"""What the podcast feed tells."""

from django.db.models import Prefetch, Q

from resources.models import Kind, Multimedia, Resource, ResourceFile

EPISODES = 300
SPOKEN = (Multimedia.Type.AUDIO, Multimedia.Type.PODCAST)
AUDIO = "audio/"


def episodes():
    """Published recordings to listen to that have a media file here or elsewhere, the newest first; two queries.

    Each has its row of the kind's table as `multimedia` and its audio files as `audio_files`.
    """
    own = ResourceFile.objects.filter(media_type__startswith=AUDIO).only("resource_id", "media_type", "size")
    return list(
        Resource.objects.published()
        .filter(kind=Kind.MULTIMEDIA, multimedia__type__in=SPOKEN)
        .filter(
            Q(pk__in=ResourceFile.objects.filter(media_type__startswith=AUDIO).values("resource"))
            | ~Q(multimedia__enclosure_url="")
        )
        .select_related("multimedia")
        .defer("body", "file_text", "multimedia__transcript")
        .prefetch_related(Prefetch("files", own, to_attr="audio_files"))
        .newest_first()[:EPISODES]
    )
