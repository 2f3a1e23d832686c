package io.sluice.rekognition.protocol;

/** The quality that a face must have to be used. */
public enum QualityFilter {
    NONE(0),
    /** Lets every marker pass that can be read. */
    AUTO(20),
    LOW(20),
    MEDIUM(40),
    HIGH(60);

    private final double sharpness;

    QualityFilter(double sharpness) {
        this.sharpness = sharpness;
    }

    /** {@return whether a face of this sharpness, 0 to 100, passes} */
    public boolean passes(double sharpness) {
        return sharpness >= this.sharpness;
    }
}
