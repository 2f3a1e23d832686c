package io.sluice.rekognizer.limits;

import io.sluice.stores.limits.CallPermitTable;

/** Leases permits from Postgres for one instance. */
record LeasedPermits(CallPermitTable table, String instance, int most) implements CallPermits.Lessor {
    @Override
    public int renew(int inFlight, int wanted) {
        return table.renew(instance, most, inFlight, wanted, CallPermits.LEASE);
    }

    @Override
    public void release() {
        table.release(instance);
    }
}
