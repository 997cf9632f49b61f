"""What is kept for a time only."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from assistant.jobs.uploads import Uploads
from assistant.store.catalogue import Catalogue
from assistant.store.feedback import Voices
from assistant.store.jobs import Jobs
from assistant.store.replies import Replies


def forget_old(catalogue: Catalogue, days: int, replies_seconds: float) -> None:
    """Forget feedback and ended jobs, and whose the stances were, after so many days (0: never);
    and after so many seconds the answers that are kept for posts sent again."""
    Replies(catalogue).forget(time.time() - replies_seconds)
    if days:
        before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        Voices(catalogue).forget(before)
        Jobs(catalogue).forget(before)


def discard_orphans(catalogue: Catalogue, uploads: Uploads) -> None:
    """Remove files whose job was never queued: the process ended between the two.

    Only for the start, before any file can be on its way.
    """
    jobs = Jobs(catalogue)
    for job_id in uploads.of_jobs():
        found = jobs.find(job_id)
        if found is None or found.ended:
            uploads.discard(job_id)
