package io.sluice.gateway.principal;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * All IP addresses with the same first bits.
 *
 * @param address one of them
 * @param bits how many bits are the same
 */
record Network(InetAddress address, int bits) {
    /** {@return the network that is written as {@code address} or {@code address/bits}; empty for other texts} */
    static Optional<Network> parse(String text) {
        var slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            var length = address.getAddress().length * Byte.SIZE;
            var bits = slash < 0 ? length : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > length ? Optional.empty() : Optional.of(new Network(address, bits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var theirs = other.getAddress();
        var free = mine.length * Byte.SIZE - bits;
        return mine.length == theirs.length
                && new BigInteger(1, mine).shiftRight(free).equals(new BigInteger(1, theirs).shiftRight(free));
    }
}
