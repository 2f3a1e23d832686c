-- How many photos each owner has. Counting them takes longer the more there are, and a gallery tells it with every page.
-- The statement that changes photos changes the counts, whoever sends it: also a Sluice that does not know this table.
CREATE TABLE photo_counts (
    owner  text   NOT NULL PRIMARY KEY,
    photos bigint NOT NULL
);

-- Adds numbers to the counts of these owners, in the order of the owners, so that two writers cannot deadlock.
CREATE FUNCTION add_to_photo_counts(owners text[], numbers bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO public.photo_counts AS c (owner, photos)
        SELECT n.owner, sum(n.number) FROM unnest(owners, numbers) AS n (owner, number)
        GROUP BY n.owner HAVING sum(n.number) <> 0 ORDER BY n.owner
    ON CONFLICT (owner) DO UPDATE SET photos = c.photos + excluded.photos;
    DELETE FROM public.photo_counts WHERE owner = ANY (owners) AND photos = 0;
$$;

CREATE FUNCTION count_photos() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owners text[];
    numbers bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM public.photo_counts;
    ELSIF TG_OP = 'INSERT' THEN
        SELECT array_agg(owner), array_agg(1) INTO owners, numbers FROM now_there WHERE deleted_at IS NULL;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(owner), array_agg(-1) INTO owners, numbers FROM before WHERE deleted_at IS NULL;
    ELSE
        SELECT array_agg(owner), array_agg(number) INTO owners, numbers FROM (
            SELECT owner, -1 AS number FROM before WHERE deleted_at IS NULL
            UNION ALL SELECT owner, 1 FROM now_there WHERE deleted_at IS NULL) AS n;
    END IF;
    IF owners IS NOT NULL THEN
        PERFORM public.add_to_photo_counts(owners, numbers);
    END IF;
    RETURN NULL;
END $$;

LOCK TABLE photos IN SHARE ROW EXCLUSIVE MODE;

CREATE TRIGGER photos_counted_inserts AFTER INSERT ON photos
    REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION count_photos();
CREATE TRIGGER photos_counted_updates AFTER UPDATE ON photos
    REFERENCING OLD TABLE AS before NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION count_photos();
CREATE TRIGGER photos_counted_deletes AFTER DELETE ON photos
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_photos();
CREATE TRIGGER photos_counted_truncates AFTER TRUNCATE ON photos
    FOR EACH STATEMENT EXECUTE FUNCTION count_photos();

INSERT INTO photo_counts (owner, photos)
    SELECT owner, count(*) FROM photos WHERE deleted_at IS NULL GROUP BY owner;
