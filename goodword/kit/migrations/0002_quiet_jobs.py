"""The worker is woken only by jobs that it may take at once.

A notification holds a lock of the whole server while its transaction commits, so commits that
notify do not share a flush; and each one woke the worker to find a job whose time had not come.
"""

from django.db import migrations

NAME = "procrastinate_jobs_notify_queue_job_inserted_v1"
TRIGGER = f"""
DROP TRIGGER {NAME} ON procrastinate_jobs;
CREATE TRIGGER {NAME} AFTER INSERT ON procrastinate_jobs FOR EACH ROW
  WHEN (new.status = 'todo'::procrastinate_job_status{{only}})
  EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1();"""


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            TRIGGER.format(only=" AND new.scheduled_at IS NULL"), TRIGGER.format(only="")
        )
    ]
