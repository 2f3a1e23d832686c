package io.sluice.local.demo;

/** A kind of product in the sample catalog, with English words for it. */
enum SampleKind {
    MUG("ceramic coffee mug", "Holds 300 ml and keeps hot drinks warm"),
    SHOE("running shoes", "Light sneakers for jogging on roads and trails"),
    CHAIR("wooden chair", "A solid seat for the kitchen or the dining table"),
    LAMP("desk lamp", "Warm light for reading in the evening"),
    BOTTLE("water bottle", "Stainless steel flask that does not leak"),
    BACKPACK("hiking backpack", "Carries 30 liters and a laptop on your shoulders"),
    UMBRELLA("umbrella", "Keeps you dry in the rain and stands up to the wind"),
    BICYCLE("city bicycle", "Two wheels, seven gears, for the way to work"),
    BOOK("notebook", "Lined paper to write in, bound in linen"),
    HEADPHONES("wireless headphones", "Listen to music without the noise around you"),
    WATCH("wrist watch", "Shows the time, the date and the phase of the moon"),
    PAN("frying pan", "Cast iron for eggs, steaks and pancakes"),
    GUITAR("acoustic guitar", "Six strings and a spruce top for warm chords"),
    TENT("camping tent", "Sleeps three outdoors and is put up in five minutes"),
    VASE("flower vase", "Blown glass for a bunch of tulips");

    private final String words;
    private final String purpose;

    SampleKind(String words, String purpose) {
        this.words = words;
        this.purpose = purpose;
    }

    String words() {
        return words;
    }

    String purpose() {
        return purpose;
    }
}
