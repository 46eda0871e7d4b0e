package creditbank.projections;

/**
 * What has become of credits, in hundredths. Always
 * {@code recorded = available + reserved + redeemed + expired + revoked + transferred}.
 *
 * @param recorded    all that was deposited, as corrected
 * @param reserved    what of it counts towards a programme, or waits to be transferred
 * @param redeemed    what of it was used for good
 * @param expired     what of it was bound to nothing when its last day had passed
 * @param revoked     what of it was withdrawn, whatever it was used for
 * @param transferred what of it another school took, and recorded as something else
 */
public record Amounts(long recorded, long reserved, long redeemed, long expired, long revoked,
        long transferred) {

    public static final Amounts NOTHING = new Amounts(0, 0, 0, 0, 0, 0);

    public long available() {
        return recorded - reserved - redeemed - expired - revoked - transferred;
    }

    public Amounts plus(Amounts other) {
        return plus(other, 1);
    }

    public Amounts minus(Amounts other) {
        return plus(other, -1);
    }

    Amounts plus(Amounts other, int sign) {
        return new Amounts(
                Math.addExact(recorded, sign * other.recorded),
                Math.addExact(reserved, sign * other.reserved),
                Math.addExact(redeemed, sign * other.redeemed),
                Math.addExact(expired, sign * other.expired),
                Math.addExact(revoked, sign * other.revoked),
                Math.addExact(transferred, sign * other.transferred));
    }
}
