package io.sluice.gateway.door;

import io.sluice.gateway.principal.Principal;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.accounts.Role;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Which jobs a caller may see. A job with an owner is for that account and for admins. The jobs of products and imports
 * have no owner: all callers that may make those calls share them. Every other job is for admins only.
 */
@Singleton
public final class JobAccess {
    private static final Set<String> SHARED = Set.of(JobKind.PRODUCT, JobKind.IMPORT);

    private final boolean openProducers;

    JobAccess(DoorConfig config) {
        this.openProducers = config.openProducers();
    }

    /** {@return whether the caller may see the job; if not, the job does not exist for the caller} */
    public boolean permits(Principal caller, Job job) {
        if (caller.is(Role.ADMIN)) {
            return true;
        }
        return job.owner() == null
                ? SHARED.contains(job.kind()) && Callers.PRODUCERS.include(caller.role(), openProducers)
                : job.owner().equals(caller.owner());
    }
}
