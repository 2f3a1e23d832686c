-- The model that found the faces of a photo. The ledger can write the photo's record on photo-faces.v1 again.
ALTER TABLE photos ADD COLUMN face_model_version text;

-- A photo whose faces could not be found or written is shown as failed too, so its owner is announced.
DROP TRIGGER dead_letters_of_photos ON operations.dead_letters;
CREATE TRIGGER dead_letters_of_photos AFTER INSERT OR UPDATE ON operations.dead_letters
    FOR EACH ROW WHEN (NEW.topic LIKE 'photos.v1.%' OR NEW.topic LIKE 'prepared-photos.v1.%'
        OR NEW.topic LIKE 'photo-faces.v1.%')
    EXECUTE FUNCTION operations.announce_photo();
