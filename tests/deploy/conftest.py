import sys

from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))

# What docker-compose.yml starts is the server profile, so there is nothing to run on the other one.
collect_ignore = [] if settings.SERVER_PROFILE else ["test_deployed.py"]
