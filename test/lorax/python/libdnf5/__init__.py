"""What lorax imports of libdnf5 and livemedia-creator never calls."""
from . import base, common, repo, rpm  # noqa: F401
