-- A redrive of many letters goes through the open letters of a topic in the order of their numbers.
CREATE INDEX dead_letters_to_redrive ON operations.dead_letters (topic, letter) WHERE state = 'open';
