-- A photo with an open dead letter is shown as failed. So its owner is announced whenever a letter comes, is sent back,
-- is mended or discarded, whoever writes that: gateways keep pages of galleries, and forget those of this owner.
CREATE FUNCTION operations.announce_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sluice_photos', p.owner) FROM public.photos p
        WHERE p.photo_id = NEW.key AND p.owner IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER dead_letters_of_photos AFTER INSERT OR UPDATE ON operations.dead_letters
    FOR EACH ROW WHEN (NEW.topic LIKE 'photos.v1.%' OR NEW.topic LIKE 'prepared-photos.v1.%')
    EXECUTE FUNCTION operations.announce_photo();
