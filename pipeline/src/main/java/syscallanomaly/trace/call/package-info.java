/**
 * Numbers and names of Linux system calls.
 *
 * <p>Start at {@link syscallanomaly.trace.call.SystemCalls}. It gives every call one number,
 * whatever the architecture that recorded it, and the name for the number. The package uses no
 * other.
 */
package syscallanomaly.trace.call;
