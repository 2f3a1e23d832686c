-- An object that the object store did not remove waits, and does not hold up the others.
ALTER TABLE object_removals RENAME COLUMN asked_at TO due_at;
CREATE INDEX object_removals_due ON object_removals (due_at);

-- Finds the photo that names an object. The keys of its smaller pictures begin with the key of its original.
CREATE INDEX photos_by_object ON photos ((object ->> 'key')) WHERE deleted_at IS NULL;

-- When this database began to hold photos. The sweep of objects leaves older ones alone: their records may never have
-- come here, as when a service is given an empty database.
CREATE TABLE photo_sweep (
    since timestamptz NOT NULL
);
INSERT INTO photo_sweep VALUES (now());

-- Tasks that one of several processes does now and then; the columns are those of db-scheduler.
CREATE TABLE operations.scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON operations.scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_alive ON operations.scheduled_tasks (last_heartbeat);
